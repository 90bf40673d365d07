"""What the archive knows of articles that it has: all that telling them would depend on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.engine import RowMapping

from archive.columns import EPOCH
from archive.schema import articles, entries, publishers, sources

AT_ONCE = 500
"""Articles that are read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastArticle:
    """An article, and how its first source told it; times are UTC.

    `source_added_at` is when that source was configured, or given the address that told it.
    """

    id: int
    url: str
    title: str
    story: int
    publisher: str
    published_at: datetime | None
    first_seen_at: datetime
    owed_at: datetime
    source_name: str
    source_added_at: datetime
    first_visit: bool


def of(conn: Connection, numbers: Sequence[int]) -> list[PastArticle]:
    """Return the articles of these numbers, in the order in which they were owed."""
    ordered = sorted(numbers)
    return [
        _past(row)
        for begin in range(0, len(ordered), AT_ONCE)
        for row in conn.execute(_PAST, {"many": ordered[begin : begin + AT_ONCE]}).mappings()
    ]


def began(conn: Connection) -> datetime | None:
    """Return when the first article was owed; None where there is none."""
    first: datetime | None = conn.scalar(_BEGAN)
    return first


def _past(row: RowMapping) -> PastArticle:
    """Read a row; an article that no entry tells any more is taken as one of an old source."""
    since = row["added_at"] or EPOCH
    if row["looked_since"] is not None and row["noted_at"] >= row["looked_since"]:
        since = row["looked_since"]
    return PastArticle(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        story=row["story"],
        publisher=row["publisher"],
        published_at=row["published_at"],
        first_seen_at=row["first_seen_at"],
        owed_at=row["owed_at"],
        source_name=row["source_name"] or "",
        source_added_at=since,
        first_visit=bool(row["first_visit"]),
    )


_telling = entries.alias("telling")
_TOLD_BY = (
    select(func.min(_telling.c.id)).where(_telling.c.article == articles.c.id).scalar_subquery()
)
_PAST = (
    select(
        articles.c.id,
        articles.c.url,
        articles.c.title,
        articles.c.story,
        articles.c.published_at,
        articles.c.first_seen_at,
        articles.c.owed_at,
        publishers.c.name.label("publisher"),
        entries.c.first_visit,
        entries.c.noted_at,
        sources.c.name.label("source_name"),
        sources.c.added_at,
        sources.c.looked_since,
    )
    .select_from(
        articles.join(publishers)
        .outerjoin(entries, entries.c.id == _TOLD_BY)
        .outerjoin(sources, sources.c.id == entries.c.source)
    )
    .where(articles.c.id.in_(bindparam("many", expanding=True)))
    .order_by(articles.c.id)
)
_BEGAN = select(articles.c.owed_at).order_by(articles.c.id).limit(1)
