"""What was put off while the clock stood ahead does not wait for that time to come."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from archive import entries, outbox, sources
from archive.database import Database
from archive.schema import hosts as host_rows
from archive.schema import sources as source_rows
from scheduler.cadence import Bounds
from tests.integration.story_world import NOW, World, entry
from wirewatch.upkeep import Upkeep

DAY = timedelta(days=1)
LEASE = timedelta(minutes=2)


async def looked(archive: Database, at: datetime, bounds: Bounds | None = None) -> None:
    keeper = Upkeep(database=archive, keep=None, clock=lambda: at, bounds=bounds or Bounds())
    await keeper.look()


def next_visit_at(archive: Database) -> datetime | None:
    with archive.reading() as conn:
        found: datetime | None = conn.execute(select(source_rows.c.next_visit_at)).scalar_one()
        return found


@pytest.mark.parametrize(
    ("settings", "bounds", "ahead", "brought"),
    [
        ({}, Bounds(), 365 * DAY, timedelta()),
        ({}, Bounds(), 27 * DAY / 24, None),
        ({}, Bounds(max=30 * DAY), 30 * DAY, None),
        ({}, Bounds(max=30 * DAY), 40 * DAY, timedelta()),
        ({"every": 7 * DAY}, Bounds(), 7 * DAY, None),
        ({"every": 7 * DAY}, Bounds(), 9 * DAY, timedelta()),
        ({"cron": "0 12 1 12 *"}, Bounds(), 8.25 * DAY, None),
        ({"cron": "0 12 1 12 *"}, Bounds(), 8.25 * DAY + 365 * DAY, 8.25 * DAY),
    ],
)
async def test_a_visit_put_off_for_too_long_comes_when_it_should(
    archive: Database,
    settings: dict[str, Any],
    bounds: Bounds,
    ahead: timedelta,
    brought: timedelta | None,
) -> None:
    World(archive).add_source(**settings)
    with archive.writing() as conn:
        conn.execute(source_rows.update().values(next_visit_at=NOW + ahead))
    await looked(archive, NOW, bounds)
    assert next_visit_at(archive) == NOW + (ahead if brought is None else brought)


async def test_a_claim_of_a_clock_that_stood_ahead_ends(archive: Database) -> None:
    world = World(archive)
    world.add_source()
    with archive.writing() as conn:
        assert sources.claim_due(conn, now=NOW + 365 * DAY, lease=LEASE, limit=9)
    await looked(archive, NOW)
    with archive.writing() as conn:
        assert sources.claim_due(conn, now=NOW, lease=LEASE, limit=9)


async def test_pages_hosts_and_deliveries_do_not_wait_either(archive: Database) -> None:
    world = World(archive)
    world.add_source()
    world.add_channel()
    world.now = NOW + 365 * DAY
    await world.visit(entry(1))
    with archive.writing() as conn:
        assert entries.claim_due(conn, now=world.now, lease=LEASE, limit=9)
        conn.execute(host_rows.update().values(next_allowed_at=world.now))
        outbox.owe(conn, channel=1, alerts=[], payload=b"{}", now=world.now)
    await looked(archive, NOW)
    with archive.writing() as conn:
        assert entries.claim_due(conn, now=NOW, lease=LEASE, limit=9)
        assert outbox.claim_due(conn, now=NOW, lease=LEASE, limit=9)
    await looked(archive, NOW)
    with archive.writing() as conn:  # those claims are within reason
        assert not entries.claim_due(conn, now=NOW, lease=LEASE, limit=9)
        assert not outbox.claim_due(conn, now=NOW, lease=LEASE, limit=9)


async def test_a_page_put_off_by_that_clock_is_read_now(archive: Database) -> None:
    world = World(archive)
    world.add_source()
    await world.visit(entry(1))
    with archive.writing() as conn:
        (page,) = entries.claim_due(conn, now=NOW, lease=LEASE, limit=9)
        entries.postpone(conn, page, due_at=NOW + 365 * DAY, reason="later")
    await looked(archive, NOW)
    with archive.writing() as conn:
        assert entries.claim_due(conn, now=NOW, lease=LEASE, limit=9)


async def test_what_waits_within_reason_goes_on_waiting(archive: Database) -> None:
    world = World(archive)
    world.add_source()
    await world.visit(entry(1))
    with archive.writing() as conn:
        (page,) = entries.claim_due(conn, now=NOW, lease=LEASE, limit=9)
        entries.postpone(conn, page, due_at=NOW + 26 * DAY / 24, reason="later")
    await looked(archive, NOW)
    with archive.writing() as conn:
        assert not entries.claim_due(conn, now=NOW + DAY, lease=LEASE, limit=9)
