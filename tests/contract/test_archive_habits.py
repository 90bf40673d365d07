"""What is learned of a source's habit is kept with it, from one visit to the next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from archive import entries, sources
from archive.database import Database
from news.cadence import NextVisit
from news.source import Rhythm, SourceSettings, Validators
from news.visit import Failed, Outcome, Unchanged, Visit
from tests.contract.archive_world import NOW, add_source, always, claim, entry, visit, within

HABIT = (1_730_786_400.0, 0.0, 4.998, 0.0003017, 353.4, *[0.125] * 59)
HOUR = timedelta(hours=1)


def settle(archive: Database, seen: Visit, rhythm: Rhythm) -> None:
    due = claim(archive, at=seen.at)
    plan = NextVisit(at=seen.at + HOUR, rhythm=rhythm)
    within(archive, lambda conn: entries.note(conn, due, seen, plan=always(plan)))


@pytest.mark.parametrize(
    ("outcome", "good"),
    [(Unchanged(validators=Validators()), True), (Failed(reason="HTTP 500"), False), (None, True)],
)
def test_the_habit_comes_back_at_the_next_visit(
    archive: Database, outcome: Outcome | None, good: bool
) -> None:
    add_source(archive)
    seen = visit(entry(1), at=NOW)
    settle(archive, replace(seen, outcome=outcome or seen.outcome), Rhythm(habit=HABIT))
    again = claim(archive, at=NOW + HOUR)
    assert again.rhythm.habit == HABIT
    assert again.last_good_at == (NOW if good else None)


def test_another_address_has_another_habit(archive: Database) -> None:
    source = add_source(archive)
    settle(archive, visit(entry(1), at=NOW), Rhythm(habit=HABIT))
    same = SourceSettings(name="Renamed", kind="feed", url="https://yonhap.test/other")
    within(archive, lambda conn: sources.change(conn, source, same, now=NOW))
    assert claim(archive, at=NOW + HOUR).rhythm.habit == ()
