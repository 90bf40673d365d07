"""Claims on sources that are due: one for each limit key (news/limit.py) at a time.

Else the many sources of one host that hangs would take every place, and wait there for each other.
A platform has a few: it is asked one at a time all the same (crawler/turns.py), and a source of it
that leads to another server, which hangs, does not keep the others waiting.

Where nothing is due, one look at an index is all. What is due of a key that cools down is put off
until its end here, and nowhere else: a cooldown then costs the same for one source and for
thousands, and one that was just added or changed keeps it, too.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)

from archive.prepared import Prepared, Row
from archive.schema import sources
from archive.schema_limits import cooldowns
from news.limit import PLATFORMS

_LOCK = text("SELECT pg_advisory_xact_lock(6820005)")


def claimed(conn: Connection, *, now: datetime, until: datetime, limit: int) -> list[Row]:
    """Claim at most `limit` sources that are due at `now`, the longest due first, as rows."""
    free = {"now": now, "limit": limit}
    if not _FREE.rows(conn, {**free, "limit": 1}):
        return []
    if conn.dialect.name == "postgresql":  # two who claim at once must see each other's keys
        conn.execute(_LOCK)
    found = _LOCKED.rows(conn, free)
    taken: list[Row] = []
    while found and len(taken) < limit:
        for one in _first_of_each(found):
            if len(taken) == limit:
                break
            if one["cools_until"] is None:
                taken += _CLAIM.rows(conn, {"number": one["id"], "now": now, "until": until})
            else:
                values = {"key": one["limit_key"], "now": now, "later": one["cools_until"]}
                _PUT_OFF.run(conn, values)
        found = _LOCKED.rows(conn, free)  # of the keys that were not among them
    return taken


def _first_of_each(found: list[Row]) -> Iterator[Row]:
    seen: set[str] = set()
    for one in found:
        key = one["limit_key"]
        if key not in seen:
            seen.add(key)
            yield one


_NOW = bindparam("now", type_=sources.c.next_visit_at.type)
_IS_DUE = (
    sources.c.next_visit_at <= _NOW,
    or_(sources.c.claimed_until.is_(None), sources.c.claimed_until <= _NOW),
)
_UNDER_WAY = sources.alias("under_way")
_PLATFORMS: list[ColumnElement[str]] = [literal_column(f"'{name}'") for name in sorted(PLATFORMS)]
_PLACES = case((_UNDER_WAY.c.limit_key.in_(_PLATFORMS), text("3")), else_=text("1"))
_COOLS_UNTIL = (
    select(cooldowns.c.until)
    .where(cooldowns.c.key == sources.c.limit_key, cooldowns.c.until > _NOW)
    .scalar_subquery()
)
_CHOSEN = (
    select(sources.c.id, sources.c.limit_key, _COOLS_UNTIL.label("cools_until"))
    .where(*_IS_DUE)
    .where(
        sources.c.limit_key.not_in(
            select(_UNDER_WAY.c.limit_key)
            .where(_UNDER_WAY.c.claimed_until > _NOW)
            .group_by(_UNDER_WAY.c.limit_key)
            .having(func.count() >= _PLACES)
        )
    )
    .order_by(sources.c.next_visit_at)
    .limit(bindparam("limit"))
)
_FREE = Prepared(_CHOSEN)
_LOCKED = Prepared(_CHOSEN.with_for_update(of=sources, skip_locked=True))
_CLAIM = Prepared(
    update(sources)
    .where(sources.c.id == bindparam("number"), *_IS_DUE)
    .values(claimed_until=bindparam("until"), claim_no=sources.c.claim_no + 1)
    .returning(*sources.c)
)
_PUT_OFF = Prepared(
    update(sources)
    .where(sources.c.limit_key == bindparam("key"), sources.c.next_visit_at <= _NOW)
    .values(next_visit_at=bindparam("later"))
)
