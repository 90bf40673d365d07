"""Hosts: at most one page at a time from each limit key (news/limit.py), and none while it rests.

What rests is a host, by http and https. A platform rests by the row of its own name: the hour that
one of its hosts wants is not that of all the others.

`ready_at` is when a host can give its next page: its earliest waiting entry, its rest and its
claim taken together, so that a claim looks at hosts with work that is due and at nothing else. What
goes on at other hosts of its key is looked at by the claim itself: they may be thousands.

Whoever changes entries of a host locks the host's row first. On PostgreSQL a statement sees what
was committed before it began, so without that lock two transactions could each miss the other's
entry and leave the host asleep.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
    union_all,
    update,
)

from archive.columns import UtcDateTime
from archive.dialects import unless_there
from archive.prepared import Prepared
from archive.schema import entries, hosts
from news.limit import limit_key


def numbers_of(conn: Connection, names: Collection[str]) -> dict[str, int]:
    """Return the number of each host (scheme, name and port), made now where it is new."""
    if not names:
        return {}
    known = _numbers(conn, names)
    missing = [
        {"name": name, "limit_key": limit_key(name) or name}
        for name in sorted(names)
        if name not in known
    ]
    if missing:
        conn.execute(_INSERT[conn.dialect.name], missing)
        known = _numbers(conn, names)
    return known


def lock(conn: Connection, hosts_of_entries: Collection[int]) -> None:
    """Keep other transactions from changing the entries of these hosts until this one ends."""
    if hosts_of_entries and conn.dialect.name == "postgresql":
        conn.execute(_LOCK, {"many": list(hosts_of_entries)})


def settle(conn: Connection, changed: Collection[int]) -> None:
    """Work out anew when hosts can give their next page, after their entries changed."""
    if changed:
        conn.execute(_SETTLE, {"many": list(changed)})


def claim_ready(conn: Connection, *, now: datetime, limit: int) -> list[int]:
    """Return hosts that can give a page at `now`, the longest ready first, locked for us.

    Sources whose pages take half of all places already come last, so that one which tells of many
    hosts that hang does not keep the pages of the others waiting.
    """
    values: dict[str, Any] = {"now": now, "limit": limit}
    if not _READY_AT_ALL.rows(conn, {**values, "limit": 1}):
        return []
    if conn.dialect.name == "postgresql":  # two who claim at once must see each other's keys
        conn.execute(CLAIMING)
    chosen: dict[str, int] = {}
    if greedy := _greedy(conn, now, free=limit):
        _choose(conn, chosen, _READY_OF_OTHERS, {**values, "greedy": greedy})
    _choose(conn, chosen, _READY, values)
    return list(chosen.values())


def take(conn: Connection, claimed: Collection[int], *, until: datetime) -> None:
    """Let no other page of these hosts be claimed before `until`, or before they are freed."""
    if claimed:
        conn.execute(_TAKE, {"many": list(claimed), "until": until})


def free(conn: Connection, host: int, *, claim: datetime) -> None:
    """End the claim that lasts until `claim`, if it is still that one; entries may have changed."""
    _FREE.run(conn, {"host": host, "until": claim})


def rest(conn: Connection, name: str, *, until: datetime) -> None:
    """Ask a host for no page before `until`; a longer rest stays."""
    number = numbers_of(conn, [name])[name]
    conn.execute(_REST, {"host": number, "until": until})
    settle(conn, [number])


def _choose(
    conn: Connection, chosen: dict[str, int], ready: Select[Any], values: dict[str, Any]
) -> None:
    """Add hosts that are `ready` to those `chosen`, one a key, until there is no room or no key."""
    limit, known = values["limit"], -1
    while known < len(chosen) < limit:
        known = len(chosen)
        for host, key in conn.execute(ready, {**values, "taken": list(chosen)}):
            if len(chosen) < limit:
                chosen.setdefault(key, host)


def rests_until(conn: Connection, name: str, *, now: datetime) -> datetime | None:
    """Return until when a host rests or its key gives a page, None if they do neither at `now`."""
    key = limit_key(name) or name
    row = _RESTS_UNTIL.row(conn, {"of_name": name, "of_key": key, "now": now})
    until = [moment for moment in (row or {}).values() if moment is not None and moment > now]
    return max(until, default=None)


def _greedy(conn: Connection, now: datetime, *, free: int) -> list[int]:
    taken = {row["source"]: row["pages"] for row in _UNDER_WAY.rows(conn, {"now": now})}
    places = free + sum(taken.values())
    return [source for source, pages in taken.items() if 2 * pages >= places]


def _numbers(conn: Connection, names: Collection[str]) -> dict[str, int]:
    rows = conn.execute(_BY_NAME, {"many": list(names)})
    return {name: number for name, number in rows}  # noqa: C416 - rows are no pairs to mypy


def _later(
    one: ColumnElement[datetime | None], other: ColumnElement[datetime | None]
) -> ColumnElement[datetime | None]:
    """Return the later of two moments; none if `one` is none (greatest() differs by engine)."""
    return case((other > one, other), else_=one)


def _ready_at(claimed: ColumnElement[datetime | None]) -> ColumnElement[datetime | None]:
    earliest = (
        select(func.min(entries.c.due_at))
        .where(entries.c.host == hosts.c.id, entries.c.due_at.is_not(None))
        .scalar_subquery()
    )
    return _later(_later(earliest, hosts.c.next_allowed_at), claimed)


_MANY: Any = bindparam("many", expanding=True)
_NOW = bindparam("now", type_=UtcDateTime)
_UNTIL = bindparam("until", type_=UtcDateTime)
_INSERT = unless_there(hosts)
_BY_NAME = select(hosts.c.name, hosts.c.id).where(hosts.c.name.in_(_MANY))
_LOCK = select(hosts.c.id).where(hosts.c.id.in_(_MANY)).order_by(hosts.c.id).with_for_update()


def _is_its_key(host: Any) -> ColumnElement[bool]:  # noqa: ANN401 - the table, or an alias of it
    """Tell whether a host is what its limit key names: none of many that stand on a platform."""
    name, key = host.c.name, host.c.limit_key
    return or_(
        name == "https://" + key + ":443",
        name == "http://" + key + ":80",
        name == "https://" + key,  # the port is in the key
        name == "http://" + key,
    )


_RESTS_WITH_ITS_KEY = or_(hosts.c.name == bindparam("of_name"), _is_its_key(hosts))
_RESTS_UNTIL = Prepared(
    select(
        func.max(case((_RESTS_WITH_ITS_KEY, hosts.c.next_allowed_at))).label("rests"),
        func.max(hosts.c.claimed_until).label("gives"),
    ).where(
        hosts.c.limit_key == bindparam("of_key"),
        or_(hosts.c.next_allowed_at > _NOW, hosts.c.claimed_until > _NOW),
    )
)
_SETTLE = (
    update(hosts).where(hosts.c.id.in_(_MANY)).values(ready_at=_ready_at(hosts.c.claimed_until))
)
_BUSY, _RESTING = hosts.alias("busy"), hosts.alias("resting")
KEYS_IN_USE = union_all(
    select(_BUSY.c.limit_key).where(_BUSY.c.claimed_until > _NOW),
    select(_RESTING.c.limit_key).where(_RESTING.c.next_allowed_at > _NOW, _is_its_key(_RESTING)),
)
_CHOOSABLE = (
    select(hosts.c.id, hosts.c.limit_key)
    .where(hosts.c.ready_at <= _NOW, hosts.c.limit_key.not_in(KEYS_IN_USE))
    .order_by(hosts.c.ready_at)
    .limit(bindparam("limit"))
)
_READY_AT_ALL = Prepared(_CHOOSABLE)
_READY = _CHOOSABLE.where(hosts.c.limit_key.not_in(bindparam("taken", expanding=True)))
_READY = _READY.with_for_update(of=hosts, skip_locked=True)
CLAIMING = text("SELECT pg_advisory_xact_lock(6820006)")
_UNDER_WAY = Prepared(
    select(entries.c.source, func.count().label("pages"))
    .where(
        hosts.c.claimed_until > bindparam("now"),
        entries.c.host == hosts.c.id,
        entries.c.due_at == hosts.c.claimed_until,
    )
    .group_by(entries.c.source)
)
_SOURCE = (
    select(entries.c.source)
    .where(entries.c.host == hosts.c.id, entries.c.due_at <= bindparam("now"))
    .order_by(entries.c.due_at, entries.c.id)
    .limit(1)
    .scalar_subquery()
)
_READY_OF_OTHERS = _READY.where(_SOURCE.not_in(bindparam("greedy", expanding=True)))
_TAKE = update(hosts).where(hosts.c.id.in_(_MANY)).values(claimed_until=_UNTIL)
_STILL_CLAIMED = case((hosts.c.claimed_until == _UNTIL, None), else_=hosts.c.claimed_until)
_FREE = Prepared(
    update(hosts)
    .where(hosts.c.id == bindparam("host"))
    .values(claimed_until=_STILL_CLAIMED, ready_at=_ready_at(_STILL_CLAIMED))
)
_REST = (
    update(hosts)
    .where(hosts.c.id == bindparam("host"))
    .values(
        next_allowed_at=case(
            (hosts.c.next_allowed_at > _UNTIL, hosts.c.next_allowed_at), else_=_UNTIL
        )
    )
)
