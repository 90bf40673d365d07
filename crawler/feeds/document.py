"""What parsing a feed's document brings, as values."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from news.entry import Entry

MOST_ENTRIES = 1_000
"""More than its newest thousand entries are taken from no document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed as its document tells it; `entries` stand in the document's order.

    `wait` is the least time between visits that the document asks for (ttl, sy:updatePeriod), and
    `broken` says what was wrong with a document that was read all the same.
    """

    entries: tuple[Entry, ...]
    title: str | None = None
    wait: timedelta | None = None
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class NotAFeed:
    """The document is something else; `reason` says what, in words for whoever named it."""

    reason: str


def breaks_off(size: int) -> str:
    """Say that a document of `size` bytes ends before it is over."""
    return f"the document breaks off after {size:,} bytes"


Parsed: TypeAlias = ParsedFeed | NotAFeed
