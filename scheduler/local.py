"""The process-level jobs of one process, run by APScheduler.

What is due is columns in the archive, so a job here only says "look now": one that is late runs
once and not for every time it missed, and one that is still running is not started again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from news.clock import Clock, utc_now

_CHECK_SECONDS = 5.0
_JUMP = timedelta(seconds=2)


class LocalScheduler:
    """Runs coroutine functions at intervals on the running loop, from `start` to `stop`.

    An exception in a job is logged with the job's name, and the job goes on. APScheduler keeps its
    times by the wall clock; when that is set back, the jobs are called at once and not an hour
    later.
    """

    def __init__(self, *, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._running: set[asyncio.Task[Any]] = set()
        self._watch: asyncio.TimerHandle | None = None
        self._offset = timedelta()

    def every(self, seconds: float, name: str, job: Callable[[], Awaitable[None]]) -> None:
        """Call `job` at once and then every `seconds`; may be called before and after `start`."""
        self._scheduler.add_job(
            self._noted(job),
            IntervalTrigger(seconds=seconds, timezone="UTC"),
            id=name,
            name=name,
            next_run_time=self._clock(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin; must be called inside the running loop."""
        self._scheduler.start()
        self._offset = self._wall_offset()
        self._watch = asyncio.get_running_loop().call_later(_CHECK_SECONDS, self.check_clock)

    async def stop(self, *, grace: float = 5.0) -> None:
        """Start nothing more, give running jobs `grace` seconds to end, then cancel them."""
        if self._watch is not None:
            self._watch.cancel()
        if not self._scheduler.running:
            return
        self._scheduler.remove_all_jobs()
        if self._running:
            await asyncio.wait(self._running, timeout=grace)
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # it ends in the loop's next round
        await asyncio.gather(*self._running, return_exceptions=True)

    def check_clock(self) -> None:
        """Call every job now if the wall clock was set back since the last look."""
        offset = self._wall_offset()
        if offset < self._offset - _JUMP:
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=self._clock())
        self._offset = offset
        self._watch = asyncio.get_running_loop().call_later(_CHECK_SECONDS, self.check_clock)

    def _wall_offset(self) -> timedelta:
        """Return how far the wall clock is ahead of the loop's, which nobody sets."""
        epoch = datetime.fromtimestamp(0, self._clock().tzinfo)
        return self._clock() - epoch - timedelta(seconds=asyncio.get_running_loop().time())

    def _noted(self, job: Callable[[], Awaitable[None]]) -> Callable[[], Coroutine[Any, Any, None]]:
        async def run() -> None:
            task = asyncio.current_task()
            if task is not None:
                self._running.add(task)
                task.add_done_callback(self._running.discard)
            await job()

        return run
