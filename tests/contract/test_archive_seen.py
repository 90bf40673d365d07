"""What an entry would be, were it told now: asked without noting anything."""

from datetime import timedelta

from archive import entries, seen, sources
from archive.database import Database
from archive.seen import Mark
from news.cadence import NextVisit
from news.entry import Entry
from news.source import Rhythm, Validators
from news.visit import Told, Visit
from tests.integration.story_world import NOW, World, entry

LEASE = timedelta(minutes=2)


def noted(archive: Database, *told: Entry) -> None:
    """Let the source that is due tell `told`."""
    visit = Visit(at=NOW, outcome=Told(entries=told, validators=Validators()))
    with archive.writing() as conn:
        (due,) = sources.claim_due(conn, now=NOW, lease=LEASE, limit=1)
        plan = NextVisit(at=NOW + timedelta(days=1), rhythm=Rhythm())
        assert entries.note(conn, due, visit, plan=lambda _: plan) is not None


def marks(archive: Database, source: int, *told: Entry) -> list[Mark]:
    with archive.reading() as conn:
        return seen.marks(conn, source, told)


def test_entries_are_marked_in_their_order(archive: Database) -> None:
    source = World(archive).add_source()
    noted(archive, entry(1), entry(2))
    told = (entry(3), entry(1), entry(2, title="Another title"))
    assert marks(archive, source, *told) == [Mark.NEW, Mark.KNOWN, Mark.CHANGED]


def test_what_another_source_told_is_known_from_there(archive: Database) -> None:
    world = World(archive)
    world.add_source("First")
    noted(archive, entry(1))
    second = world.add_source("Second")
    assert marks(archive, second, entry(1), entry(2)) == [Mark.ELSEWHERE, Mark.NEW]
    assert marks(archive, 0, entry(1), entry(2)) == [Mark.ELSEWHERE, Mark.NEW]


def test_to_look_notes_nothing(archive: Database) -> None:
    source = World(archive).add_source()
    assert marks(archive, source, entry(1)) == [Mark.NEW]
    assert marks(archive, source, entry(1)) == [Mark.NEW]
    assert marks(archive, source) == []
