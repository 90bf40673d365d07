"""Killable worker processes for documents that strangers wrote.

A parser can hang, eat memory or crash; here that costs one document and one process:

    call ──> an idle worker, or a new one ──> DONE + bytes
        │                                 └─> WorkerFailed(reason); the process is replaced
        └─> none became free in time ───────> NotTaken(reason)

Workers start when there is work, serve a number of documents, and end when nothing came for a
while. The functions they run are named as text (`module:function`, bytes to bytes), since
nothing of this process is shared with them.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from crawler.children import Child, start_child
from crawler.frames import head_of, pack, read_frame
from crawler.worker_main import DONE, SPENT

_INHERITED = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TMPDIR",
    "PYTHONPATH",
    "PYTHONHASHSEED",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLimits:
    """What one worker may take: memory, CPU for each document, documents, idle time.

    `memory` is in bytes, of the whole process. `more` is how much of it may come on top of what the
    process takes when its function is loaded, where that is known to be enough. `keepsake` is the
    largest document after which it may take another: what a larger one took is never given back.
    """

    memory: int = 1024**3
    more: int | None = None
    cpu: timedelta = timedelta(seconds=5)
    documents: int = 500
    keepsake: int = 1024**2
    idle: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """The document brought nothing; `reason` says why in plain words that quote nothing of it."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotTaken(WorkerFailed):
    """No worker so much as looked at the document, which may be the best there is."""


WorkerOutcome: TypeAlias = bytes | WorkerFailed

DEADLINE = timedelta(seconds=10)
PATIENCE = timedelta(seconds=45)
_AT_ONCE = 256 * 1024
_GRACE = timedelta(seconds=2)
_STOPPING = NotTaken("the workers are stopping")
_BUSY = NotTaken("the workers were busy for too long")


class WorkerPool:
    """At most `size` workers, each with one document at a time.

    A document that no worker takes within `patience` goes back; None waits for ever.
    """

    def __init__(
        self,
        *,
        size: int = 2,
        limits: WorkerLimits | None = None,
        patience: timedelta | None = PATIENCE,
    ) -> None:
        self._size = size
        self._limits = limits or WorkerLimits()
        self._patience = None if patience is None else patience.total_seconds()
        self._slots = asyncio.Semaphore(size)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def call(
        self, function: str, payload: bytes, *, deadline: timedelta = DEADLINE
    ) -> WorkerOutcome:
        """Let a worker run `module:function` on `payload`.

        `deadline` counts from when a worker takes the document, so waiting for one costs nothing.
        """
        try:
            async with asyncio.timeout(self._patience):
                await self._slots.acquire()
        except TimeoutError:
            return _BUSY
        try:
            return await self._served(function, payload, deadline=deadline)
        finally:
            self._slots.release()

    async def close(self) -> None:
        """End every worker; calls under way are answered with `WorkerFailed`."""
        self._closed = True
        for worker in self._busy:
            worker.kill()
        for _ in range(self._size):  # whoever holds or awaits a slot is answered first
            await self._slots.acquire()
        for _ in range(self._size):
            self._slots.release()
        for worker in list(self._idle):
            self._retire(worker)
        await asyncio.gather(*self._ending)

    async def _served(self, function: str, payload: bytes, *, deadline: timedelta) -> WorkerOutcome:
        if self._closed:
            return _STOPPING
        worker = self._idle.pop() if self._idle else _Worker(limits=self._limits)
        self._busy.add(worker)
        try:
            return await worker.ask(function, payload, deadline=deadline)
        finally:
            self._busy.discard(worker)
            self._give_back(worker)

    def _give_back(self, worker: "_Worker") -> None:
        if worker.is_fit and not self._closed:
            self._idle.append(worker)
            worker.rest(then=lambda: self._retire(worker))
        else:
            self._end(worker)

    def _retire(self, worker: "_Worker") -> None:
        self._idle.remove(worker)
        self._end(worker)

    def _end(self, worker: "_Worker") -> None:
        task = asyncio.create_task(worker.end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


class _Worker:
    """One worker process as its parent sees it; started by its first document."""

    def __init__(self, *, limits: WorkerLimits) -> None:
        self._limits = limits
        self._child: Child | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._served = 0
        self._doomed = False

    @property
    def is_fit(self) -> bool:
        """Tell whether it may take another document."""
        return not self._doomed and self._served < self._limits.documents

    async def ask(self, function: str, payload: bytes, *, deadline: timedelta) -> WorkerOutcome:
        """Have one document done; whatever goes wrong, the worker is not fit afterwards."""
        if self._timer is not None:
            self._timer.cancel()
        answered = False
        try:
            async with asyncio.timeout(deadline.total_seconds()):
                outcome = await self._exchange(function, payload)
            answered = True
        except TimeoutError:
            outcome = WorkerFailed(f"took longer than {deadline.total_seconds():g} s")
        finally:
            if not answered:
                self.kill()
        self._served += 1
        self._doomed = self._doomed or len(payload) > self._limits.keepsake
        return outcome

    def rest(self, *, then: Callable[[], None]) -> None:
        """Call `then` unless another document comes within the idle time."""
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._limits.idle.total_seconds(), then)

    def kill(self) -> None:
        """Kill the process, or have it killed as soon as it is there."""
        self._doomed = True
        if self._child is not None:
            self._child.kill()

    async def end(self) -> None:
        """See the process to its end."""
        if self._timer is not None:
            self._timer.cancel()
        if self._child is not None:
            await self._child.end(grace=_GRACE)

    async def _exchange(self, function: str, payload: bytes) -> WorkerOutcome:
        child = self._child = self._child or await self._started()
        if self._doomed:
            return _STOPPING
        try:
            child.stdin.write(pack(function.encode()))
            child.stdin.write(head_of(payload))
            for at in range(0, len(payload), _AT_ONCE):  # the pipe's buffer would copy the whole
                child.stdin.write(payload[at : at + _AT_ONCE])
                await child.stdin.drain()
            answer = await read_frame(child.stdout)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.kill()
            return WorkerFailed(_cause_of_death(await child.process.wait(), self._limits))
        status, rest = answer[:1], answer[1:]
        if status == DONE:
            return rest
        self._doomed = status == SPENT
        return WorkerFailed(rest.decode(errors="replace"))

    async def _started(self) -> Child:
        taken = self._limits
        limits = (str(taken.memory), str(taken.cpu.total_seconds()), str(taken.more or 0))
        # -P: the folder we were started in is no place to import from.
        command = (sys.executable, "-P", "-m", "crawler.worker_main", *limits)
        return await start_child(command, environment=inherited())


def inherited() -> dict[str, str]:
    """Return what of our environment goes to who reads strangers' documents: no secrets."""
    return {name: os.environ[name] for name in _INHERITED if name in os.environ}


def _cause_of_death(status: int, limits: WorkerLimits) -> str:
    if status == -signal.SIGPROF:
        return f"took more than {limits.cpu.total_seconds():g} s of CPU"
    if status < 0:
        return f"its process was ended by {signal.Signals(-status).name}"
    return f"its process ended with status {status}"
