"""Looks at pages that were read: behind new ones, one slot in five, one for each article."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from archive import entries, forgotten, matches, page_marks, recovery, revisits, sources
from archive.database import Database
from archive.revisits import NEW_PAGES, Wish
from news.entry import DueEntry, Entry
from news.match import Match
from news.page import PageMarks
from tests.contract.archive_world import (
    FEED,
    LEASE,
    MINUTE,
    NOW,
    add_article,
    add_source,
    add_watch,
    always,
    entry,
    new_article,
    next_visit,
    tell,
    visit,
    within,
)

SOON = NOW + 10 * MINUTE
MARKS = PageMarks(etag='"v1"', modified=None, body_hash=b"0" * 16)


@pytest.fixture
def told(archive: Database) -> Database:
    """Give an archive with a source."""
    add_source(archive)
    return archive


def pages(archive: Database, at: datetime = NOW) -> list[DueEntry]:
    with archive.writing() as conn:
        return entries.claim_due(conn, now=at, lease=LEASE, limit=10)


def looks(archive: Database, at: datetime = SOON, limit: int = 10) -> list[DueEntry]:
    with archive.writing() as conn:
        return revisits.claim_due(conn, now=at, lease=LEASE, limit=limit)


def finish(archive: Database, due: DueEntry, article: int, at: datetime | None = SOON) -> bool:
    """Finish an entry whose page was read, and have it looked at again, as a watch holds for it."""
    with archive.writing() as conn:
        assert entries.finish(conn, due, article=article)
        revisits.came(conn, due, article, MARKS)
        wanted = at and Wish(due=due, article=article, at=at, watched=True)
        return bool(wanted and revisits.wish(conn, wanted))


def read(archive: Database, *told: Entry, at: datetime = SOON) -> list[int]:
    """Have entries told, and read as articles of their own; return the numbers of these."""
    tell(archive, *told)
    made: list[int] = []
    while due := pages(archive):
        for one in due:
            number = int((one.entry.url or "0").rpartition("/")[2])
            publisher = (one.entry.url or "").split("/")[2]
            article = add_article(archive, new_article(number, publisher=publisher)).id
            assert finish(archive, one, article, at)
            made.append(article)
    return made


def addresses(due: list[DueEntry]) -> list[str]:
    return [(one.entry.url or "").removeprefix("https://") for one in due]


def test_a_page_is_looked_at_again_when_it_is_due(told: Database) -> None:
    (article,) = read(told, entry(1))
    assert looks(told, SOON - MINUTE) == []
    assert pages(told, SOON) == []
    (again,) = looks(told)
    assert (again.revisit, again.article, again.attempts) == (True, article, 1)
    assert looks(told) == []
    finish(told, again, article, at=None)
    assert looks(told, NOW + timedelta(days=1)) == []


def test_new_pages_of_its_host_come_first(told: Database) -> None:
    read(told, entry(1), entry(1, host="b.test"))
    tell(told, entry(2))
    assert addresses(looks(told)) == ["b.test/view/1"]
    (new,) = pages(told)
    assert not new.revisit
    assert looks(told) == []  # its host is giving a page
    finish(told, new, add_article(told, new_article(2)).id, at=None)
    assert addresses(looks(told)) == ["yna.test/view/1"]


def test_a_new_page_waits_for_no_look_but_the_one_under_way(told: Database) -> None:
    (first, _) = read(told, entry(1), entry(2))
    (again,) = looks(told)
    tell(told, entry(3))
    assert pages(told, SOON) == []
    finish(told, again, first, at=None)
    assert looks(told) == []
    assert addresses(pages(told, SOON)) == ["yna.test/view/3"]


def test_a_host_that_rests_is_not_woken(told: Database) -> None:
    read(told, entry(1))
    until = SOON + 5 * MINUTE
    within(told, lambda conn: entries.rest_host(conn, "https://yna.test:443", until=until))
    assert looks(told) == []
    assert len(looks(told, until)) == 1


def test_after_a_look_the_next_slots_of_a_host_are_those_of_new_pages(told: Database) -> None:
    first, second = read(told, entry(1), entry(2))
    (again,) = looks(told)
    until = SOON + MINUTE
    finish(told, again, first, at=None)
    within(told, lambda conn: revisits.looked(conn, again, until=until))
    assert looks(told) == []
    tell(told, entry(3))
    (new,) = pages(told, SOON)
    finish(told, new, add_article(told, new_article(3)).id, at=None)
    assert looks(told, until - timedelta(seconds=1)) == []
    (other,) = looks(told, until)
    assert other.article == second


def test_hosts_of_one_platform_share_their_slots(told: Database) -> None:
    read(told, entry(1, host="a.blogspot.com"), entry(1, host="b.blogspot.com"))
    (again,) = looks(told)
    assert looks(told) == []
    finish(told, again, again.article or 0, at=None)
    within(told, lambda conn: revisits.looked(conn, again, until=SOON + MINUTE))
    assert looks(told) == []
    assert len(looks(told, SOON + MINUTE)) == 1


def test_what_no_watch_holds_for_is_paid_by_new_pages(told: Database) -> None:
    tell(told, *[entry(number) for number in range(2 * NEW_PAGES + 1)])
    wished: list[bool] = []
    while due := pages(told):
        (one,) = due
        article = add_article(told, new_article(len(wished))).id
        with told.writing() as conn:
            entries.finish(conn, one, article=article)
            revisits.came(conn, one, article, None)
            wish = Wish(due=one, article=article, at=SOON, watched=False)
            wished.append(revisits.wish(conn, wish))
    assert wished == [*[False] * (NEW_PAGES - 1), True] * 2 + [False]


def test_what_a_watch_holds_for_is_looked_at_first(told: Database) -> None:
    _, second = read(told, entry(1), entry(2))
    match = Match(watch=add_watch(told), version=1, spans=())
    within(told, lambda conn: matches.add(conn, match, article=second, revision=1))
    assert [one.article for one in looks(told)] == [second]


def test_what_is_watched_takes_from_what_is_not(told: Database) -> None:
    read(told, *[entry(number) for number in range(NEW_PAGES)])
    tell(told, entry(9))
    (one,) = pages(told)
    article = add_article(told, new_article(9)).id
    wish = Wish(due=one, article=article, at=SOON, watched=False)
    assert not within(told, lambda conn: revisits.wish(conn, wish))


def test_one_article_of_two_sources_is_looked_at_once(told: Database) -> None:
    (article,) = read(told, entry(1))
    add_source(told, replace(FEED, name="World", url="https://world.test/rss"))
    with told.writing() as conn:
        due = sources.claim_due(conn, now=NOW, lease=LEASE, limit=2)
        (world,) = [one for one in due if one.settings.name == "World"]
        assert entries.note(conn, world, visit(entry(1)), plan=always(next_visit()))
    (joined,) = pages(told)
    assert not finish(told, joined, article)
    assert len(looks(told)) == 1
    assert looks(told) == []


def test_an_entry_that_is_told_anew_is_read_as_before(told: Database) -> None:
    (article,) = read(told, entry(1))
    tell(told, entry(1, title="Told anew"))
    assert looks(told) == []
    (changed,) = pages(told)
    assert not changed.revisit
    assert not finish(told, changed, article, SOON + MINUTE)  # the one that waits will do
    assert len(looks(told)) == 1


def test_an_entry_told_anew_while_it_is_looked_at_is_read_once_more(told: Database) -> None:
    (article,) = read(told, entry(1))
    (again,) = looks(told, SOON)
    tell(told, entry(1, title="Told anew"), at=SOON)
    assert pages(told, SOON) == []
    finish(told, again, article, at=None)
    (once_more,) = pages(told, SOON)
    assert not once_more.revisit


def test_a_claim_that_ran_out_is_a_look_still(told: Database) -> None:
    (article,) = read(told, entry(1))
    (late,) = looks(told)
    (again,) = pages(told, SOON + LEASE)
    assert (again.revisit, again.attempts) == (True, 2)
    assert not within(told, lambda conn: entries.finish(conn, late, article=article))
    assert within(told, lambda conn: entries.finish(conn, again, article=article))


def test_a_lone_run_takes_back_the_looks_of_a_killed_one(told: Database) -> None:
    (article,) = read(told, entry(1))
    (late,) = looks(told)
    assert within(told, recovery.release_claims) == 1
    assert not within(told, lambda conn: entries.finish(conn, late, article=article))
    assert pages(told, SOON) == []
    (again,) = looks(told)
    assert again.article == article


@pytest.mark.parametrize("leave", ["remove", "pause"])
def test_a_source_that_is_left_alone_is_not_looked_at(told: Database, leave: str) -> None:
    read(told, entry(1))
    with told.writing() as conn:
        (source,) = sources.listing(conn)
        if leave == "remove":
            sources.remove(conn, source.id, now=NOW)
        else:
            sources.pause(conn, source.id, "by hand")
    assert looks(told) == []
    with told.reading() as conn:
        assert revisits.waiting(conn) == 0


def test_what_was_seen_long_ago_is_let_go(told: Database) -> None:
    read(told, entry(1))
    assert looks(told, NOW + revisits.LATEST) == []
    assert looks(told, SOON) == []


def test_no_more_are_claimed_than_there_is_room_for(told: Database) -> None:
    read(told, *[entry(1, host=f"h{number}.test") for number in range(5)])
    assert looks(told, limit=0) == []
    assert len(looks(told, limit=2)) == 2
    assert len(looks(told, limit=9)) == 3


def test_archives_of_before_look_at_nothing_again(told: Database) -> None:
    tell(told, entry(1))
    (one,) = pages(told)
    article = add_article(told).id
    within(told, lambda conn: entries.finish(conn, one, article=article))
    assert looks(told, NOW + timedelta(days=1)) == []


def test_what_a_page_says_of_itself_is_kept(told: Database) -> None:
    (article,) = read(told, entry(1))
    newer = PageMarks(etag=None, modified="Mon, 23 Nov 2026 06:00:00 GMT", body_hash=b"1" * 16)
    with told.writing() as conn:
        assert page_marks.of(conn, article) == MARKS
        page_marks.keep(conn, article, newer)
        assert page_marks.of(conn, article) == newer
        assert page_marks.of(conn, 99) is None


def test_what_is_forgotten_is_not_looked_at(told: Database) -> None:
    (article,) = read(told, entry(1))
    within(told, lambda conn: forgotten.erase(conn, article))
    assert looks(told) == []
    with told.reading() as conn:
        assert page_marks.of(conn, article) is None
        assert revisits.waiting(conn) == 0


def test_entries_without_a_host_are_not_looked_at(told: Database) -> None:
    tell(told, Entry(title="No address", summary="Words.", published=NOW))
    (one,) = pages(told)
    article = add_article(told).id
    assert not finish(told, one, article)
