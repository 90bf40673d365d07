"""What comes sooner than it was put off to: its reason to wait is gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, bindparam, or_, select, update

from archive import hosts
from archive.schema import entries, sources
from archive.schema import hosts as host_rows
from archive.schema_limits import cooldowns
from archive.schema_telling import deliveries
from news.source import SourceSettings

LONGEST = timedelta(hours=27)
"""No page, no delivery, no claim and no host waits for longer: a day, and a tenth of jitter."""


def after_outage(conn: Connection, *, since: datetime, now: datetime) -> int:
    """Let sources that fail since `since`, and not from before, be visited now; tell how many."""
    missed = update(sources).where(
        sources.c.failing_since >= since,
        sources.c.next_visit_at > now,
        sources.c.claimed_until.is_(None),
    )
    return conn.execute(missed.values(next_visit_at=now)).rowcount


@dataclass(frozen=True, slots=True, kw_only=True)
class FarVisit:
    """A source that is left alone for long, and until when."""

    id: int
    settings: SourceSettings
    at: datetime


def far_visits(conn: Connection, *, beyond: datetime) -> list[FarVisit]:
    """Return the sources whose next visit is later than `beyond`."""
    far = select(sources).where(sources.c.next_visit_at > beyond)
    return [
        FarVisit(
            id=row["id"],
            settings=SourceSettings(
                name=row["name"],
                kind=row["kind"],
                url=row["url"],
                every=row["every"],
                cron=row["cron"],
                timezone=row["timezone"],
            ),
            at=row["next_visit_at"],
        )
        for row in conn.execute(far).mappings()
    ]


def visit(conn: Connection, far: FarVisit, *, at: datetime) -> None:
    """Let a source be visited at `at` instead, unless it was put off anew meanwhile."""
    moved = update(sources).where(sources.c.id == far.id, sources.c.next_visit_at == far.at)
    conn.execute(moved.values(next_visit_at=at))


def after_clock(conn: Connection, *, now: datetime) -> int:
    """Let what waits for longer than anything may wait be due now; tell how much there was.

    The clock stood ahead when it was put off, or when it was claimed.
    """
    beyond = {"now": now, "beyond": now + LONGEST}
    found = sum(conn.execute(statement, beyond).rowcount for statement in _WAIT_TOO_LONG)
    waiting = list(conn.execute(_HOSTS, beyond).scalars())
    hosts.settle(conn, waiting)
    return found


def any_far(conn: Connection, *, now: datetime) -> bool:
    """Tell whether `after_clock` would find something; it is asked every minute, and reads only."""
    beyond = {"beyond": now + LONGEST}
    return any(conn.execute(look, beyond).first() is not None for look in _LOOKS)


def _far(column: Column[Any]) -> ColumnElement[bool]:
    return column > bindparam("beyond", type_=column.type)


_HELD = (host_rows.c.claimed_until, host_rows.c.next_allowed_at, host_rows.c.ready_at)
_LOOKS = (
    select(sources.c.id).where(_far(sources.c.claimed_until)).limit(1),
    select(entries.c.id).where(_far(entries.c.due_at)).limit(1),
    select(deliveries.c.id).where(_far(deliveries.c.due_at)).limit(1),
    select(cooldowns.c.key).where(_far(cooldowns.c.until)).limit(1),
    select(host_rows.c.id).where(or_(*map(_far, _HELD))).limit(1),
)
_NOW: Any = bindparam("now", type_=entries.c.due_at.type)
_WAIT_TOO_LONG = (
    update(sources)
    .where(_far(sources.c.claimed_until))
    .values(claimed_until=None, claim_no=sources.c.claim_no + 1),
    update(entries).where(_far(entries.c.due_at)).values(due_at=_NOW),
    update(deliveries).where(_far(deliveries.c.due_at)).values(due_at=_NOW),
    update(cooldowns).where(_far(cooldowns.c.until)).values(until=None),
    update(host_rows).where(_far(host_rows.c.claimed_until)).values(claimed_until=None),
    update(host_rows).where(_far(host_rows.c.next_allowed_at)).values(next_allowed_at=None),
)
_HOSTS = select(host_rows.c.id).where(_far(host_rows.c.ready_at))
