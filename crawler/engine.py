"""Pages, read by a Scrapy engine in a supervised child process.

    read(url) ─────────> question ──pipe──> crawler.engine_child ──> answer ──> PageOutcome
    look_again(url) ──> …                                                       or SamePage
    visit(asked) ──────> question ──────────────────────────────────────────> Visit

Every question is answered. When the child dies, a new one is started and what was under way is
asked once more; when it says nothing for a while, or what makes no sense, or answers no more, it
is killed first; when time is up, that is the answer. Nobody else knows that there is a process.

Whoever makes requests elsewhere shares `hosts` with it, so that none is asked for two things at
once (crawler/turns.py).
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from crawler.asked_visit import AskedVisit
from crawler.children import Child, start_child
from crawler.engine_asks import Answer, Ask, Delays, Diligence, look_ask, page_ask, visit_ask
from crawler.frames import pack, read_frame
from crawler.politeness import OneByOne
from crawler.turns import GivenTurns
from news.page import PageMarks, PageOutcome, SamePage
from news.url import host_of
from news.visit import Visit

logger = logging.getLogger(__name__)

DEADLINE = timedelta(seconds=90)
"""No read takes longer, robots.txt, redirects, extraction and a dying child included."""

_STOPPING = "wirewatch is stopping"
_TOO_LATE = "the engine did not answer in time"


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

    def rest_after(self, rest: float, *, lived: float) -> float:
        """Return the seconds before the next start, after a child that `lived` so many."""
        longest = self.longest_back_off.total_seconds()
        shortest = self.back_off.total_seconds()
        return 0.0 if lived >= longest else min(max(rest * 2, shortest), longest)


class Engine:
    """Reads pages and visits sources by a child process: `command`, in `environment` or in ours."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        deadline: timedelta = DEADLINE,
        supervision: Supervision | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.hosts = OneByOne()
        self._command = tuple(command)
        self._environment = environment
        self._deadline = deadline.total_seconds()
        self._supervision = supervision or Supervision()
        self._asks: dict[int, Ask[Any]] = {}
        self._numbers = count(1)
        self._delays = Delays()
        self._turns = GivenTurns(self.hosts)
        self._child: Child | None = None
        self._diligence = Diligence(deadline=self._deadline, misses=self._supervision.misses)
        self._stopping = asyncio.Event()
        self._supervisor: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the child; it answers as soon as it is there."""
        self._supervisor = asyncio.create_task(self._supervise())

    async def read(self, url: str, *, render: bool = False) -> PageOutcome:
        """Read the page at `url`, politely, drawn if `render` wants it; answers by the deadline."""
        return await self._answer_to(page_ask(url, render=render))

    async def look_again(
        self, url: str, marks: PageMarks | None, *, render: bool = False
    ) -> PageOutcome | SamePage:
        """Read the page at `url` unless it is what it was when it had these `marks`; as `read`."""
        return await self._answer_to(look_ask(url, marks, render=render))

    async def visit(self, asked: AskedVisit) -> Visit:
        """Look at a source, as politely; always answers, too."""
        return await self._answer_to(visit_ask(asked))

    def crawl_delay(self, url: str) -> timedelta:
        """Return the rest that the host of `url` asked for between two requests, if it did."""
        return self._delays.of(host_of(url))

    async def stop(self) -> None:
        """Refuse new reads, answer those under way, end the child and all below it."""
        self._stopping.set()
        for ask in self._asks.values():
            ask.fail(_STOPPING)
        if self._supervisor is None:
            return
        if self._child is not None:
            self._child.stdin.close()
            if self._asks:  # it would wait for answers that nobody wants any more
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
        clock = asyncio.get_running_loop().time
        wait = 0.0
        while not self._stopping.is_set():
            began = clock()
            try:
                await self._live_once()
            except Exception:  # whatever a child brings about, the next is started nevertheless
                logger.exception("the engine's process was given up")
            wait = self._supervision.rest_after(wait, lived=clock() - began)
            await _at_most(wait, self._stopping.wait())

    async def _live_once(self) -> None:
        """Start a child, put to it what is open, listen until it falls silent, and bury it."""
        try:
            child = await start_child(self._command, environment=self._environment)
        except OSError:
            logger.exception("the engine's process cannot be started")
            return
        self._child = child
        self._diligence.answered()
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
            self._turns.free_all()  # no sooner: its requests end with it
        if not self._stopping.is_set():
            logger.warning("the engine's process ended with status %d; starting another", status)

    async def _listen(self, child: Child) -> None:
        """Take answers until the pipe ends, or nothing came for too long, or what is none."""
        with contextlib.suppress(TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            while True:
                async with asyncio.timeout(self._supervision.silence.total_seconds()):
                    frame = await read_frame(child.stdout)
                self._take(frame)

    def _take(self, frame: bytes) -> None:
        message = json.loads(frame)
        if not message or self._turns.take(message, self._put):
            return  # a sign of life, but not of work
        if ask := self._asks.get(message["id"]):  # else nobody waits for it any more
            ask.take(message)
            self._delays.remember(host_of(ask.url), timedelta(seconds=message["crawl_delay"]))
        self._diligence.answered()

    def _note_miss(self) -> None:
        """Kill a child that lives and works no more; a read it passed over for others is none."""
        if self._child is not None and self._diligence.missed():
            logger.warning(
                "the engine's process answered nothing for %.0f s", self._diligence.quiet
            )
            self._child.kill()

    def _ask(self, number: int, ask: Ask[Any]) -> None:
        """Put the question to the child; without one, the next will be asked."""
        if self._child is not None and ask.may_be_put():
            self._put({"id": number, **ask.question})

    def _put(self, message: Mapping[str, Any]) -> None:
        # Not drained: a message is short, and a child that takes none is killed for its silence.
        if self._child is not None:
            self._child.stdin.write(pack(json.dumps(message).encode()))


async def _at_most(seconds: float, what: Awaitable[object]) -> None:
    """Wait for `what`, but no longer than `seconds`."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await what
