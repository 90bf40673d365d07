"""What the archive knows of articles that it has: all that telling them would depend on.

There may be tens of thousands of them in one preview, so a row brings only what is decided by.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from archive.columns import EPOCH
from archive.schema import articles, entries, publishers, sources

AT_ONCE = 500
"""Articles that are read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastArticle:
    """An article, and how its first source told it; times are UTC.

    `publisher` is its number; `source_added_at` is when that source was configured, or given the
    address that told it.
    """

    id: int
    story: int
    publisher: int
    published_at: datetime | None
    first_seen_at: datetime
    owed_at: datetime
    source_name: str
    source_added_at: datetime
    first_visit: bool
    is_copy: bool = False


def of(conn: Connection, numbers: Sequence[int]) -> list[PastArticle]:
    """Return the articles of these numbers, in the order in which they were owed."""
    known = _sources(conn)
    ordered = sorted(numbers)
    return [
        _past(row, known)
        for begin in range(0, len(ordered), AT_ONCE)
        for row in conn.execute(_PAST, {"many": ordered[begin : begin + AT_ONCE]})
    ]


def publisher_names(conn: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of publishers by their numbers."""
    rows = conn.execute(_PUBLISHERS, {"many": list(numbers)})
    return {row.id: row.name for row in rows}


def began(conn: Connection) -> datetime | None:
    """Return when the first article was owed; None where there is none."""
    first: datetime | None = conn.scalar(_BEGAN)
    return first


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    added_at: datetime
    looked_since: datetime


_UNKNOWN = _Source("", EPOCH, EPOCH)
"""Of an article that no entry tells any more: one that was always there."""


def _sources(conn: Connection) -> dict[int, _Source]:
    rows = conn.execute(
        select(sources.c.id, sources.c.name, sources.c.added_at, sources.c.looked_since)
    )
    return {row.id: _Source(row.name, row.added_at, row.looked_since) for row in rows}


def _past(row: Sequence[Any], known: dict[int, _Source]) -> PastArticle:
    number, story, publisher, published, seen, owed, told_by, first_visit, old_address, copy = row
    source = known.get(told_by, _UNKNOWN)
    return PastArticle(
        id=number,
        story=story,
        publisher=publisher,
        published_at=published,
        first_seen_at=seen,
        owed_at=owed,
        source_name=source.name,
        source_added_at=source.added_at if old_address else source.looked_since,
        first_visit=bool(first_visit),
        is_copy=copy is not None,
    )


_telling = entries.alias("telling")
_TOLD_BY = (
    select(func.min(_telling.c.id)).where(_telling.c.article == articles.c.id).scalar_subquery()
)
_PAST = (
    select(
        articles.c.id,
        articles.c.story,
        articles.c.publisher,
        articles.c.published_at,
        articles.c.first_seen_at,
        articles.c.owed_at,
        entries.c.source,
        entries.c.first_visit,
        entries.c.noted_at < sources.c.looked_since,
        articles.c.copy_of,
    )
    .select_from(
        articles.outerjoin(entries, entries.c.id == _TOLD_BY).outerjoin(
            sources, sources.c.id == entries.c.source
        )
    )
    .where(articles.c.id.in_(bindparam("many", expanding=True)))
    .order_by(articles.c.id)
)
_BEGAN = select(articles.c.owed_at).order_by(articles.c.id).limit(1)
_PUBLISHERS = select(publishers.c.id, publishers.c.name).where(
    publishers.c.id.in_(bindparam("many", expanding=True))
)
