"""Everything counted, for `db stats` and for comparing a copy with what it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, Table, func, select, text

from archive.schema import articles, entries, sources, stories, texts, visits
from archive.schema_likeness import revisions
from archive.schema_telling import (
    alerts,
    channels,
    deliveries,
    matches,
    trail,
    watches,
)
from archive.search.find import first_since
from archive.stats import size


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How much is kept, in rows; `size` and `free` in bytes, times in UTC.

    `free` is room within the file that is used before it grows; PostgreSQL does not say it.
    Sources, watches and channels that were removed are not counted; what they left is.
    """

    size: int
    free: int | None
    oldest: datetime | None
    newest: datetime | None
    rows: Mapping[str, int]
    articles_by_year: Mapping[int, int] = field(default_factory=dict)
    states: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


COUNTED: Mapping[str, Table] = {
    "articles": articles,
    "texts": texts,
    "revisions": revisions,
    "stories": stories,
    "entries": entries,
    "visits": visits,
    "matches": matches,
    "alerts": alerts,
    "deliveries": deliveries,
    "trail": trail,
}
"""The tables that grow with the news."""

_SETTINGS: Mapping[str, Table] = {"sources": sources, "watches": watches, "channels": channels}


def figures(conn: Connection) -> Figures:
    """Count everything; it takes a while in a large archive, and holds nobody up."""
    first = conn.execute(select(articles.c.owed_at).order_by(articles.c.id).limit(1)).scalar()
    last = conn.execute(select(articles.c.owed_at).order_by(articles.c.id.desc()).limit(1)).scalar()
    settings = {
        name: _rows(conn, table, kept=table.c.removed_at) for name, table in _SETTINGS.items()
    }
    return Figures(
        size=size(conn),
        free=free(conn),
        oldest=first,
        newest=last,
        rows=settings | {name: _rows(conn, table) for name, table in COUNTED.items()},
        articles_by_year={} if first is None or last is None else _by_year(conn, first, last),
        states={table.name: _states(conn, table) for table in (entries, alerts, deliveries)},
    )


def _rows(conn: Connection, table: Table, *, kept: Column[datetime] | None = None) -> int:
    query = select(func.count()).select_from(table)
    return conn.execute(query if kept is None else query.where(kept.is_(None))).scalar_one()


def _states(conn: Connection, table: Table) -> dict[str, int]:
    query = select(table.c.state, func.count()).group_by(table.c.state).order_by(table.c.state)
    return {row[0]: row[1] for row in conn.execute(query)}


def _by_year(conn: Connection, first: datetime, last: datetime) -> dict[int, int]:
    """Count by the year in which they entered the archive: their ids run in that order."""
    years = range(first.year, last.year + 1)
    begins = {year: first_since(conn, datetime(year, 1, 1, tzinfo=UTC)) for year in years}
    ends = {year: begins.get(year + 1) for year in years}
    counted = {}
    for year in years:
        query = select(func.count()).where(articles.c.id >= begins[year])
        end = ends[year]
        query = query if end is None else query.where(articles.c.id < end)
        counted[year] = conn.execute(query).scalar_one()
    return {year: number for year, number in counted.items() if number}


def free(conn: Connection) -> int | None:
    """Return the bytes of free pages in an SQLite file."""
    if conn.dialect.name == "postgresql":
        return None
    words = "SELECT freelist_count * page_size FROM pragma_freelist_count(), pragma_page_size()"
    return int(conn.execute(text(words)).scalar_one())
