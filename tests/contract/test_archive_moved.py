"""Where a source has moved to is kept with each visit, and what a person writes goes before it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from archive import entries, sources
from archive.database import Database
from news.cadence import NextVisit
from news.source import DueSource, Moved, Rhythm, Validators
from news.visit import Failed, Outcome, Told, Unchanged, Visit
from tests.contract.archive_world import FEED, LEASE, NOW, add_source, entry, within

NEW = "https://moved.test/feed"
HOUR = timedelta(hours=1)
SAME = Unchanged(validators=Validators(etag='"7"'))


def claimed(archive: Database, at: datetime) -> DueSource:
    (due,) = within(archive, lambda c: sources.claim_due(c, now=at, lease=LEASE, limit=1))
    return due


def visited(
    archive: Database, *, times: int = 1, outcome: Outcome = SAME, permanent: str | None = NEW
) -> datetime:
    """Visit the source so often, four hours apart; return when it is due next."""
    with archive.reading() as conn:
        (kept,) = sources.listing(conn)
    at = kept.next_visit_at or NOW
    for _ in range(times):
        due = claimed(archive, at)
        visit = Visit(at=at, outcome=outcome, status=200, permanent=permanent)
        failures = due.rhythm.failures + 1 if isinstance(outcome, Failed) else 0
        at += 4 * HOUR
        plan = NextVisit(at=at, rhythm=Rhythm(failures=failures))
        with archive.writing() as conn:
            assert entries.note(conn, due, visit, plan=_always(plan)) is not None
    return at


def _always(plan: NextVisit) -> Callable[[object], NextVisit]:
    return lambda _: plan


def test_it_is_believed_after_three_visits_and_asked_there(archive: Database) -> None:
    add_source(archive)
    told = Told(entries=(entry(1),), validators=Validators())
    at = visited(archive, outcome=told)
    at = visited(archive)
    assert claimed(archive, at).address == FEED.url
    within(archive, lambda c: sources.resume(c, 1, now=at))
    at = visited(archive)
    due = claimed(archive, at)
    assert due.address == NEW
    assert due.moved == Moved(to=NEW, times=3, since=NOW, asked_at=NOW + 8 * HOUR)
    assert due.settings.url == FEED.url
    with archive.reading() as conn:
        (kept,) = sources.listing(conn)
    assert kept.moved == due.moved


def test_it_is_forgotten_when_it_fails_there(archive: Database) -> None:
    add_source(archive)
    visited(archive, times=3)
    visited(archive, permanent=None)
    at = visited(archive, times=3, outcome=Failed(reason="HTTP 404"), permanent=None)
    due = claimed(archive, at)
    assert (due.address, due.moved) == (FEED.url, None)


def test_it_is_claimed_with_what_stands_where_it_is_asked(archive: Database) -> None:
    add_source(archive)
    at = visited(archive, times=3)
    with archive.writing() as conn:
        for name in ("there", "here"):
            url = (NEW if name == "there" else FEED.url) + "?other"
            sources.add(conn, replace(FEED, name=name, url=url), now=at)
    due = within(archive, lambda c: sources.claim_due(c, now=at, lease=LEASE, limit=9))
    assert [one.settings.name for one in due] == [FEED.name, "here"]  # its new host gives one only


def test_it_is_claimed_at_its_own_host_again_once_that_is_forgotten(archive: Database) -> None:
    add_source(archive)
    visited(archive, times=3)
    at = visited(archive, times=3, outcome=Failed(reason="HTTP 404"), permanent=None)
    with archive.writing() as conn:
        sources.add(conn, replace(FEED, name="here", url=FEED.url + "?other"), now=at)
        sources.add(conn, replace(FEED, name="there", url=NEW + "?other"), now=at)
    due = within(archive, lambda c: sources.claim_due(c, now=at, lease=LEASE, limit=9))
    assert [one.settings.name for one in due] == [FEED.name, "there"]


def test_who_writes_down_where_it_moved_begins_nothing_anew(archive: Database) -> None:
    number = add_source(archive)
    visited(archive, outcome=Told(entries=(entry(1),), validators=Validators()))
    at = visited(archive, times=2)
    followed = replace(FEED, url=NEW)
    within(archive, lambda c: sources.change(c, number, followed, now=at))
    due = claimed(archive, at)
    assert (due.address, due.moved) == (NEW, None)
    assert due.validators == SAME.validators
    assert not due.first_visit


def test_another_address_forgets_it(archive: Database) -> None:
    number = add_source(archive)
    at = visited(archive, times=3)
    other = replace(FEED, url="https://other.test/feed")
    within(archive, lambda c: sources.change(c, number, other, now=at))
    due = claimed(archive, at)
    assert (due.address, due.moved) == (other.url, None)
    assert due.validators == Validators()
    assert due.first_visit


def test_another_word_of_a_person_does_not(archive: Database) -> None:
    number = add_source(archive)
    at = visited(archive, times=3)
    seldom = replace(FEED, every=timedelta(hours=1))
    within(archive, lambda c: sources.change(c, number, seldom, now=at))
    assert claimed(archive, at).address == NEW


def test_two_sources_may_end_at_one_feed(archive: Database) -> None:
    add_source(archive)
    visited(archive, times=3)
    add_source(archive, replace(FEED, name="There", url=NEW))
    with archive.reading() as conn:
        assert len(sources.listing(conn)) == 2


@pytest.mark.parametrize(
    ("visits", "permanent", "address"),
    [(4, None, NEW), (5, None, FEED.url), (6, NEW, NEW), (6, None, FEED.url)],
)
def test_its_own_address_is_asked_again_after_a_day(
    archive: Database, visits: int, permanent: str | None, address: str
) -> None:
    add_source(archive)
    visited(archive, times=3)
    visited(archive, times=visits - 1, permanent=None)
    at = visited(archive, permanent=permanent if visits > 5 else None)
    due = claimed(archive, at)
    assert due.address == address
    assert due.asks_own == (visits == 5)
