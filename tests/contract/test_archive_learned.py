"""What a reader learned is kept, of a visit that failed as well."""

from datetime import datetime

from archive import entries
from archive.database import Database
from news.source import DueSource
from news.visit import Failed, Visit
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
