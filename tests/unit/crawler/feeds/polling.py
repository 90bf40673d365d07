"""A feed that changes between visits, and a reader that looks at it again and again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawler.feeds.delta import Part, Whole, to_read
from crawler.feeds.document import ParsedFeed
from crawler.feeds.parse import parse
from news.entry import Entry

URL = "https://news.test/rss"
HEADERS = {"content-type": "application/rss+xml"}
NOW = datetime(2024, 11, 5, 6, tzinfo=UTC)


@dataclass
class Poller:
    """Reads documents as a visit does, with what it remembers; `told` counts what it was told."""

    learned: str | None = None
    known: dict[Entry, int] = field(default_factory=dict)

    def look(self, document: str | bytes) -> tuple[tuple[Entry, ...], int]:
        """Return the entries that are told of a document, and how many are left out."""
        body = document.encode() if isinstance(document, str) else document
        asked = to_read(body, HEADERS["content-type"], URL, self.learned)
        parsed = parse(asked.body, HEADERS, URL)
        if isinstance(asked, Part) and not asked.agrees(parsed):
            asked = Whole(body=body, cut=asked.cut)
            parsed = parse(body, HEADERS, URL)
        assert isinstance(parsed, ParsedFeed)
        learned = asked.learned(parsed)
        self.learned = self.learned if learned is None else learned
        for entry in parsed.entries:
            self.known[entry] = self.known.get(entry, 0) + 1
        return parsed.entries, asked.dropped


def whole(document: str | bytes) -> tuple[Entry, ...]:
    """Return what a visit that remembers nothing tells."""
    body = document.encode() if isinstance(document, str) else document
    parsed = parse(body, HEADERS, URL)
    assert isinstance(parsed, ParsedFeed)
    return parsed.entries


def item(number: int, title: str = "", guid: str = "", link: str = "", more: str = "") -> str:
    """Return an RSS item."""
    return (
        f"<item><title>{title or f'Story {number}'}</title>"
        f"<link>{link or f'https://news.test/{number}'}</link>"
        f"<guid isPermaLink='false'>{guid or f'id-{number}'}</guid>{more}</item>"
    )


def rss(items: Iterable[str], head: str = "<title>T</title>") -> str:
    """Return a feed of items."""
    return f"<rss version='2.0'><channel>{head}\n{chr(10).join(items)}\n</channel></rss>"
