"""Works off what is due: claims rows, starts a task for each, never more than so many at once.

What is due lives in the archive's columns, so a pump holds nothing that a crash could lose. It
claims again when it is woken: by the scheduler's tick, by work that has just become due, and by
each task that ends (which may free a host or a channel for the next one).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Pump(Generic[Item]):
    """Claims at most `capacity` items at a time with `claim(limit)` and does `work` on each.

    `then` is called after each: the next pump's `wake`, where this work makes work for it.
    """

    name: str
    claim: Callable[[int], Awaitable[Sequence[Item]]]
    work: Callable[[Item], Awaitable[None]]
    capacity: int
    then: Callable[[], None] = lambda: None
    finished: int = 0
    faults: int = 0
    _tasks: set[asyncio.Task[int]] = field(default_factory=set)
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False

    def wake(self) -> None:
        """Have the pump look for due work as soon as it can."""
        self._idle.clear()
        self._awake.set()

    async def run(self) -> None:
        """Claim and start work each time the pump is woken, until it is drained."""
        while not self._stopping:
            await self._awake.wait()
            self._awake.clear()
            claimed = await self._guarded(self._claim_and_start(), "what is due was not claimed")
            if not claimed and not self._tasks and not self._awake.is_set():
                self._idle.set()

    async def _claim_and_start(self) -> int:
        free = self.capacity - len(self._tasks)
        if free <= 0 or self._stopping:
            return 0
        items = await self.claim(free)
        for item in items:
            work = self._guarded(self._work_on(item), "this work was not done and comes back")
            task = asyncio.create_task(work, name=self.name)
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        if items:
            self.wake()
        return len(items)

    async def _work_on(self, item: Item) -> int:
        await self.work(item)
        self.finished += 1
        self.then()
        return 1

    async def _guarded(self, doing: Coroutine[Any, Any, int], what: str) -> int:
        try:
            return await doing
        except Exception:  # this loop's owner: one fault must not end the claiming or other work
            self.faults += 1
            log.exception("%s: %s", self.name, what)
            return 0

    def _ended(self, task: asyncio.Task[int]) -> None:
        self._tasks.discard(task)
        self.wake()

    @property
    def busy(self) -> int:
        """How many items are being worked on."""
        return len(self._tasks)

    async def idle(self) -> None:
        """Wait until a claim found nothing due and nothing is being worked on."""
        await self._idle.wait()

    async def drain(self, grace: timedelta) -> int:
        """Claim no more, let running work end within `grace`, cancel the rest; tell how many.

        What was cancelled keeps its claim in the archive and comes back when that runs out.
        """
        self._stopping = True
        self._awake.set()
        if not self._tasks:
            return 0
        _, late = await asyncio.wait(self._tasks, timeout=grace.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)
