"""Entries that a person had crawled: noted and claimed at once, for their pages are read already.

A `run` beside it never sees them waiting, and what it claimed itself is left to it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from archive import entries, entry_rows, hosts, identity
from archive.entry_rows import READING
from archive.identity import Sorted
from archive.schema import entries as rows
from news.entry import DueEntry, Entry
from news.source import DueSource


def take(
    conn: Connection, source: DueSource, entry: Entry, *, now: datetime, lease: timedelta
) -> DueEntry | None:
    """Note `entry` if it is unknown, and claim it; None while somebody else reads it.

    A known one stays as its source tells it, and is only read once more.
    """
    found = identity.sort(conn, source.id, [entry])
    if found.unknown:
        entry_rows.write(conn, source, replace(found, changed=()), at=now)
    number = conn.execute(select(rows.c.id).where(_is(found, source)).with_for_update()).scalar()
    claimed = conn.execute(
        update(rows)
        .where(rows.c.id == number, or_(rows.c.state != READING, rows.c.due_at <= now))
        .values(
            state=READING,
            due_at=now + lease,
            claim_no=rows.c.claim_no + 1,
            attempts=1,
        )
        .returning(*rows.c)
    ).mappings()
    taken = [dict(row) for row in claimed]
    hosts.settle(conn, {row["host"] for row in taken if row["host"] is not None})
    due = entries.due_entries(conn, taken)
    return due[0] if due else None


def knows_from_before(conn: Connection, source: int, moment: datetime) -> bool:
    """Tell whether anything that `source` told was noted before `moment`."""
    known = select(rows.c.id).where(rows.c.source == source, rows.c.noted_at < moment).limit(1)
    return conn.execute(known).first() is not None


def _is(found: Sorted, source: DueSource) -> ColumnElement[bool]:
    """Hold for the row of the one entry that was sorted, whatever address it was known under."""
    if found.unknown:
        (listed,) = found.unknown
        return and_(rows.c.source == source.id, rows.c.key_hash == listed.key)
    return rows.c.id.in_([*found.same, *(kept.id for kept, _ in found.changed)])
