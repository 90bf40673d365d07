"""Looking again at pages that were read: behind new ones, and never more than their hosts can give.

A look at a page waits as a row of `revisits`. It is claimed only of a host that has no new page to
give, does not rest, and gave none for so long that four new pages could have been read since: one
slot in five; what a watch holds for comes first. Its entry is claimed like one that is read for the
first time, under the state "revisiting"; where the claim runs out, it is looked at once more.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from archive import entries as kept_entries
from archive import hosts, looks, page_marks
from archive.columns import UtcDateTime
from archive.dialects import chosen_once, unless_there
from archive.entry_rows import REVISITING
from archive.prepared import Prepared
from archive.schema import entries, sources
from archive.schema import hosts as host_rows
from archive.schema_revisits import revisit_hosts, revisits
from news.entry import DueEntry
from news.page import PageMarks

NEW_PAGES = 4
"""So many new pages of a host pay for one look at a page that no watch holds for."""

LATEST = timedelta(hours=30)
"""What was not looked at so long after it was first seen is not looked at any more."""

_MOST_UNSPENT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """That the page of `article`, which the claimed entry told, is looked at again at `at`.

    One that is not `watched` is looked at only where new pages of its host pay for it.
    """

    due: DueEntry
    article: int
    at: datetime
    watched: bool


def claim_due(conn: Connection, *, now: datetime, lease: timedelta, limit: int) -> list[DueEntry]:
    """Claim at most `limit` looks that are due, one a limit key, of hosts with nothing new."""
    if limit <= 0 or not _READY.rows(conn, {"now": now, "limit": 1}):
        return []
    if conn.dialect.name == "postgresql":  # two who claim at once must see each other's keys
        conn.execute(hosts.CLAIMING)
    chosen: dict[str, int] = {}
    for host, key in conn.execute(_READY_LOCKED, {"now": now, "limit": limit}):
        chosen.setdefault(key, host)
    many = list(chosen.values())
    if not many:
        return []
    conn.execute(_LET_GO, {"many": many, "now": now, "last": now - LATEST})
    values = {"now": now, "until": now + lease, "many": many}
    rows = [dict(row) for row in conn.execute(_CLAIM, values).mappings()]
    if rows:
        conn.execute(_TAKEN, {"many": [row["id"] for row in rows]})
        hosts.take(conn, {row["host"] for row in rows}, until=now + lease)
        hosts.settle(conn, many)
    settle(conn, many)
    return kept_entries.due_entries(conn, rows)


def wish(conn: Connection, wanted: Wish) -> bool:
    """Note that a page is to be looked at again, unless one of its article is already."""
    host = _HOST.row(conn, {"of_entry": wanted.due.id})
    if host is None:
        return False
    many = {"of_host": host["id"], "many": NEW_PAGES}
    if not wanted.watched and _PAY.run(conn, many) == 0:
        return False
    wish = {"entry": wanted.due.id, "article": wanted.article, "due_at": wanted.at}
    if _WISH.run(conn, {**wish, "host": host["id"]}) == 0:
        return False
    if wanted.watched:
        _ENSURE.run(conn, {"host": host["id"], "limit_key": host["limit_key"], "unspent": 0})
        _PAY_WHAT_THERE_IS.run(conn, many)
    settle(conn, [host["id"]])
    return True


def came(conn: Connection, due: DueEntry, article: int, marks: PageMarks | None) -> None:
    """Note that the page of `due` was read, as `article`, and what it said of itself."""
    if marks is not None:
        page_marks.keep(conn, article, marks)
    if not due.revisit and (host := _HOST.row(conn, {"of_entry": due.id})) is not None:
        _EARN.run(conn, {"host": host["id"], "limit_key": host["limit_key"], "unspent": 1})


def looked(conn: Connection, due: DueEntry, *, until: datetime) -> None:
    """Leave the slots of its host until `until` to new pages, after a look was taken."""
    host = _HOST.row(conn, {"of_entry": due.id})
    if host is not None:
        _ENSURE.run(conn, {"host": host["id"], "limit_key": host["limit_key"], "unspent": 0})
        _SPACE.run(conn, {"of_host": host["id"], "until": until})


def waiting(conn: Connection) -> int:
    """Count the pages that are to be looked at again."""
    return conn.execute(select(func.count()).select_from(revisits)).scalar_one()


def settle(conn: Connection, changed: Collection[int]) -> None:
    """Work out anew when hosts have their next look to give."""
    if changed:
        conn.execute(_SETTLE, {"many": list(changed)})


def release(conn: Connection) -> int:
    """Have the looks that a killed process had claimed taken once more; return how many."""
    rows = [dict(row) for row in conn.execute(_UNDER_WAY).mappings()]
    for row in rows:
        _WISH.run(conn, row)
    settle(conn, {row["host"] for row in rows})
    return conn.execute(_RELEASE).rowcount


_NOW = bindparam("now", type_=UtcDateTime)
_MANY: Any = bindparam("many", expanding=True)
_SPACED = select(revisit_hosts.c.limit_key).where(revisit_hosts.c.not_before > _NOW)
_CHOOSABLE = (
    select(host_rows.c.id, host_rows.c.limit_key)
    .select_from(revisit_hosts.join(host_rows))
    .where(
        revisit_hosts.c.due_at <= _NOW,
        or_(host_rows.c.ready_at.is_(None), host_rows.c.ready_at > _NOW),
        or_(host_rows.c.next_allowed_at.is_(None), host_rows.c.next_allowed_at <= _NOW),
        host_rows.c.limit_key.not_in(hosts.KEYS_IN_USE),
        host_rows.c.limit_key.not_in(_SPACED),
    )
    .order_by(revisit_hosts.c.due_at)
    .limit(bindparam("limit"))
)
_READY = Prepared(_CHOOSABLE)
_READY_LOCKED = _CHOOSABLE.with_for_update(of=host_rows, skip_locked=True)
_UNWANTED = select(sources.c.id).where(
    or_(sources.c.removed_at.is_not(None), sources.c.paused_reason.is_not(None))
)
_LET_GO = delete(revisits).where(
    revisits.c.host.in_(_MANY),
    revisits.c.due_at <= _NOW,
    revisits.c.entry.in_(
        select(entries.c.id).where(
            entries.c.id == revisits.c.entry,
            or_(
                entries.c.noted_at <= bindparam("last", type_=UtcDateTime),
                entries.c.source.in_(_UNWANTED),
            ),
        )
    ),
)
_told = entries.alias("told")
_EARLIEST = (
    select(revisits.c.entry)
    .select_from(revisits.join(_told, _told.c.id == revisits.c.entry))
    .where(
        revisits.c.host == revisit_hosts.c.host, revisits.c.due_at <= _NOW, _told.c.state == "done"
    )
    .order_by(looks.WATCHED.desc(), revisits.c.due_at, revisits.c.entry)
    .limit(1)
    .correlate(revisit_hosts)
    .scalar_subquery()
)
_CLAIM = (
    update(entries)
    .where(
        entries.c.id.in_(chosen_once(select(_EARLIEST).where(revisit_hosts.c.host.in_(_MANY)))),
        entries.c.state == "done",
    )
    .values(
        state=REVISITING,
        due_at=bindparam("until"),
        claim_no=entries.c.claim_no + 1,
        attempts=1,
        revisits=entries.c.revisits + 1,
        looked_at=_NOW,
    )
    .returning(*entries.c)
)
_TAKEN = delete(revisits).where(revisits.c.entry.in_(_MANY))
_SETTLE = (
    update(revisit_hosts)
    .where(revisit_hosts.c.host.in_(_MANY))
    .values(
        due_at=select(func.min(revisits.c.due_at))
        .where(revisits.c.host == revisit_hosts.c.host)
        .scalar_subquery()
    )
)
_HOST = Prepared(
    select(host_rows.c.id, host_rows.c.limit_key)
    .select_from(entries.join(host_rows))
    .where(entries.c.id == bindparam("of_entry"))
)
_WISH = Prepared(unless_there(revisits))
_ENSURE = Prepared(unless_there(revisit_hosts))
_ONE_MORE = case(
    (revisit_hosts.c.unspent < _MOST_UNSPENT, revisit_hosts.c.unspent + 1),
    else_=revisit_hosts.c.unspent,
)
_EARN = Prepared(
    {
        name: speaks.insert(revisit_hosts).on_conflict_do_update(
            index_elements=["host"], set_={"unspent": _ONE_MORE}
        )
        for name, speaks in (("sqlite", sqlite), ("postgresql", postgresql))
    }
)
_OF_HOST = revisit_hosts.c.host == bindparam("of_host")
_LESS = revisit_hosts.c.unspent - bindparam("many")
_ENOUGH = revisit_hosts.c.unspent >= bindparam("many")
_PAY = Prepared(update(revisit_hosts).where(_OF_HOST, _ENOUGH).values(unspent=_LESS))
_PAY_WHAT_THERE_IS = Prepared(
    update(revisit_hosts).where(_OF_HOST).values(unspent=case((_ENOUGH, _LESS), else_=0))
)
_SPACE = Prepared(update(revisit_hosts).where(_OF_HOST).values(not_before=bindparam("until")))
_UNDER_WAY = select(
    entries.c.id.label("entry"),
    entries.c.article,
    entries.c.host,
    entries.c.noted_at.label("due_at"),
).where(entries.c.state == REVISITING)
_RELEASE = (
    update(entries)
    .where(entries.c.state == REVISITING)
    .values(
        state=case((entries.c.changed_at.is_not(None), "noted"), else_="done"),
        due_at=entries.c.changed_at,
        changed_at=None,
        claim_no=entries.c.claim_no + 1,
    )
)
