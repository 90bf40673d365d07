"""A reader with a bug: its visit failed, is noted and counted, and the source comes back."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from archive import sources
from archive.database import Database
from archive.schema import sources as source_rows
from archive.schema import visits
from news.cadence import NextVisit
from news.errors import WirewatchError
from news.source import DueSource
from news.visit import Visit
from scheduler.cadence import Bounds, VisitMoment, next_visit
from tests.integration.story_world import LEASE, World, entry
from wirewatch.events import VisitFailed

FAULT = "Exceeds the limit for integer string conversion"


@dataclass
class Faulty:
    """Raises at every visit."""

    error: Exception

    async def visit(self, source: DueSource) -> Visit:
        assert source.id
        raise self.error


def due(world: World) -> list[DueSource]:
    with world.archive.writing() as conn:
        return list(sources.claim_due(conn, now=world.now, lease=LEASE, limit=9))


async def test_it_is_settled_as_a_visit_that_failed_by_our_fault(
    archive: Database, caplog: pytest.LogCaptureFixture
) -> None:
    world = World(archive)
    world.add_source()
    world.pipeline = replace(world.pipeline, readers={"feed": Faulty(ValueError(FAULT))})
    (source,) = due(world)
    with caplog.at_level(logging.ERROR):
        await world.pipeline.visit(source)
    with archive.reading() as conn:
        (row,) = conn.execute(select(source_rows)).all()
        (visit,) = conn.execute(select(visits)).all()
    assert row.claimed_until is None
    assert (visit.outcome, row.last_reason) == ("failed", visit.reason)
    assert "wirewatch's own (ValueError)" in visit.reason
    (event,) = world.events
    assert isinstance(event, VisitFailed)
    (line,) = caplog.records
    assert line.exc_info is not None
    assert FAULT in caplog.text
    assert FAULT not in visit.reason  # it may quote what a stranger wrote


async def test_it_rests_longer_each_time_and_is_told_again_after(archive: Database) -> None:
    world, rests = World(archive), list[timedelta]()
    world.add_source()

    def rule(source: DueSource, visit: Visit, **_: object) -> NextVisit:
        moment = VisitMoment(source=source, outcome=visit.outcome)
        plan = next_visit(moment, Bounds(), now=visit.at, jitter=0)
        rests.append(plan.at - visit.at)
        return plan

    well = world.pipeline
    broken = replace(well, readers={"feed": Faulty(ValueError(FAULT))}, next_visit=rule)
    for _ in range(3):
        (source,) = due(world)
        await broken.visit(source)
        world.later(days=1)
    assert rests == sorted(rests)
    assert rests[0] < rests[-1]
    await world.visit(entry(1))


async def test_an_archive_that_cannot_be_used_is_no_bug_of_the_reader(archive: Database) -> None:
    world = World(archive)
    world.add_source()
    faulty = Faulty(WirewatchError("the archive is locked"))
    world.pipeline = replace(world.pipeline, readers={"feed": faulty})
    (source,) = due(world)
    with pytest.raises(WirewatchError, match="locked"):
        await world.pipeline.visit(source)
    with archive.reading() as conn:
        assert not conn.execute(select(visits)).all()
