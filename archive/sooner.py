"""What comes sooner than it was put off to: its reason to wait is gone."""

from datetime import datetime

from sqlalchemy import Connection, update

from archive.schema import sources


def after_outage(conn: Connection, *, since: datetime, now: datetime) -> int:
    """Let sources that fail since `since`, and not from before, be visited now; tell how many."""
    missed = update(sources).where(
        sources.c.failing_since >= since,
        sources.c.next_visit_at > now,
        sources.c.claimed_until.is_(None),
    )
    return conn.execute(missed.values(next_visit_at=now)).rowcount
