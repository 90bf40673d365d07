"""A sitemap's bytes to entries that are new, or to the further sitemaps that are worth reading.

Runs in a worker (crawler/sitemaps/task.py).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from crawler.feeds import fields
from crawler.feeds.plain import plain_line
from crawler.sitemaps.children import ranked
from crawler.sitemaps.document import Child, Document, NotASitemap
from crawler.sitemaps.learned import (
    MOST_HASHES,
    MOST_NAMES,
    Known,
    Learned,
    joined,
    learned_from,
    mark_of,
    marks_of,
)
from crawler.sitemaps.novel import MOST_ENTRIES, Ground, Novel, novel_in
from crawler.sitemaps.rows import Row
from crawler.sitemaps.scan import scan
from news.entry import Entry

_MOST_KEYWORDS = 500
_FEWEST_SHARES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a worker is to know of a document: where it stands, and what was learned.

    `child` tells that an index named it, `fresh` that it does so for the first time; `room` is how
    many new entries may be told of it.
    """

    url: str
    learned: str | None
    now: datetime
    child: bool = False
    fresh: bool = False
    room: int = MOST_ENTRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """The new entries of one document, newest first; `dropped` counts those that are known.

    `after` is what to remember of it, `newest` the latest date in it (seconds). `anew` tells that
    it was written anew after `since` (seconds), `rolled` that some of it will never be told.
    """

    entries: tuple[Entry, ...]
    dropped: int
    after: Known
    newest: float
    title: str | None = None
    anew: bool = False
    since: float = 0
    rolled: bool = False
    broken: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Further sitemaps, those worth reading first; `fresh` are those never named before.

    `names` is what to remember of all of them.
    """

    children: tuple[Child, ...]
    fresh: tuple[str, ...]
    many: int
    names: str
    broken: str | None = None


Read: TypeAlias = Sifted | Index | NotASitemap


def read(body: bytes, asked: Asked) -> Read:
    """Read the document that stands at `asked.url`."""
    document = scan(body)
    if isinstance(document, NotASitemap):
        return document
    learned = learned_from(asked.learned)
    if document.children and len(document.children) >= len(document.listed):
        return _index(document, learned, asked)
    return _sifted(document, learned, asked)


def _index(document: Document, learned: Learned, asked: Asked) -> Index:
    unique = {
        url: Child(url, one.lastmod)
        for one in document.children
        if (url := fields.address(asked.url, one.url)) is not None and url != asked.url
    }
    children = ranked(list(unique.values()), learned, asked.now)
    before = set(marks_of(learned.names))
    named = len(unique) <= MOST_NAMES and bool(before)
    return Index(
        children=tuple(children),
        fresh=tuple(one.url for one in children if named and mark_of(one.url) not in before),
        many=len(unique),
        names=joined(map(mark_of, unique)) if len(unique) <= MOST_NAMES else "",
        broken=document.broken,
    )


def _sifted(document: Document, learned: Learned, asked: Asked) -> Sifted:
    shares = max(len(learned.documents), _FEWEST_SHARES) if asked.child else 1
    ground = Ground(
        now=asked.now,
        first=not learned.visits,
        child=asked.child,
        fresh=asked.fresh,
        newest=learned.newest,
        share=MOST_HASHES // shares,
        room=asked.room,
    )
    novel = novel_in(document, asked.url, learned.of(asked.url), ground)
    return Sifted(
        entries=tuple(_entries(novel, asked)),
        dropped=novel.known,
        after=novel.after,
        newest=learned.newest if novel.after.waiting else novel.after.news_at,
        title=_title(one.paper for one in document.listed[:1]),
        anew=novel.anew,
        since=novel.since,
        rolled=novel.rolled or novel.lost > 0,
        broken=document.broken or _words(novel),
    )


def _entries(novel: Novel, asked: Asked) -> Iterator[Entry]:
    seen: set[str] = set()
    for row in novel.rows:
        url = fields.address(asked.url, row.listed.url)
        if url is not None and url not in seen:
            seen.add(url)
            yield _entry(url, row, rewritten=bool(novel.rewritten))


def _entry(url: str, row: Row, *, rewritten: bool) -> Entry:
    """Return a row as an entry: a moment of publication as that, all else as the latest it can be.

    When a page was touched that was written anew with all others says nothing of it.
    """
    listed, date = row.listed, row.date
    exact = date is not None and date.exact and row.claimed
    vague = None if date is None or exact or (rewritten and not row.claimed) else date.latest
    title = plain_line(listed.title, most=fields.MOST_TITLE)
    return Entry(
        url=url,
        title=title,
        summary=plain_line(listed.keywords, most=_MOST_KEYWORDS) if title else "",
        published=date.latest if date is not None and exact else None,
        updated=vague,
        language=fields.language(listed.language),
    )


def _title(papers: Iterable[str]) -> str | None:
    paper = next(iter(papers), "")
    return plain_line(paper, most=fields.MOST_TITLE) or None


def _words(novel: Novel) -> str | None:
    words = []
    if novel.rewritten:
        words.append(
            f"{novel.rewritten:,} addresses appeared at once, as where a site writes its sitemap "
            f"anew; {len(novel.rows):,} of them are read, as at a first visit"
        )
    if novel.rewritten and novel.after.waiting:
        words.append(f"{novel.after.waiting:,} wait for the next visits")
    if novel.lost:
        words.append(f"{novel.lost:,} are left out for good: too many at once")
    return ", ".join(words) or None
