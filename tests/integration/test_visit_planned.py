"""When a source is visited next is worked out where nobody waits for it."""

from dataclasses import replace
from datetime import timedelta
from threading import current_thread, main_thread

from archive.database import Database
from news.cadence import NextVisit
from news.gap import Gap
from news.source import DueSource, Validators
from news.visit import Unchanged, Visit
from tests.integration.story_world import World, entry


async def test_the_next_visit_is_thought_about_before_others_wait(archive: Database) -> None:
    world, asked = World(archive), []
    world.add_source()

    def rule(source: DueSource, visit: Visit, *, new: int, gap: Gap | None = None) -> NextVisit:
        assert gap is None
        asked.append((new, current_thread() is main_thread()))
        return NextVisit(at=visit.at + timedelta(hours=1), rhythm=source.rhythm)

    world.pipeline = replace(world.pipeline, next_visit=rule)
    await world.visit(entry(1))
    world.later(hours=2)
    await world.visit(outcome=Unchanged(validators=Validators()))
    assert asked == [(0, True), (1, False), (0, True)]
