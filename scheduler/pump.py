"""Works off what is due: claims rows, starts a task for each, never more than so many at once.

What is due lives in the archive's columns, so a pump holds nothing that a crash could lose. It
claims again when it is woken: by the scheduler's tick, by work that has just become due, and by
each task that ends (which may free a host or a channel for the next one). One that failed wakes it
only after a rest, since what failed may be due still and would fail again at once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Generic, TypeVar

from news.errors import WirewatchError

Item = TypeVar("Item")

log = logging.getLogger(__name__)

_FAILED = 0


@dataclass(slots=True, kw_only=True)
class Pump(Generic[Item]):
    """Claims at most `capacity` items at a time with `claim(limit)` and does `work` on each.

    `then` is called after each: the next pump's `wake`, where this work makes work for it. A claim
    that fails is logged and made again at the next wake; work that fails is logged and its place
    is free, but filled on its account no sooner than after a `rest`.
    """

    name: str
    claim: Callable[[int], Awaitable[Sequence[Item]]]
    work: Callable[[Item], Awaitable[None]]
    capacity: int
    then: Callable[[], None] = lambda: None
    rest: timedelta = timedelta(seconds=1)
    finished: int = 0
    faults: int = 0
    _trouble: str = ""
    _tasks: set[asyncio.Task[int]] = field(default_factory=set)
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _claiming: asyncio.Lock = field(default_factory=asyncio.Lock)
    _stopping: bool = False

    def wake(self) -> None:
        """Have the pump look for due work as soon as it can, once more if it is looking now."""
        self._idle.clear()
        self._awake.set()

    async def run(self) -> None:
        """Claim and start work each time the pump is woken, until it is drained."""
        while not self._stopping:
            await self._awake.wait()
            self._awake.clear()
            claimed = await self._guarded(self._claim_and_start, "what is due was not claimed")
            if not claimed and not self._tasks and not self._awake.is_set():
                self._idle.set()

    async def _claim_and_start(self) -> int:
        async with self._claiming:
            free = self.capacity - len(self._tasks)
            if free <= 0 or self._stopping:
                return 0
            items = await self.claim(free)
            for item in items:
                self._start(item)
        if items:
            self.wake()
        return len(items)

    def _start(self, item: Item) -> None:
        work = self._guarded(partial(self._work_on, item), "this work failed and comes back")
        task = asyncio.create_task(work, name=self.name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def _work_on(self, item: Item) -> int:
        await self.work(item)
        self.finished += 1
        if self._trouble:
            self._trouble = ""
            log.warning("%s: going on again", self.name)
        self.then()
        return 1

    async def _guarded(self, do: Callable[[], Awaitable[int]], what: str) -> int:
        try:
            return await do()
        except WirewatchError as error:  # the archive cannot be used for now: said once
            self.faults += 1
            if self._trouble != str(error):
                self._trouble = str(error)
                log.error("%s: %s", self.name, error)  # noqa: TRY400 - words, and no bug
            return _FAILED
        except Exception:  # this loop's owner: one fault must not end the claiming or other work
            self.faults += 1
            log.exception("%s: %s", self.name, what)
            return _FAILED

    def _ended(self, task: asyncio.Task[int]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.result() == _FAILED:
            asyncio.get_running_loop().call_later(self.rest.total_seconds(), self.wake)
        else:
            self.wake()

    @property
    def busy(self) -> int:
        """How many items are being worked on."""
        return len(self._tasks)

    async def idle(self) -> None:
        """Wait until a claim found nothing due and nothing is being worked on."""
        await self._idle.wait()

    async def drain(self, grace: timedelta) -> int:
        """Claim no more, let running work end within `grace`, break off the rest; tell how many.

        What a claim under way brings is worked on, too: left lying, it would wait for its lease.
        What is broken off keeps its claim in the archive and comes back when that runs out. Work
        that ends all the same, since it does not let its last step be broken off, is waited for.
        """
        self._stopping = True
        self._awake.set()
        async with self._claiming:
            under_way = set(self._tasks)
        if not under_way:
            return 0
        _, late = await asyncio.wait(under_way, timeout=grace.total_seconds())
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return sum(task.cancelled() for task in late)
