"""Pages, read by a Scrapy engine in a supervised child process.

    read(url) ──> question ──pipe──> crawler.engine_child ──> answer ──> PageOutcome

Every read is answered. When the child dies, a new one is started and what was under way is asked
once more; when it says nothing for a while, it is killed first; when time is up, that is the
answer. Nobody else knows that there is a process at all.
"""

import asyncio
import contextlib
import json
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from crawler.children import Child, start_child
from crawler.extract.wire import outcome_of
from crawler.frames import pack, read_frame
from news.page import PageOutcome, Unread
from news.url import host_of

logger = logging.getLogger(__name__)

DEADLINE = timedelta(seconds=90)
"""No read takes longer, robots.txt, redirects, extraction and a dying child included."""

_STOPPING = Unread(reason="wirewatch is stopping", again=True)
_TOO_LATE = Unread(reason="the engine did not answer in time", again=True)
_DIED_TWICE = Unread(reason="the engine's process ended twice while it was read", again=True)

_ASKED_AT_MOST = 2
_DELAYS_KEPT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """How the child is watched; the times are few enough to be told in tests.

    It is killed after `silence` without a sign of life, given `grace` to end by itself, and
    restarted after `back_off`, doubled up to `longest_back_off` as long as none lives that long.
    """

    silence: timedelta = timedelta(seconds=30)
    grace: timedelta = timedelta(seconds=3)
    back_off: timedelta = timedelta(seconds=1)
    longest_back_off: timedelta = timedelta(seconds=30)


@dataclass(slots=True)
class _Ask:
    """A read under way."""

    url: str
    answer: "asyncio.Future[PageOutcome]"
    asked: int = 0


class Engine:
    """Reads pages through a child process started by `command`, which serves `engine_child`."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        deadline: timedelta = DEADLINE,
        supervision: Supervision | None = None,
    ) -> None:
        self._command = tuple(command)
        self._deadline = deadline.total_seconds()
        self._supervision = supervision or Supervision()
        self._asks: dict[int, _Ask] = {}
        self._numbers = count(1)
        self._delays: OrderedDict[str, timedelta] = OrderedDict()
        self._child: Child | None = None
        self._stopping = asyncio.Event()
        self._supervisor: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the child; it answers as soon as it is there."""
        self._supervisor = asyncio.create_task(self._supervise())

    async def read(self, url: str) -> PageOutcome:
        """Read the page at `url`, politely; always answers, at the deadline at the latest."""
        if self._stopping.is_set():
            return _STOPPING
        number = next(self._numbers)
        ask = self._asks[number] = _Ask(url, asyncio.get_running_loop().create_future())
        self._ask(number, ask)
        try:
            async with asyncio.timeout(self._deadline):
                return await ask.answer
        except TimeoutError:
            return _TOO_LATE
        finally:
            del self._asks[number]

    def crawl_delay(self, url: str) -> timedelta:
        """Return the rest that the host of `url` asked for between two requests, if it did."""
        return self._delays.get(host_of(url), timedelta())

    async def stop(self) -> None:
        """Refuse new reads, answer those under way, end the child and all below it."""
        self._stopping.set()
        is_busy = bool(self._asks)
        for ask in self._asks.values():
            _settle(ask, _STOPPING)
        if self._supervisor is None:
            return
        if self._child is not None:
            self._child.stdin.close()
            if is_busy:  # it would wait for answers that nobody wants any more
                self._child.kill()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._supervision.grace.total_seconds()):
                await asyncio.shield(self._supervisor)
        if self._child is not None:
            self._child.kill()
        await self._supervisor

    async def _supervise(self) -> None:
        loop = asyncio.get_running_loop()
        shortest = self._supervision.back_off.total_seconds()
        longest = self._supervision.longest_back_off.total_seconds()
        wait = 0.0
        while not self._stopping.is_set():
            began = loop.time()
            await self._live_once()
            lived_long = loop.time() - began >= longest
            wait = 0.0 if lived_long else min(max(wait * 2, shortest), longest)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stopping.wait()

    async def _live_once(self) -> None:
        """Start a child, put to it what is open, listen until it falls silent, and bury it."""
        try:
            child = await start_child(self._command)
        except OSError:
            logger.exception("the engine's process cannot be started")
            return
        self._child = child
        try:
            for number, ask in list(self._asks.items()):
                self._ask(number, ask)
            if self._stopping.is_set():
                child.stdin.close()
            await self._listen(child)
        finally:
            self._child = None
            if not self._stopping.is_set():
                child.kill()
            status = await child.end(grace=self._supervision.grace)
        if not self._stopping.is_set():
            logger.warning("the engine's process ended with status %d; starting another", status)

    async def _listen(self, child: Child) -> None:
        """Take answers until the pipe ends, or nothing came for too long."""
        silence = self._supervision.silence.total_seconds()
        with contextlib.suppress(TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            while True:
                async with asyncio.timeout(silence):
                    frame = await read_frame(child.stdout)
                self._take(frame)

    def _take(self, frame: bytes) -> None:
        message = json.loads(frame)
        ask = self._asks.get(message.get("id", 0))
        if ask is None:
            return  # a sign of life, or an answer that nobody waits for any more
        self._remember(host_of(ask.url), timedelta(seconds=message["crawl_delay"]))
        _settle(ask, outcome_of(message["outcome"]))

    def _remember(self, host: str, delay: timedelta) -> None:
        self._delays.pop(host, None)
        if delay:
            self._delays[host] = delay
        while len(self._delays) > _DELAYS_KEPT:
            self._delays.popitem(last=False)

    def _ask(self, number: int, ask: _Ask) -> None:
        """Put the question to the child; without one, the next will be asked."""
        if self._child is None or ask.answer.done():
            return
        if ask.asked == _ASKED_AT_MOST:
            _settle(ask, _DIED_TWICE)
            return
        ask.asked += 1
        question = json.dumps({"id": number, "url": ask.url}).encode()
        # Not drained: a question is short, and a child that takes none is killed for its silence.
        self._child.stdin.write(pack(question))


def _settle(ask: _Ask, outcome: PageOutcome) -> None:
    if not ask.answer.done():
        ask.answer.set_result(outcome)
