"""Entries: transaction 1 notes them, then each is claimed, read, and finished.

The rows of a source, its hosts and its entries are locked in this order everywhere, so that no two
transactions wait for each other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from archive import entry_rows, gaps, hosts, identity, visits
from archive.dialects import chosen_once
from archive.entry_rows import CLAIMED, NOTED, READING, REVISITING
from archive.prepared import Prepared, Values
from archive.schema import articles, entries, sources
from archive.schema import hosts as host_rows
from news.cadence import NextVisit
from news.entry import DueEntry
from news.gap import Gap
from news.source import DueSource
from news.visit import Outcome, Told, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedEntries:
    """What a visit brought, in numbers; known and unchanged ones are not touched.

    `gap` is there if nothing that was known stood in the document any more.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    gap: Gap | None = None

    @property
    def seen_before(self) -> int:
        """Count those that were known, changed or not."""
        return self.known + self.changed


Plan: TypeAlias = Callable[[NotedEntries], NextVisit]
"""Decides when a source is visited next, by what became of the entries it told."""


def note(conn: Connection, source: DueSource, visit: Visit, *, plan: Plan) -> NotedEntries | None:
    """Note what `visit` found, and settle the source: transaction 1.

    `plan` is asked before and, if entries were unknown, after they were noted. None if the source
    was claimed anew, changed, paused or removed meanwhile: nothing is written.
    """
    if not visits.settle(conn, source, visit, plan=plan(NotedEntries())):
        return None
    anew = isinstance(visit.outcome, Told) and visit.outcome.anew
    teller = replace(source, first_visit=source.first_visit or anew)
    noted = _noted(conn, teller, visit.outcome, at=visit.at)
    noted = replace(noted, gap=gaps.before(conn, source, visit, noted.new, noted.seen_before))
    if noted.new and not anew:  # what was only found another way says nothing of its rhythm
        visits.replan(conn, source, plan(noted), at=visit.at, gap=noted.gap)
    visits.write(conn, source, visit, new=noted.new, gap=noted.gap is not None)
    return noted


def claim_due(conn: Connection, *, now: datetime, lease: timedelta, limit: int) -> list[DueEntry]:
    """Claim at most `limit` noted entries, the longest due first, at most one per free host.

    A claim ends with its lease: then the entry is due again and its host free.
    """
    until = now + lease
    ready = hosts.claim_ready(conn, now=now, limit=limit)
    rows: list[Values] = []
    if ready:
        claimed = conn.execute(_CLAIM, {"now": now, "until": until, "ready": ready})
        rows += [dict(row) for row in claimed.mappings()]
        hosts.take(conn, {row["host"] for row in rows}, until=until)
        hosts.settle(conn, ready)
        order = {host: place for place, host in enumerate(ready)}
        rows.sort(key=lambda row: order[row["host"]])
    if len(rows) < limit:
        values = {"now": now, "until": until, "limit": limit - len(rows)}
        rows += _CLAIM_HOSTLESS.rows(conn, values)
    return due_entries(conn, rows)


def due_entries(conn: Connection, rows: Sequence[Values]) -> list[DueEntry]:
    """Return claimed rows as entries, each with what its source says."""
    if not rows:
        return []
    told_by = conn.execute(_SOURCES, {"many": list({row["source"] for row in rows})}).mappings()
    by_id = {row["id"]: dict(row) for row in told_by}
    return [entry_rows.due_entry(row, by_id[row["source"]]) for row in rows]


def postpone(conn: Connection, entry: DueEntry, *, due_at: datetime, reason: str) -> bool:
    """Let `entry` be read again at `due_at`; False if the claim is no longer ours."""
    return _settle(conn, entry, _POSTPONE, {"until": due_at, "why": reason})


def rest_host(conn: Connection, host: str, *, until: datetime) -> None:
    """Ask `host` (scheme, name and port) for no page before `until`."""
    hosts.rest(conn, host, until=until)


def finish(
    conn: Connection, entry: DueEntry, *, article: int, again_at: datetime | None = None
) -> bool:
    """Mark `entry` done as `article`, or as due once more at `again_at`, its page being unread.

    False if the claim is no longer ours: then write nothing.
    """
    if again_at is None:
        return _settle(conn, entry, _FINISH, {"as_article": article})
    return _settle(conn, entry, _FINISH_FOR_NOW, {"as_article": article, "until": again_at})


def give_up(conn: Connection, entry: DueEntry, reason: str) -> bool:
    """Mark `entry` given up, and say why; False if the claim is no longer ours."""
    return _settle(conn, entry, _GIVE_UP, {"why": reason})


def _noted(conn: Connection, source: DueSource, told: Outcome, *, at: datetime) -> NotedEntries:
    if not isinstance(told, Told) or not told.entries:
        return NotedEntries()
    found = identity.sort(conn, source.id, told.entries)
    if found.unknown or found.changed:
        opened = dict.fromkeys(told.opened, told.opened_since or at)
        entry_rows.write(conn, source, found, at=at, opened=opened)
    return NotedEntries(new=len(found.unknown), changed=len(found.changed), known=found.unchanged)


def _settle(conn: Connection, entry: DueEntry, change: Prepared, values: dict[str, Any]) -> bool:
    fence = {"of_entry": entry.id, "of_claim": entry.claim_no}
    ours = _OURS.row(conn, fence)
    if ours is None:
        return False
    if ours["host"] is not None:
        hosts.lock(conn, [ours["host"]])
    if change.run(conn, {**fence, **values}) == 0:
        return False
    if ours["host"] is not None:
        hosts.free(conn, ours["host"], claim=ours["due_at"])
    return True


def _claimed_by() -> tuple[ColumnElement[bool], ...]:
    """Hold for an entry whose claim is still that of `of_claim`, even if its lease has run out."""
    return (
        entries.c.id == bindparam("of_entry"),
        entries.c.claim_no == bindparam("of_claim"),
        CLAIMED,
    )


def _claim(due: Select[Any]) -> ReturningUpdate[Any]:
    return (
        update(entries)
        .where(entries.c.id.in_(chosen_once(due)), entries.c.due_at <= bindparam("now"))
        .values(
            state=case((_AGAIN, REVISITING), else_=READING),
            due_at=bindparam("until"),
            claim_no=entries.c.claim_no + 1,
            attempts=entries.c.attempts + 1,
        )
        .returning(*entries.c)
    )


def _over(state: str) -> dict[str, Any]:
    """Return what ends an entry, unless it was told anew meanwhile: then it is due once more."""
    anew = entries.c.changed_at.is_not(None)
    return {
        "state": case((anew, NOTED), else_=state),
        "due_at": entries.c.changed_at,
        "content": case((anew, entries.c.content), else_=None),
        "changed_at": None,
    }


_AGAIN = entries.c.state == REVISITING
_OURS = Prepared(select(entries.c.host, entries.c.due_at).where(*_claimed_by()))
_POSTPONE = Prepared(
    update(entries)
    .where(*_claimed_by())
    .values(state=NOTED, due_at=bindparam("until"), reason=bindparam("why"), changed_at=None)
)
# A feed may carry the whole text of what its publisher forbids to keep.
_RESERVED = select(articles.c.noarchive).where(articles.c.id == bindparam("as_article"))
_IS_TO_BE_KEPT = entries.c.changed_at.is_not(None) | ~_RESERVED.scalar_subquery()
_FINISH = Prepared(
    update(entries)
    .where(*_claimed_by())
    .values(
        article=bindparam("as_article"),
        reason=None,
        **_over("done"),
        summary=case((_IS_TO_BE_KEPT, entries.c.summary), else_=""),
    )
)
_FINISH_FOR_NOW = Prepared(
    update(entries)
    .where(*_claimed_by())
    .values(
        article=bindparam("as_article"),
        state=NOTED,
        due_at=func.coalesce(entries.c.changed_at, bindparam("until", type_=entries.c.due_at.type)),
        changed_at=None,
    )
)
_GIVE_UP = Prepared(
    update(entries).where(*_claimed_by()).values(reason=bindparam("why"), **_over("given_up"))
)
_DUE_OF_HOST = (
    select(entries.c.id)
    .where(entries.c.host == host_rows.c.id, entries.c.due_at <= bindparam("now"))
    .order_by(entries.c.due_at, entries.c.id)
    .limit(1)
    .scalar_subquery()
)
_CLAIM = _claim(select(_DUE_OF_HOST).where(host_rows.c.id.in_(bindparam("ready", expanding=True))))
_CLAIM_HOSTLESS = Prepared(
    _claim(
        select(entries.c.id)
        .where(entries.c.host.is_(None), entries.c.due_at <= bindparam("now"))
        .order_by(entries.c.due_at, entries.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True)
    )
)
_SOURCES = select(
    sources.c.id,
    sources.c.name,
    sources.c.url,
    sources.c.added_at,
    sources.c.looked_since,
    sources.c.tags,
    sources.c.spider,
).where(sources.c.id.in_(bindparam("many", expanding=True)))
