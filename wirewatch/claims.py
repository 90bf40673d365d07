"""What each pump claims, and how much of it at a time."""

from datetime import timedelta

from alerts.dispatch import LEASE as DELIVERY_LEASE
from archive import entries, outbox, revisits, sources
from archive.database import Database, Transaction
from news.clock import Clock, utc_now
from news.delivery import DueDelivery
from news.entry import DueEntry
from news.source import DueSource

LEASE = timedelta(seconds=180)
"""A claim on a source or entry holds for so long; it outlasts every deadline below it.

The longest way is a visit's: 30 s for its host's turn, 30 to fetch, 45 for a worker, 10 to parse.
"""

VISITS, READS = 64, 32

LOOKS = 8
"""Looks at pages that were read are taken only while fewer places than these are in use."""


async def claimed_sources(database: Database, due_by: Clock, limit: int) -> list[DueSource]:
    """Claim sources that are due."""

    def claim(conn: Transaction) -> list[DueSource]:
        return sources.claim_due(conn, now=due_by(), lease=LEASE, limit=limit)

    return await database.write(claim)


async def claimed_entries(database: Database, limit: int, *, looks: bool) -> list[DueEntry]:
    """Claim pages to be read, and with `looks` some that are looked at again, behind all others."""

    def claim(conn: Transaction) -> list[DueEntry]:
        now = utc_now()
        new = entries.claim_due(conn, now=now, lease=LEASE, limit=limit)
        left = limit - len(new) - (READS - LOOKS) if looks else 0
        return new + revisits.claim_due(conn, now=now, lease=LEASE, limit=left)

    return await database.write(claim)


async def claimed_deliveries(database: Database, limit: int) -> list[DueDelivery]:
    """Claim messages that are due."""

    def claim(conn: Transaction) -> list[DueDelivery]:
        return outbox.claim_due(conn, now=utc_now(), lease=DELIVERY_LEASE, limit=limit)

    return await database.write(claim)
