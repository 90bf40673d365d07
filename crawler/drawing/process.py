"""One life of the browser's process, as the engine sees it."""

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

from crawler.children import Child, start_child
from crawler.drawing.drawn import NotDrawn
from crawler.drawing.wire import outcome, packed, question, unpacked
from crawler.frames import pack, read_frame
from crawler.http import Fetched
from crawler.workers import inherited

May: TypeAlias = Callable[[str], Awaitable[bool]]
"""Tells whether an address may be asked for."""

_FOLDER = "wirewatch-"
_LONGEST_PLACE = 35
_SHORT_PLACE = Path("/tmp")  # noqa: S108 - a folder of our own is made in it
_REMOVALS, _REMOVAL_SECONDS = 20, 0.1
_GRACE = timedelta(seconds=2)
_ENDED = NotDrawn(reason="the browser broke down", again=True)
_UNSTARTED = NotDrawn(reason="the browser could not be started", again=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """How the process is started; `secrets` stand in its environment, where nobody else looks.

    A folder to write in follows `command`.
    """

    command: Sequence[str]
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


class BrowserProcess:
    """Asks a process that is started for the first page; it is done for as soon as it died."""

    def __init__(self, program: Program, *, may: May) -> None:
        self._program = program
        self._may = may
        self._numbers = count(1)
        self._open: dict[int, asyncio.Future[bytes | NotDrawn]] = {}
        self._replies: set[asyncio.Task[None]] = set()
        self._starting = asyncio.Lock()
        self._nothing_open = asyncio.Event()
        self._nothing_open.set()
        self._folder: Path | None = None
        self._child: Child | None = None
        self._listening: asyncio.Task[None] | None = None
        self.is_alive = True
        self.asked = 0

    @property
    def is_busy(self) -> bool:
        """Tell whether pages are under way."""
        return bool(self._open)

    async def ask(self, page: Fetched, seconds: float) -> bytes | NotDrawn:
        """Have `page` drawn within so many; whatever happens to the process is answered."""
        self.asked += 1
        number = next(self._numbers)
        answer: asyncio.Future[bytes | NotDrawn] = asyncio.get_running_loop().create_future()
        self._open[number] = answer
        self._nothing_open.clear()
        try:
            child = await self._started()
            if child is None or not self.is_alive:
                return _UNSTARTED
            head, body = question(page)
            await _send(child, {"id": number, "seconds": seconds, **head}, body)
            return await answer
        finally:
            del self._open[number]
            if not self._open:
                self._nothing_open.set()

    def kill(self) -> None:
        """Kill it; pages under way are answered for."""
        self.is_alive = False
        if self._child is not None:
            self._child.kill()

    async def end(self) -> None:
        """Wait for the pages under way, end the process and remove what it wrote."""
        await self._nothing_open.wait()
        self.is_alive = False
        if self._child is not None and self._listening is not None:
            self._child.stdin.close()
            await asyncio.wait([self._listening], timeout=_GRACE.total_seconds())
            self._listening.cancel()
            await asyncio.gather(self._listening, *self._replies, return_exceptions=True)
            await self._child.end(grace=_GRACE)
        if self._folder is not None:
            await asyncio.to_thread(_remove, self._folder)

    async def _started(self) -> Child | None:
        async with self._starting:
            if self._child is None and self.is_alive:
                _sweep(place := _place())
                prefix = f"{_FOLDER}{os.getpid()}-"
                self._folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
                environment = {**inherited(), **_said(), **self._program.secrets}
                environment["TMPDIR"] = str(self._folder)
                try:
                    command = (*self._program.command, str(self._folder))
                    self._child = await start_child(command, environment=environment)
                except OSError:
                    self.is_alive = False
                    return None
                self._listening = asyncio.create_task(self._listen(self._child))
        return self._child

    async def _listen(self, child: Child) -> None:
        """Take what it says until it says no more."""
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while True:
                    self._take(child, *unpacked(await read_frame(child.stdout)))
        finally:
            self.kill()  # it said its last word, or one that makes no sense
            for answer in self._open.values():
                if not answer.done():
                    answer.set_result(_ENDED)

    def _take(self, child: Child, head: dict[str, Any], body: bytes) -> None:
        if "may" in head:
            task = asyncio.create_task(self._reply(child, head["id"], head["may"]))
            self._replies.add(task)
            task.add_done_callback(self._replies.discard)
            return
        answer = self._open.get(head["id"])
        if answer is not None and not answer.done():
            answer.set_result(outcome(head, body))

    async def _reply(self, child: Child, number: int, url: str) -> None:
        may = await self._may(url)
        await _send(child, {"id": number, "asked": url, "may": may})


def _said() -> dict[str, str]:
    """Return where a person had Playwright put its browsers."""
    return {name: os.environ[name] for name in ("PLAYWRIGHT_BROWSERS_PATH",) if name in os.environ}


async def _send(child: Child, head: dict[str, Any], body: bytes = b"") -> None:
    with suppress(ConnectionError):  # whoever listens to it will say so
        child.stdin.write(pack(packed(head, body)))
        await child.stdin.drain()


def _remove(folder: Path) -> None:
    """Remove `folder`, though processes that were killed may still write there for a moment."""
    for _ in range(_REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_REMOVAL_SECONDS)  # in a thread of its own


def _place() -> Path:
    """Return where browsers may write: Chromium keeps sockets there, whose paths must be short."""
    usual = Path(tempfile.gettempdir())
    return usual if len(str(usual)) <= _LONGEST_PLACE or not _SHORT_PLACE.exists() else _SHORT_PLACE


def _sweep(place: Path) -> None:
    """Remove what browsers wrote whose engine was killed before it could."""
    for folder in place.glob(f"{_FOLDER}*"):
        owner = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)
