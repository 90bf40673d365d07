"""How sources are doing: lag from published to seen, what their visits brought, what waits.

One statement answers for all sources, so that a list of a thousand costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, select, text

from archive.schema import entries, sources, visits
from archive.schema_limits import cooldowns
from news.gap import ONE_A_DAY

LATEST = timedelta(days=2)
"""What was published longer before it was seen was dated back, or dug out: that is no lag."""

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How long entries stood published before they were seen: half of them, and 95 % of them.

    `entries` is how many of the time asked for tell a date; first visits are left aside.
    """

    p50: timedelta
    p95: timedelta
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """What the visits of a span of time were: how each ended, and what they cost.

    `size` is in bytes of bodies as decoded, `ms` the mean of all that got an answer.
    """

    visits: int = 0
    told: int = 0
    unchanged: int = 0
    failed: int = 0
    new: int = 0
    gaps: int = 0
    size: int = 0
    ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """A line about a visit; `entries` stood there, `new` of them were unknown."""

    at: datetime
    outcome: str
    status: int | None
    ms: int
    size: int
    entries: int
    new: int
    gap: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The host of a source, or the platform that it stands on, is left alone until then."""

    until: datetime
    why: str


def lags(conn: Connection, *, now: datetime, source: int | None = None) -> dict[int, Lag]:
    """Return the lag of the entries seen in the week before `now`, by source (or of one alone)."""
    statement = _LAGS[conn.dialect.name]
    if source is not None:
        statement = _LAGS_OF_ONE[conn.dialect.name]
    values: dict[str, Any] = {"since": now - WEEK}
    if source is not None:
        values["of_source"] = source
    found: dict[int, list[timedelta]] = {}
    many: dict[int, int] = {}
    for row in conn.execute(statement, values):
        found.setdefault(row.source, []).append(row.noted_at - row.published)
        many[row.source] = row.many
    return {
        number: Lag(p50=min(each), p95=max(each), entries=many[number])
        for number, each in found.items()
    }


def gaps(conn: Connection, *, now: datetime) -> dict[int, int]:
    """Return how many gaps each source had in the week before `now`, none of them left out."""
    since = now - WEEK
    found = conn.execute(_GAPS, {"since": since, "until": now, "spoken": since - ONE_A_DAY})
    return {row.source: row.many for row in found}


def last_answers(conn: Connection) -> dict[int, PastVisit]:
    """Return the last visit of each source."""
    return {row.source: _past(row) for row in conn.execute(_LAST_OF_EACH)}


def doings(conn: Connection, source: int, *, since: datetime) -> Doings:
    """Return what the visits of a source since then were."""
    row = conn.execute(_DOINGS, {"of_source": source, "since": since}).mappings().one()
    return Doings(**{name: int(many or 0) for name, many in row.items()})


def last_visits(conn: Connection, source: int, *, limit: int) -> Sequence[PastVisit]:
    """Return the last visits of a source, the newest first."""
    rows = conn.execute(_LAST, {"of_source": source, "limit": limit})
    return [_past(row) for row in rows]


def waiting(conn: Connection, source: int) -> int:
    """Return how many entries of a source are noted and still to be read."""
    return int(conn.execute(_WAITING, {"of_source": source}).scalar_one())


def rests(conn: Connection, *, now: datetime) -> dict[int, Rest]:
    """Return the rest that is given to the hosts of sources, by source, where there is one."""
    found = conn.execute(_RESTS, {"now": now})
    return {row.id: Rest(until=row.until, why=row.why) for row in found}


def _past(row: Any) -> PastVisit:  # noqa: ANN401 - a row of visits
    return PastVisit(
        at=row.at,
        outcome=row.outcome,
        status=row.status,
        ms=row.ms,
        size=row.size,
        entries=row.entries,
        new=row.new,
        gap=bool(row.gap),
        reason=row.reason,
    )


def _ranked(latest: Any, *, of_one: bool) -> Select[Any]:  # noqa: ANN401 - as each engine says it
    """Choose of each source the entries at the median and at 95 %, in the order of their lag."""
    lag = entries.c.noted_at.op("-")(entries.c.published)
    dated = select(
        entries.c.source,
        entries.c.noted_at,
        entries.c.published,
        func.row_number().over(partition_by=entries.c.source, order_by=lag).label("place"),
        func.count().over(partition_by=entries.c.source).label("many"),
    ).where(
        entries.c.noted_at >= bindparam("since"),
        entries.c.first_visit.is_(False),
        entries.c.published <= entries.c.noted_at,
        lag.op("<=")(latest),
    )
    if of_one:
        dated = dated.where(entries.c.source == bindparam("of_source"))
    chosen = dated.subquery()
    half, most = (chosen.c.many + 1) // 2, (chosen.c.many * 95 + 99) // 100
    return select(chosen).where(chosen.c.place.in_([half, most]))


_LATEST_SAID = {
    "sqlite": text(str(LATEST // timedelta(microseconds=1))),
    "postgresql": text(f"interval '{LATEST.days} days'"),
}
_LAGS = {name: _ranked(latest, of_one=False) for name, latest in _LATEST_SAID.items()}
_LAGS_OF_ONE = {name: _ranked(latest, of_one=True) for name, latest in _LATEST_SAID.items()}
_GAPS = (
    select(visits.c.source, func.count().label("many"))
    .where(
        # One is spoken of each day, so where none was, there is nothing to count.
        visits.c.source.in_(select(sources.c.id).where(sources.c.gap_at >= bindparam("spoken"))),
        visits.c.gap,
        visits.c.at >= bindparam("since"),
        visits.c.at <= bindparam("until"),
    )
    .group_by(visits.c.source)
)
_LATEST_OF = (
    select(visits.c.id)
    .where(visits.c.source == sources.c.id)
    .order_by(visits.c.at.desc(), visits.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_LAST_OF_EACH = select(visits).where(
    visits.c.id.in_(select(_LATEST_OF).select_from(sources).where(sources.c.removed_at.is_(None)))
)


def _count_of(outcome: str) -> Any:  # noqa: ANN401 - a column
    return func.sum(case((visits.c.outcome == outcome, 1), else_=0)).label(outcome)


_DOINGS = select(
    func.count().label("visits"),
    *(_count_of(outcome) for outcome in ("told", "unchanged", "failed")),
    func.sum(visits.c.new).label("new"),
    func.sum(case((visits.c.gap, 1), else_=0)).label("gaps"),
    func.sum(visits.c.size).label("size"),
    func.avg(case((visits.c.status.is_not(None), visits.c.ms))).label("ms"),
).where(visits.c.source == bindparam("of_source"), visits.c.at >= bindparam("since"))
_LAST = (
    select(visits)
    .where(visits.c.source == bindparam("of_source"))
    .order_by(visits.c.at.desc(), visits.c.id.desc())
    .limit(bindparam("limit"))
)
_WAITING = select(func.count()).where(
    entries.c.source == bindparam("of_source"), entries.c.due_at.is_not(None)
)
_RESTS = (
    select(sources.c.id, cooldowns.c.until, cooldowns.c.why)
    .join(cooldowns, cooldowns.c.key == sources.c.limit_key)
    .where(sources.c.removed_at.is_(None), cooldowns.c.until > bindparam("now"))
)
