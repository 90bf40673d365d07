"""What a reader learned is kept, of a visit that failed as well, until it says to forget it."""

from datetime import datetime

from archive import entries
from archive.database import Database
from news.source import DueSource, Validators
from news.visit import Failed, Told, Visit
from tests.contract.archive_world import MINUTE, NOW, add_source, claim, next_visit, within


def fail(archive: Database, at: datetime, learned: str | None) -> DueSource:
    """Let a claimed source's visit fail, and return what was known before it."""
    due = claim(archive, at=at)
    failed = Visit(at=at, outcome=Failed(reason="doubtful", learned=learned))
    plan = next_visit(at)
    assert within(archive, lambda conn: entries.note(conn, due, failed, plan=lambda new: plan))
    return due


def test_what_a_failed_visit_learned_is_given_to_the_next(archive: Database) -> None:
    add_source(archive)
    assert fail(archive, NOW, "a doubt").learned is None
    assert fail(archive, NOW + MINUTE, None).learned == "a doubt"
    assert fail(archive, NOW + 2 * MINUTE, "another").learned == "a doubt"
    assert fail(archive, NOW + 3 * MINUTE, None).learned == "another"


def tell(archive: Database, at: datetime, learned: str | None) -> str | None:
    """Let a claimed source's visit tell nothing, and return what was known before it."""
    due = claim(archive, at=at)
    told = Visit(at=at, outcome=Told(entries=(), validators=Validators(), learned=learned))
    plan = next_visit(at)
    assert within(archive, lambda conn: entries.note(conn, due, told, plan=lambda new: plan))
    return due.learned


def test_a_visit_may_say_that_what_was_learned_is_to_be_forgotten(archive: Database) -> None:
    add_source(archive)
    said = ["known", None, "", None]
    found = [tell(archive, NOW + at * MINUTE, learned) for at, learned in enumerate(said)]
    assert found == [None, "known", "known", None]
