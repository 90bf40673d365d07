"""Transaction 1: what a visit found is noted once, however often and however it is told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from archive import entries, sources
from archive.database import Database
from archive.entries import NotedEntries
from archive.schema import entries as entry_rows
from archive.schema import sources as source_rows
from archive.schema import visits as visit_rows
from news.cadence import NextVisit
from news.entry import DueEntry, Entry
from news.source import Rhythm, Validators
from news.visit import Failed, Told, Unchanged, Visit
from tests.contract.archive_world import (
    LEASE,
    MINUTE,
    NOW,
    add_article,
    add_source,
    always,
    claim,
    entry,
    new_article,
    next_visit,
    tell,
    visit,
    within,
)

LATER = NOW + MINUTE


@pytest.fixture
def source(archive: Database) -> int:
    return add_source(archive)


def count(archive: Database) -> int:
    with archive.reading() as conn:
        return conn.execute(select(func.count()).select_from(entry_rows)).scalar_one()


def claimed(archive: Database) -> list[DueEntry]:
    return within(
        archive, lambda conn: entries.claim_due(conn, now=LATER + MINUTE, lease=LEASE, limit=50)
    )


@pytest.mark.usefixtures("source")
def test_an_entry_comes_back_as_it_was_told(archive: Database) -> None:
    told = Entry(
        own_id="guid-1",
        url="https://yna.test/view/1",
        title="Гроб под флагом 김정은",
        summary="Two\nlines\tand a tab",
        content="the whole text",
        published=NOW - timedelta(microseconds=1),
        updated=NOW,
        authors=("Kim", "Lee"),
        language="ko",
    )
    assert tell(archive, told) == NotedEntries(new=1)
    (due,) = claimed(archive)
    assert due.entry == told
    assert (due.noted_at, due.first_visit, due.attempts, due.article) == (NOW, True, 1, None)
    assert (due.source_name, due.tags, due.source_added_at) == ("Yonhap", ("korea",), NOW)


@pytest.mark.usefixtures("source")
def test_known_and_unchanged_entries_are_not_touched(archive: Database) -> None:
    told = [entry(number) for number in range(30)]
    assert tell(archive, *told) == NotedEntries(new=30)
    assert tell(archive, *told, at=LATER) == NotedEntries(known=30)
    assert tell(archive, entry(31), *told, at=LATER) == NotedEntries(new=1, known=30)
    assert count(archive) == 31


@pytest.mark.usefixtures("source")
def test_only_the_first_visit_that_told_anything_is_the_first(archive: Database) -> None:
    tell(archive)
    tell(archive, entry(1))
    tell(archive, entry(2), at=LATER)
    with archive.reading() as conn:
        rows = conn.execute(select(entry_rows.c.url, entry_rows.c.first_visit)).all()
    assert {url[-1]: first for url, first in rows} == {"1": True, "2": False}


@pytest.mark.usefixtures("source")
def test_a_thousand_entries_are_noted_in_one_go(archive: Database) -> None:
    told = [entry(number, own_id=f"id-{number}") for number in range(1_000)]
    assert tell(archive, *told) == NotedEntries(new=1_000)
    assert tell(archive, *told, at=LATER) == NotedEntries(known=1_000)


@pytest.mark.usefixtures("source")
def test_an_entry_that_left_the_feed_is_known_when_it_comes_back(archive: Database) -> None:
    tell(archive, entry(1), entry(2))
    tell(archive, entry(2), at=LATER)
    assert tell(archive, entry(1), entry(2), at=LATER) == NotedEntries(known=2)


AS_BEFORE = NotedEntries(known=1)
CHANGED = NotedEntries(changed=1)
NEW = NotedEntries(new=1)
FIRST = entry(1, own_id="guid-1")


@pytest.mark.parametrize(
    ("first", "second", "noted"),
    [
        pytest.param(
            FIRST, replace(FIRST, url=f"{FIRST.url}?utm_source=x"), AS_BEFORE, id="tracked"
        ),
        pytest.param(FIRST, replace(FIRST, own_id="guid-2"), AS_BEFORE, id="new guid"),
        pytest.param(FIRST, replace(FIRST, url="https://yna.test/moved"), AS_BEFORE, id="moved"),
        pytest.param(
            FIRST,
            replace(FIRST, url="https://yna.test/new", own_id="guid-new"),
            AS_BEFORE,
            id="link and guid new at every poll",
        ),
        pytest.param(
            FIRST,
            replace(FIRST, url="https://yna.test/moved", title="Corrected"),
            CHANGED,
            id="moved and retitled under its own id, of the same date",
        ),
        pytest.param(
            FIRST,
            replace(FIRST, url="https://yna.test/moved", published=NOW - MINUTE),
            CHANGED,
            id="moved and dated anew under its own id, with the same title",
        ),
        pytest.param(
            FIRST,
            replace(FIRST, url="https://yna.test/2", title="Another", published=NOW - MINUTE),
            NEW,
            id="own id used again for another piece",
        ),
        pytest.param(FIRST, replace(FIRST, title="Corrected"), CHANGED, id="retitled"),
        pytest.param(FIRST, replace(FIRST, summary="More."), CHANGED, id="summary"),
        pytest.param(FIRST, replace(FIRST, published=NOW + MINUTE), CHANGED, id="redated"),
        pytest.param(FIRST, replace(FIRST, content="longer"), AS_BEFORE, id="content alone"),
        pytest.param(
            Entry(own_id="same", title="One", published=NOW),
            Entry(own_id="same", title="Two", published=NOW + MINUTE),
            NEW,
            id="one guid for all, and nothing else",
        ),
        pytest.param(
            Entry(own_id="same", title="One", published=NOW),
            Entry(own_id="same", title="One, corrected", published=NOW),
            CHANGED,
            id="no address, own id and date",
        ),
        pytest.param(
            Entry(title="No address", published=NOW),
            Entry(title="No address", published=NOW),
            AS_BEFORE,
            id="title and date alone",
        ),
        pytest.param(
            Entry(url="https://yna.test/1", title="Daily briefing"),
            Entry(url="https://yna.test/2", title="Daily briefing"),
            NEW,
            id="equal titles without a date are two",
        ),
        pytest.param(
            Entry(url="https://yna.test/1", summary="s", published=NOW),
            Entry(url="https://yna.test/2", summary="s", published=NOW),
            NEW,
            id="equal summaries without a title are two",
        ),
    ],
)
@pytest.mark.usefixtures("source")
def test_what_makes_an_entry_known(
    archive: Database, first: Entry, second: Entry, noted: NotedEntries
) -> None:
    assert tell(archive, first) == NEW
    assert tell(archive, second, at=LATER) == noted
    assert tell(archive, second, at=LATER) == AS_BEFORE


@pytest.mark.usefixtures("source")
def test_an_id_that_stands_twice_in_one_document_identifies_nothing(archive: Database) -> None:
    same = [entry(number, own_id="all", published=None) for number in (1, 2, 3)]
    assert tell(archive, *same) == NotedEntries(new=3)
    moved = [replace(one, url=f"{one.url}/moved") for one in same]
    assert tell(archive, *moved, at=LATER) == NotedEntries(new=3)


@pytest.mark.usefixtures("source")
def test_one_entry_listed_twice_is_one(archive: Database) -> None:
    twice = [entry(1), replace(entry(1), title="Story 1, told again")]
    assert tell(archive, *twice) == NotedEntries(new=1)
    for _ in range(2):
        assert tell(archive, *reversed(twice), at=LATER) == NotedEntries(known=1)


@pytest.mark.usefixtures("source")
def test_a_changed_entry_is_due_again_and_keeps_its_article(archive: Database) -> None:
    tell(archive, entry(1))
    (due,) = claimed(archive)
    article = add_article(archive)
    assert within(archive, lambda conn: entries.finish(conn, due, article=article.id))
    assert claimed(archive) == []
    assert tell(archive, entry(1, title="Corrected"), at=LATER) == CHANGED
    (again,) = claimed(archive)
    assert (again.id, again.article, again.entry.title) == (due.id, article.id, "Corrected")
    assert (again.noted_at, again.attempts) == (NOW, 1)


@pytest.mark.usefixtures("source")
def test_an_entry_changed_while_it_is_read_is_read_once_more_afterwards(archive: Database) -> None:
    tell(archive, entry(1))
    (due,) = claimed(archive)
    tell(archive, entry(1, title="Corrected"), at=LATER)
    assert claimed(archive) == []
    article = add_article(archive)
    assert within(archive, lambda conn: entries.finish(conn, due, article=article.id))
    (again,) = claimed(archive)
    assert (again.article, again.entry.title) == (article.id, "Corrected")


@pytest.mark.usefixtures("source")
def test_what_strangers_write_is_cleaned_on_its_way_in(archive: Database) -> None:
    dirty = Entry(
        own_id="a\x00b",
        url="https://yna.test/\ud800",
        title="a\x00b\x1fc\ud83d\td\n",
        published=NOW,
    )
    assert tell(archive, dirty) == NEW
    assert tell(archive, dirty, at=LATER) == AS_BEFORE
    (due,) = claimed(archive)
    assert due.entry.title == "a b c\ufffd\td\n"
    assert due.entry.own_id == "a b"


def test_the_source_is_settled_with_the_same_transaction(archive: Database, source: int) -> None:
    due = claim(archive)
    plan = NextVisit(
        at=NOW + 5 * MINUTE, rhythm=Rhythm(failures=0, empty_visits=2, interval=5 * MINUTE)
    )
    validators = Validators(etag='"e"', last_modified="Mon", body_hash="h")
    told = Told(entries=(entry(1),), validators=validators, title="Yonhap News")
    seen = Visit(at=NOW, outcome=told, status=200, ms=120, size=4_096)
    assert within(archive, lambda conn: entries.note(conn, due, seen, plan=always(plan))) == NEW
    again = claim(archive, at=NOW + 5 * MINUTE)
    assert (again.validators, again.rhythm) == (validators, plan.rhythm)
    assert (again.first_visit, again.claim_no) == (False, due.claim_no + 1)
    with archive.reading() as conn:
        row = conn.execute(select(visit_rows)).one()
    assert (row.source, row.at, row.outcome, row.status) == (source, NOW, "told", 200)
    assert (row.ms, row.size, row.entries, row.new) == (120, 4_096, 1, 1)


def fail(archive: Database, reason: str, *, at: datetime) -> None:
    due = claim(archive, at=at)
    failed = Visit(at=at, outcome=Failed(reason=reason), status=503)
    plan = NextVisit(at=at, rhythm=Rhythm(failures=due.rhythm.failures + 1))
    assert within(archive, lambda conn: entries.note(conn, due, failed, plan=always(plan)))


@pytest.mark.usefixtures("source")
def test_failures_are_kept_until_a_visit_goes_well(archive: Database) -> None:
    fail(archive, "HTTP 503", at=NOW)
    fail(archive, "timed out after 30 s", at=LATER)
    with archive.reading() as conn:
        (kept,) = sources.listing(conn)
    assert (kept.failing_since, kept.last_reason) == (NOW, "timed out after 30 s")
    assert kept.rhythm.failures == 2
    due = claim(archive, at=LATER)
    fine = Visit(at=LATER, outcome=Unchanged(validators=due.validators), status=304)
    within(archive, lambda conn: entries.note(conn, due, fine, plan=always(next_visit(LATER))))
    with archive.reading() as conn:
        (kept,) = sources.listing(conn)
    assert (kept.failing_since, kept.last_reason, kept.last_good_at) == (None, None, LATER)


@pytest.mark.usefixtures("source")
def test_a_source_that_is_gone_is_paused_and_says_so(archive: Database) -> None:
    due = claim(archive)
    gone = Visit(at=NOW, outcome=Failed(reason="HTTP 410", gone=True), status=410)
    plan = NextVisit(at=NOW, rhythm=Rhythm(), stop="the server says it is gone (410)")
    within(archive, lambda conn: entries.note(conn, due, gone, plan=always(plan)))
    with archive.writing() as conn:
        (kept,) = sources.listing(conn)
        assert (kept.paused, kept.paused_reason) == (True, "the server says it is gone (410)")
        assert sources.claim_due(conn, now=NOW + 99 * MINUTE, lease=LEASE, limit=9) == []


@pytest.mark.parametrize("meanwhile", ["reclaimed", "paused", "removed", "changed", "noted"])
def test_a_late_visit_changes_nothing_and_is_told_so(
    archive: Database, source: int, meanwhile: str
) -> None:
    due = claim(archive)
    with archive.writing() as conn:
        match meanwhile:
            case "reclaimed":
                assert sources.claim_due(conn, now=NOW + 2 * LEASE, lease=LEASE, limit=1)
            case "paused":
                sources.pause(conn, source, "by hand")
            case "removed":
                sources.remove(conn, source, now=NOW)
            case "changed":
                sources.change(conn, source, due.settings, now=NOW)
            case _:
                assert entries.note(conn, due, visit(), plan=always(next_visit()))
        before = conn.execute(select(source_rows)).one()
    with archive.writing() as conn:
        assert entries.note(conn, due, visit(entry(1)), plan=always(next_visit(LATER))) is None
        assert conn.execute(select(source_rows)).one() == before
    assert count(archive) == 0


@pytest.mark.usefixtures("source")
def test_the_plan_is_asked_with_the_number_of_unknown_entries(archive: Database) -> None:
    asked: list[int] = []

    def plan(noted: NotedEntries) -> NextVisit:
        new = noted.new
        asked.append(new)
        return NextVisit(at=NOW + new * MINUTE, rhythm=Rhythm(interval=new * MINUTE))

    due = claim(archive)
    within(archive, lambda conn: entries.note(conn, due, visit(entry(1), entry(2)), plan=plan))
    assert asked[-1] == 2
    (kept,) = within(archive, sources.listing)
    assert kept.next_visit_at == NOW + 2 * MINUTE
    assert kept.rhythm.interval == 2 * MINUTE


@pytest.mark.usefixtures("source")
def test_an_entry_whose_page_could_not_be_read_comes_back_with_its_article(
    archive: Database,
) -> None:
    tell(archive, replace(entry(1), content="The whole text."))
    (due,) = within(archive, lambda conn: entries.claim_due(conn, now=NOW, lease=LEASE, limit=1))
    article = add_article(archive).id
    assert within(archive, lambda conn: entries.finish(conn, due, article=article, again_at=LATER))
    (again,) = within(
        archive, lambda conn: entries.claim_due(conn, now=LATER, lease=LEASE, limit=1)
    )
    assert (again.id, again.article, again.attempts) == (due.id, article, 2)
    assert again.entry.content == "The whole text."
    assert within(archive, lambda conn: entries.finish(conn, again, article=article))


def read_one(archive: Database, at: datetime) -> DueEntry:
    (due,) = within(archive, lambda conn: entries.claim_due(conn, now=at, lease=LEASE, limit=1))
    return due


@pytest.mark.usefixtures("source")
def test_what_changes_at_every_visit_keeps_its_place_until_it_is_read(archive: Database) -> None:
    for minute in range(3):
        at = NOW + minute * MINUTE
        tell(archive, *(entry(number, published=at) for number in (1, 2, 3)), at=at)
        due = read_one(archive, at)
        assert due.entry.url == f"https://yna.test/view/{minute + 1}"
        article = add_article(archive, new_article(minute + 1)).id
        with archive.writing() as conn:
            assert entries.finish(conn, due, article=article)
    later = NOW + 9 * MINUTE
    tell(archive, *(entry(number, published=later) for number in (1, 2, 3)), at=later)
    assert not within(archive, lambda c: entries.claim_due(c, now=later, lease=LEASE, limit=9))


@pytest.mark.usefixtures("source")
def test_a_new_title_is_read_at_once_and_a_new_date_in_a_while(archive: Database) -> None:
    tell(archive, entry(1))
    due = read_one(archive, NOW)
    article = add_article(archive).id
    assert within(archive, lambda conn: entries.finish(conn, due, article=article))
    tell(archive, entry(1, published=LATER), at=LATER)
    assert not within(archive, lambda c: entries.claim_due(c, now=LATER, lease=LEASE, limit=1))
    tell(archive, entry(1, published=LATER, title="Another"), at=LATER + MINUTE)
    assert read_one(archive, LATER + 10 * MINUTE).entry.title == "Another"
