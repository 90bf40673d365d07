"""How a source has been doing: what stands beside an address that nobody told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from archive import gaps
from archive.gaps import PastGap
from archive.schema import article_sources, sources, visits
from news.publisher import publisher_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigures:
    """A source that might have told it, and how its visits of the last day went."""

    id: int
    name: str
    url: str
    paused_reason: str | None
    visits: int
    good: int
    entries: int
    last_visit_at: datetime | None
    last_reason: str | None
    newest_entry_at: datetime | None
    failing_since: datetime | None = None
    next_visit_at: datetime | None = None
    gaps: tuple[PastGap, ...] = ()
    """When entries of it may have been lost, the newest first."""


def of(conn: Connection, numbers: Collection[int], *, now: datetime) -> tuple[SourceFigures, ...]:
    """Return the figures of these sources, removed ones left out, by name."""
    if not numbers:
        return ()
    values = {"many": list(numbers), "since": now - timedelta(days=1)}
    rows = conn.execute(_FIGURES, values).mappings().all()
    lost = gaps.past(conn, [row["id"] for row in rows])
    return tuple(SourceFigures(**row, gaps=lost[row["id"]]) for row in rows)


def of_publisher(conn: Connection, domain: str) -> set[int]:
    """Return the sources whose own address is the publisher's."""
    rows = conn.execute(select(sources.c.id, sources.c.url).where(_KEPT))
    return {row.id for row in rows if publisher_of(row.url) == domain}


def pace(conn: Connection, *, now: datetime) -> dict[int, float]:
    """Return how many new entries a day each source brought in the week before `now`, by its id.

    What its first visit found is the past, and less than a quarter of a day says nothing yet.
    """
    rows = conn.execute(_BROUGHT_SINCE, {"since": now - _WEEK}).all()
    seen = {row.id: min(now - row.first_told_at, _WEEK) for row in rows}
    long_enough = [row for row in rows if seen[row.id] >= _DAY / 4]
    return {row.id: int(row.many) * (_DAY / seen[row.id]) for row in long_enough}


def articles(conn: Connection, source: int) -> int:
    """Return how many articles a source told, alone or among others."""
    counted = select(func.count()).where(article_sources.c.source == source)
    return int(conn.execute(counted).scalar_one())


_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_KEPT = sources.c.removed_at.is_(None)
_RECENT = visits.c.at >= bindparam("since")
_BROUGHT = visits.alias("brought")
_NEWEST = (
    select(func.max(_BROUGHT.c.at))
    .where(_BROUGHT.c.source == sources.c.id, _BROUGHT.c.new > 0)
    .scalar_subquery()
)
_FIGURES = (
    select(
        sources.c.id,
        sources.c.name,
        sources.c.url,
        sources.c.paused_reason,
        func.count(visits.c.id).label("visits"),
        func.count(visits.c.id).filter(visits.c.outcome != "failed").label("good"),
        func.coalesce(func.sum(visits.c.new), 0).label("entries"),
        sources.c.last_visit_at,
        sources.c.last_reason,
        _NEWEST.label("newest_entry_at"),
        sources.c.failing_since,
        sources.c.next_visit_at,
    )
    .select_from(sources.outerjoin(visits, (visits.c.source == sources.c.id) & _RECENT))
    .where(_KEPT, sources.c.id.in_(bindparam("many", expanding=True)))
    .group_by(sources.c.id)
    .order_by(sources.c.name)
)
_LATER = (
    (visits.c.source == sources.c.id)
    & (visits.c.at >= bindparam("since"))
    & (visits.c.at > sources.c.first_told_at)
)
_BROUGHT_SINCE = (
    select(
        sources.c.id,
        sources.c.first_told_at,
        func.coalesce(func.sum(visits.c.new), 0).label("many"),
    )
    .select_from(sources.outerjoin(visits, _LATER))
    .where(_KEPT, sources.c.first_told_at.is_not(None))
    .group_by(sources.c.id)
)
