"""The engine's side of the browser: its process is started for the first page that needs it.

    draw ──> one of two places ──> its host's turn ──> the browser's process ──> Fetched
                └─ none in time ────────┘                 └─ it died, it hangs ──> NotDrawn

The process is ended when nothing came for a while, and after a number of pages, for browsers grow.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from weakref import WeakValueDictionary

from crawler.drawing.chromium import missing
from crawler.drawing.drawn import NotDrawn
from crawler.drawing.process import BrowserProcess, May, Program
from crawler.http import Fetched
from crawler.politeness import Hosts, TurnMissedError
from news.url import host_of

logger = logging.getLogger(__name__)

_DRAWN_TYPE = "text/html; charset=utf-8"
_OF_THE_SHELL = frozenset(("etag", "last-modified", "cache-control", "expires"))
"""Headers that are true of the page as it was sent, and say nothing of what scripts made of it."""

_BUSY = NotDrawn(reason="the browser was busy for too long", again=True)
_STOPPING = NotDrawn(reason="the browser is being stopped", again=True)
_AS_ROOT = (
    "Chromium runs without its own sandbox, since wirewatch runs as root; pages are safer to draw "
    "as another user"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserLimits:
    """What the browser is given: pages at once and in one life, and times.

    `patience` is how long a page waits for its turn, `page` how long it may take to be drawn, and
    `deadline` how long its answer may, a start of the browser included.
    """

    at_once: int = 2
    pages: int = 200
    idle: timedelta = timedelta(seconds=60)
    patience: timedelta = timedelta(seconds=30)
    page: timedelta = timedelta(seconds=20)
    deadline: timedelta = timedelta(seconds=35)


class Browser:
    """Draws pages in a process that `program` says how to start.

    `may` tells whether robots.txt of a page's own host lets us fetch what its scripts ask for. The
    host's turn is kept as long as a page of it is drawn, so that nobody else asks it meanwhile.
    """

    def __init__(
        self,
        program: Program,
        *,
        may: May,
        hosts: Hosts,
        limits: BrowserLimits | None = None,
        missing: Callable[[], str | None] = missing,
    ) -> None:
        self._new = partial(BrowserProcess, program, may=may)
        self._missing = missing
        self._limits = limits or BrowserLimits()
        self._places = asyncio.Semaphore(self._limits.at_once)
        self._hosts = hosts
        self._of_host: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._process: BrowserProcess | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._said: set[str] = set()
        self._closed = False

    async def draw(self, page: Fetched) -> Fetched | NotDrawn:
        """Draw `page` when it is its turn, one page of a host at a time."""
        fault = self._missing()
        if fault is not None:
            self._warn(fault)
            return NotDrawn(reason=fault)
        until = asyncio.get_running_loop().time() + self._limits.patience.total_seconds()
        one_by_one = self._of_host.setdefault(host_of(page.url), asyncio.Lock())
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout_at(until):
                    await held.enter_async_context(one_by_one)  # so one host takes one place
                    await held.enter_async_context(self._places)
                await held.enter_async_context(self._hosts.turn(page.url, until=until))
            except (TimeoutError, TurnMissedError):
                return _BUSY
            outcome = await self._drawn(page)
        if isinstance(outcome, NotDrawn):
            return outcome
        kept = {name: said for name, said in page.headers.items() if name not in _OF_THE_SHELL}
        return replace(page, headers={**kept, "content-type": _DRAWN_TYPE}, body=outcome)

    async def close(self) -> None:
        """End the browser; pages under way are not drawn."""
        self._closed = True
        self._retire(kill=True)
        await asyncio.gather(*self._ending)

    async def _drawn(self, page: Fetched) -> bytes | NotDrawn:
        if self._closed:
            return _STOPPING
        process = self._fit()
        try:
            async with asyncio.timeout(self._limits.deadline.total_seconds()):
                return await process.ask(page, self._limits.page.total_seconds())
        except TimeoutError:
            process.kill()
            return NotDrawn(reason="the browser did not answer in time", again=True)
        finally:
            self._rest()

    def _fit(self) -> BrowserProcess:
        """Return a process that may take another page."""
        if self._idle is not None:
            self._idle.cancel()
        process = self._process
        if process is not None and (not process.is_alive or process.asked >= self._limits.pages):
            self._retire()
        if self._process is None:
            if _is_root():
                self._warn(_AS_ROOT)
            self._process = self._new()
        return self._process

    def _rest(self) -> None:
        """End the process if nothing comes for a while."""
        if self._process is not None and not self._process.is_busy and not self._closed:
            loop = asyncio.get_running_loop()
            self._idle = loop.call_later(self._limits.idle.total_seconds(), self._retire)

    def _retire(self, *, kill: bool = False) -> None:
        """Let the process end when the pages under way are done, or now."""
        if self._idle is not None:
            self._idle.cancel()
        process, self._process = self._process, None
        if process is None:
            return
        if kill:
            process.kill()
        task = asyncio.create_task(process.end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _warn(self, words: str) -> None:
        """Say it once."""
        if words not in self._said:
            self._said.add(words)
            logger.warning(words)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
