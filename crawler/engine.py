"""Pages, read by a Scrapy engine in a supervised child process.

    read(url) ──> question ──pipe──> crawler.engine_child ──> answer ──> PageOutcome

Every read is answered. When the child dies, a new one is started and what was under way is asked
once more; when it says nothing for a while, or what makes no sense, or answers no read any more, it
is killed first; when time is up, that is the answer. Nobody else knows that there is a process.
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

    It is killed after `silence` without a sign of life, and after `misses` reads whose deadline
    passed without an answer to any; it is given `grace` to end by itself, and restarted after
    `back_off`, doubled up to `longest_back_off` as long as none lives that long.
    """

    silence: timedelta = timedelta(seconds=30)
    misses: int = 5
    grace: timedelta = timedelta(seconds=3)
    back_off: timedelta = timedelta(seconds=1)
    longest_back_off: timedelta = timedelta(seconds=30)


@dataclass(slots=True)
class _Ask:
    """A read under way."""

    url: str
    answer: "asyncio.Future[PageOutcome]"
    asked: int = 0


class _Delays:
    """The rests that hosts asked for, of those that were read last."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, timedelta] = OrderedDict()

    def of(self, host: str) -> timedelta:
        return self._known.get(host, timedelta())

    def remember(self, host: str, delay: timedelta) -> None:
        self._known.pop(host, None)
        if delay:
            self._known[host] = delay
        while len(self._known) > _DELAYS_KEPT:
            self._known.popitem(last=False)


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
        self._delays = _Delays()
        self._child: Child | None = None
        self._misses = 0
        self._heard = 0.0
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
            self._note_miss()
            return _TOO_LATE
        finally:
            del self._asks[number]

    def crawl_delay(self, url: str) -> timedelta:
        """Return the rest that the host of `url` asked for between two requests, if it did."""
        return self._delays.of(host_of(url))

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
            try:
                await self._live_once()
            except Exception:  # whatever a child brings about, the next is started nevertheless
                logger.exception("the engine's process was given up")
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
        self._note_answer()
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
        """Take answers until the pipe ends, or nothing came for too long, or what is none."""
        silence = self._supervision.silence.total_seconds()
        with contextlib.suppress(TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            while True:
                async with asyncio.timeout(silence):
                    frame = await read_frame(child.stdout)
                self._take(frame)

    def _take(self, frame: bytes) -> None:
        message = json.loads(frame)
        if not message:
            return  # a sign of life, but not of work
        delay, outcome = timedelta(seconds=message["crawl_delay"]), outcome_of(message["outcome"])
        self._note_answer()
        ask = self._asks.get(message["id"])
        if ask is None:
            return  # nobody waits for it any more
        self._delays.remember(host_of(ask.url), delay)
        _settle(ask, outcome)

    def _note_answer(self) -> None:
        self._misses, self._heard = 0, asyncio.get_running_loop().time()

    def _note_miss(self) -> None:
        """Kill a child that lives and works no more; a read it passed over for others is none."""
        quiet = asyncio.get_running_loop().time() - self._heard
        if self._child is None or quiet < self._deadline:
            return
        self._misses += 1
        if self._misses >= self._supervision.misses:
            logger.warning("the engine's process answered nothing for %.0f s", quiet)
            self._child.kill()

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
