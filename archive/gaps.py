"""Whether what a source told before a visit has left it unseen: see news/gap.py.

A source whose links and ids change at every look seems to roll over each time. It is told from a
gap by the titles: where half of them were told before, the document is what it was, or nearly.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from archive.columns import clean
from archive.prepared import Prepared
from archive.schema import entries, visits
from news.gap import Gap, gap_before
from news.source import DueSource
from news.visit import Told, Visit

_LOOKED_AT = 500
_MOST_PAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PastGap:
    """What a source published between two visits (UTC) may never have been seen."""

    since: datetime
    until: datetime


def before(conn: Connection, source: DueSource, visit: Visit, new: int, known: int) -> Gap | None:
    """Return the gap before `visit`, whose entries, so many new and known, are noted."""
    gap = gap_before(source, visit, new=new, known=known)
    if gap is None or not isinstance(visit.outcome, Told):
        return None
    titles = [clean(entry.title) for entry in visit.outcome.entries if entry.title]
    values = {"of_source": source.id, "until": visit.at, "limit": _LOOKED_AT}
    told = {row["title"] for row in _TOLD_BEFORE.rows(conn, values)}
    again = sum(title in told for title in titles)
    return None if titles and again * 2 >= len(titles) else gap


def past(conn: Connection, numbers: Collection[int]) -> dict[int, tuple[PastGap, ...]]:
    """Return the last gaps of these sources, the newest first, as far back as visits are kept."""
    found: dict[int, tuple[PastGap, ...]] = {}
    for number in numbers:
        rows = conn.execute(_PAST, {"of_source": number, "limit": _MOST_PAST})
        found[number] = tuple(PastGap(since=row.since, until=row.at) for row in rows if row.since)
    return found


_BEFORE = visits.alias("before")
_PAST = (
    select(
        visits.c.at,
        select(func.max(_BEFORE.c.at))
        .where(
            _BEFORE.c.source == visits.c.source,
            _BEFORE.c.at < visits.c.at,
            _BEFORE.c.outcome != "failed",
        )
        .scalar_subquery()
        .label("since"),
    )
    .where(visits.c.source == bindparam("of_source"), visits.c.gap)
    .order_by(visits.c.at.desc())
    .limit(bindparam("limit"))
)
_TOLD_BEFORE = Prepared(
    select(entries.c.title)
    .where(entries.c.source == bindparam("of_source"), entries.c.noted_at < bindparam("until"))
    .order_by(entries.c.noted_at.desc())
    .limit(bindparam("limit"))
)
