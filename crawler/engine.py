"""Pages, read by a Scrapy engine in a supervised child process.

    read(url) ─────────> question ──pipe──> crawler.engine_child ──> answer ──> PageOutcome
    visit(asked) ──────> question ──────────────────────────────────────────> Visit

Every question is answered. When the child dies, a new one is started and what was under way is
asked once more; when it says nothing for a while, or what makes no sense, or answers no more, it
is killed first; when time is up, that is the answer. Nobody else knows that there is a process.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from crawler.asked_visit import AskedVisit
from crawler.children import Child, start_child
from crawler.engine_asks import Answer, Ask, Delays, page_ask, visit_ask
from crawler.frames import pack, read_frame
from news.page import PageOutcome
from news.url import host_of
from news.visit import Visit

logger = logging.getLogger(__name__)

DEADLINE = timedelta(seconds=90)
"""No read takes longer, robots.txt, redirects, extraction and a dying child included."""

_STOPPING = "wirewatch is stopping"
_TOO_LATE = "the engine did not answer in time"
_DIED_TWICE = "the engine's process ended twice while it was read"

_ASKED_AT_MOST = 2


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


class Engine:
    """Reads pages and visits sources through a child process that `command` starts."""

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
        self._asks: dict[int, Ask[Any]] = {}
        self._numbers = count(1)
        self._delays = Delays()
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
        return await self._answer_to(page_ask(url))

    async def visit(self, asked: AskedVisit) -> Visit:
        """Look at a source, as politely; always answers, too."""
        return await self._answer_to(visit_ask(asked))

    def crawl_delay(self, url: str) -> timedelta:
        """Return the rest that the host of `url` asked for between two requests, if it did."""
        return self._delays.of(host_of(url))

    async def stop(self) -> None:
        """Refuse new reads, answer those under way, end the child and all below it."""
        self._stopping.set()
        is_busy = bool(self._asks)
        for ask in self._asks.values():
            ask.fail(_STOPPING)
        if self._supervisor is None:
            return
        if self._child is not None:
            self._child.stdin.close()
            if is_busy:  # it would wait for answers that nobody wants any more
                self._child.kill()
        await _at_most(self._supervision.grace.total_seconds(), asyncio.shield(self._supervisor))
        if self._child is not None:
            self._child.kill()
        await self._supervisor

    async def _answer_to(self, ask: Ask[Answer]) -> Answer:
        if self._stopping.is_set():
            return ask.failure(_STOPPING)
        number = next(self._numbers)
        self._asks[number] = ask
        self._ask(number, ask)
        try:
            async with asyncio.timeout(self._deadline):
                return await ask.answer
        except TimeoutError:
            self._note_miss()
            return ask.failure(_TOO_LATE)
        finally:
            del self._asks[number]

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
            wait = 0.0 if loop.time() - began >= longest else min(max(wait * 2, shortest), longest)
            await _at_most(wait, self._stopping.wait())

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
        delay, ask = timedelta(seconds=message["crawl_delay"]), self._asks.get(message["id"])
        if ask is not None:  # else nobody waits for it any more
            ask.take(message)
            self._delays.remember(host_of(ask.url), delay)
        self._note_answer()

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

    def _ask(self, number: int, ask: Ask[Any]) -> None:
        """Put the question to the child; without one, the next will be asked."""
        if self._child is None or ask.answer.done():
            return
        if ask.asked == _ASKED_AT_MOST:
            ask.fail(_DIED_TWICE)
            return
        ask.asked += 1
        question = json.dumps({"id": number, **ask.question}).encode()
        # Not drained: a question is short, and a child that takes none is killed for its silence.
        self._child.stdin.write(pack(question))


async def _at_most(seconds: float, what: Awaitable[object]) -> None:
    """Wait for `what`, but no longer than `seconds`."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await what
