"""How many articles a source brings a day: of the last week, its first visit left out."""

from datetime import timedelta

import pytest

from archive import entries, source_figures, sources
from archive.database import Database
from news.cadence import NextVisit
from news.source import Rhythm, Validators
from news.visit import Told, Visit
from tests.integration.story_world import NOW, World, entry

LEASE = timedelta(minutes=2)


class Press:
    """A source that is visited at moments of the test's choice."""

    def __init__(self, archive: Database) -> None:
        self.archive, self.told = archive, 0
        self.source = World(archive).add_source()

    def visit(self, *, at: timedelta, new: int) -> None:
        """Let `new` entries be found `at` after the beginning."""
        told = [entry(self.told + n) for n in range(new)]
        self.told += new
        when = NOW + at
        visit = Visit(at=when, outcome=Told(entries=tuple(told), validators=Validators()))
        plan = NextVisit(at=when, rhythm=Rhythm())
        with self.archive.writing() as conn:
            (due,) = sources.claim_due(conn, now=when, lease=LEASE, limit=1)
            assert entries.note(conn, due, visit, plan=lambda _: plan) is not None

    def pace(self, *, after: timedelta) -> float | None:
        with self.archive.reading() as conn:
            return source_figures.pace(conn, now=NOW + after).get(self.source)


def test_what_the_first_visit_found_is_no_pace(archive: Database) -> None:
    press = Press(archive)
    assert press.pace(after=timedelta(days=3)) is None
    press.visit(at=timedelta(), new=50)
    assert press.pace(after=timedelta(hours=1)) is None  # too early to say
    assert press.pace(after=timedelta(days=2)) == 0


def test_the_pace_is_that_of_the_last_week(archive: Database) -> None:
    press = Press(archive)
    press.visit(at=timedelta(), new=1)
    press.visit(at=timedelta(days=1), new=30)
    assert press.pace(after=timedelta(days=2)) == pytest.approx(15)
    press.visit(at=timedelta(days=9), new=7)
    assert press.pace(after=timedelta(days=10)) == pytest.approx(1)


def test_removed_sources_have_none(archive: Database) -> None:
    press = Press(archive)
    press.visit(at=timedelta(), new=1)
    with archive.writing() as conn:
        sources.remove(conn, press.source, now=NOW)
    assert press.pace(after=timedelta(days=1)) is None


async def test_articles_are_counted_for_each_source_that_told_them(archive: Database) -> None:
    world = World(archive)
    first, second = world.add_source("First"), world.add_source("Second")
    await world.tell(entry(1), entry(2))
    with archive.reading() as conn:
        assert source_figures.articles(conn, first) == 2
        assert source_figures.articles(conn, second) == 2
        assert source_figures.articles(conn, 99) == 0
