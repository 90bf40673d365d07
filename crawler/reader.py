"""What every kind of source looks like to wirewatch: something that can be visited.

A reader never decides when to come back and never writes; it looks once and tells what it saw.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from crawler.http import Fetcher
from crawler.lists.wire import ListPage
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


class Lists(Protocol):
    """Looks at pages that list articles, as pages are read: politely, out of harm's way."""

    async def visit_list(self, page: ListPage) -> Visit:
        """Look at `page` once; whatever a network or a page does is in the outcome."""
        ...


@dataclass(frozen=True, slots=True)
class NoLists:
    """Stands where no engine runs: says so."""

    async def visit_list(self, page: ListPage) -> Visit:
        """Fail."""
        words = f"the engine that reads pages is not running, so {page.url} was not looked at"
        return Visit(at=utc_now(), outcome=Failed(reason=words, ours=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderParts:
    """What readers are made of; the roof brings it."""

    fetcher: Fetcher
    parser: Parser
    clock: Clock
    lists: Lists = NoLists()
