"""Entries crawled by hand, on both engines: noted and claimed in one step."""

from dataclasses import replace
from datetime import timedelta

from archive import by_hand, entries, sources
from archive.database import Database
from news.entry import DueEntry, Entry
from news.source import Spider
from tests.contract.archive_world import (
    FEED,
    LEASE,
    NOW,
    add_source,
    claim,
    next_visit,
    tell,
    visit,
    within,
)

STORY = Entry(url="https://yna.test/view/1", title="Crane comes down")
LATER = NOW + timedelta(minutes=10)


def take(archive: Database, entry: Entry = STORY, *, after: timedelta = LEASE) -> DueEntry | None:
    due = claim(archive) if after is LEASE else claim(archive, at=NOW + after)
    return within(
        archive, lambda conn: by_hand.take(conn, due, entry, now=NOW + after, lease=LEASE)
    )


def test_an_unknown_entry_is_claimed_before_anybody_else_sees_it(archive: Database) -> None:
    add_source(archive)
    taken = take(archive)
    assert taken is not None
    assert (taken.entry.url, taken.entry.title) == (STORY.url, STORY.title)
    due = within(archive, lambda c: entries.claim_due(c, now=NOW + LEASE, lease=LEASE, limit=9))
    assert due == []


def test_whoever_dies_over_it_leaves_it_to_others(archive: Database) -> None:
    add_source(archive)
    assert take(archive) is not None
    far = NOW + 3 * LEASE
    (due,) = within(archive, lambda c: entries.claim_due(c, now=far, lease=LEASE, limit=9))
    assert due.entry.url == STORY.url


def test_what_a_run_reads_just_now_is_left_to_it(archive: Database) -> None:
    source = add_source(archive)
    tell(archive, STORY)
    (due,) = within(archive, lambda c: entries.claim_due(c, now=NOW, lease=9 * LEASE, limit=9))
    assert due.source == source
    with archive.writing() as conn:
        sources.resume(conn, source, now=NOW)
    assert take(archive) is None


def test_a_known_entry_stays_as_its_source_tells_it(archive: Database) -> None:
    source = add_source(archive)
    tell(archive, STORY)
    with archive.writing() as conn:
        sources.resume(conn, source, now=NOW)
    taken = take(archive, replace(STORY, title=""))
    assert taken is not None
    assert taken.entry.title == STORY.title


def test_another_kind_or_selector_forgets_what_was_learned_and_asked_with(
    archive: Database,
) -> None:
    source = add_source(archive)
    due = claim(archive)
    told = visit(STORY)
    learned = replace(told, outcome=replace(told.outcome, learned="{}"))
    with archive.writing() as conn:
        entries.note(conn, due, learned, plan=lambda new: next_visit())
    again = claim(archive)
    assert (again.learned, again.validators.etag) == ("{}", "v1")
    named = replace(FEED, kind="list", spider=Spider(links="h3 > a"))
    with archive.writing() as conn:
        sources.change(conn, source, named, now=NOW)
    changed = claim(archive)
    assert changed.settings.spider.links == "h3 > a"
    assert (changed.learned, changed.validators.etag) == (None, None)
    with archive.writing() as conn:  # tags have nothing to do with what stands there
        sources.change(conn, source, replace(named, tags=("x",)), now=NOW)
    assert claim(archive).settings.tags == ("x",)
