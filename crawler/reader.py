"""What every kind of source looks like to wirewatch: something that can be visited.

A reader never decides when to come back and never writes; it looks once and tells what it saw.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from crawler.asked_visit import AskedVisit
from crawler.http import Fetcher
from crawler.room import Room
from crawler.workers import DEADLINE, WorkerFailed
from news.clock import Clock, utc_now
from news.source import DueSource
from news.visit import Failed, Visit


class Reader(Protocol):
    """Reads sources of one kind."""

    async def visit(self, source: DueSource) -> Visit:
        """Look at `source` once; whatever a network or a server does is in the outcome."""
        ...


class Parser(Protocol):
    """Runs a function, named `module:function`, on a document where it can do no harm."""

    async def call(
        self, function: str, payload: bytes, *, deadline: timedelta = DEADLINE
    ) -> bytes | WorkerFailed:
        """Return what the function answers, or why it did not."""
        ...


class Crawl(Protocol):
    """Looks at sources as pages are read: politely, out of harm's way."""

    async def visit(self, asked: AskedVisit) -> Visit:
        """Look at what is asked for once; whatever a network or a page does is in the outcome."""
        ...


@dataclass(frozen=True, slots=True)
class NoCrawl:
    """Stands where no engine runs: says so."""

    async def visit(self, asked: AskedVisit) -> Visit:
        """Fail."""
        words = f"the engine that reads pages is not running, so {asked.url} was not looked at"
        return Visit(at=utc_now(), outcome=Failed(reason=words, ours=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderParts:
    """What readers are made of; the roof brings it."""

    fetcher: Fetcher
    parser: Parser
    clock: Clock
    crawl: Crawl = NoCrawl()
    room: Room = field(default_factory=Room)
