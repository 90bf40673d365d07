"""What shares a limit key shares its turns and rests: at most one source and one page at a time."""

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from archive import entries, sources
from archive.database import Database
from news.entry import DueEntry
from news.source import DueSource
from tests.contract.archive_world import (
    FEED,
    LEASE,
    MINUTE,
    NOW,
    add_article,
    add_source,
    always,
    entry,
    next_visit,
    tell,
    visit,
    within,
)


def add(archive: Database, *urls: str, at: datetime = NOW) -> None:
    with archive.writing() as conn:
        for url in urls:
            sources.add(conn, replace(FEED, name=url, url=url), now=at)


def due_sources(archive: Database, at: datetime = NOW, limit: int = 64) -> list[DueSource]:
    return within(archive, lambda conn: sources.claim_due(conn, now=at, lease=LEASE, limit=limit))


def due_entries(archive: Database, at: datetime = NOW, limit: int = 64) -> list[DueEntry]:
    return within(archive, lambda conn: entries.claim_due(conn, now=at, lease=LEASE, limit=limit))


def settle(archive: Database, due: DueSource) -> None:
    plan = always(next_visit(NOW + 9 * MINUTE))
    assert within(archive, lambda conn: entries.note(conn, due, visit(), plan=plan))


def names(due: list[DueSource]) -> list[str]:
    return [one.settings.name.removeprefix("https://") for one in due]


def hosts(due: list[DueEntry]) -> list[str]:
    return [(one.entry.url or "").split("/")[2] for one in due]


def test_the_feeds_of_one_host_come_one_after_the_other(archive: Database) -> None:
    add(archive, "https://a.test/1", "http://a.test/2", "https://b.test/1")
    first = due_sources(archive)
    assert names(first) == ["a.test/1", "b.test/1"]
    assert due_sources(archive) == []
    settle(archive, first[0])
    assert names(due_sources(archive)) == ["http://a.test/2"]


def test_all_of_a_platform_share_its_patience(archive: Database) -> None:
    add(archive, "https://a.substack.com/feed", "https://b.substack.com/feed", "https://c.test/")
    assert names(due_sources(archive)) == ["a.substack.com/feed", "c.test/"]


def test_a_lease_that_ran_out_holds_nobody_back(archive: Database) -> None:
    add(archive, "https://a.test/1", "https://a.test/2")
    due_sources(archive)
    assert len(due_sources(archive, NOW + LEASE)) == 1


def test_many_due_of_one_host_leave_the_places_to_others_however_late(archive: Database) -> None:
    add(archive, *(f"https://hangs.test/{number}" for number in range(100)))
    add(archive, *(f"https://s{number}.test/" for number in range(5)), at=NOW + MINUTE)
    late = due_sources(archive, NOW + 2 * MINUTE, limit=4)
    assert names(late) == ["hangs.test/0", "s0.test/", "s1.test/", "s2.test/"]
    assert names(due_sources(archive, NOW + 2 * MINUTE, limit=4)) == ["s3.test/", "s4.test/"]


def test_a_claim_among_thousands_that_are_due_is_cheap(archive: Database) -> None:
    add(archive, *(f"https://s{number % 50}.test/{number}" for number in range(2_000)))
    began = time.process_time()
    assert len(due_sources(archive, limit=64)) == 50
    assert time.process_time() - began < 1


def test_pages_of_one_platform_come_one_after_the_other(archive: Database) -> None:
    add_source(archive)
    for host in ("a.blogspot.com", "b.blogspot.com", "c.test"):
        tell(archive, entry(1, host=host))
    first = due_entries(archive)
    assert hosts(first) == ["a.blogspot.com", "c.test"]
    assert due_entries(archive) == []
    article = add_article(archive).id
    assert within(archive, lambda conn: entries.finish(conn, first[0], article=article))
    assert hosts(due_entries(archive)) == ["b.blogspot.com"]


def test_the_rest_after_a_page_holds_for_the_whole_platform(archive: Database) -> None:
    add_source(archive)
    rested = "https://a.blogspot.com:443"
    within(archive, lambda conn: entries.rest_host(conn, rested, until=NOW + MINUTE))
    tell(archive, entry(1, host="b.blogspot.com"))
    assert due_entries(archive) == []
    assert hosts(due_entries(archive, NOW + MINUTE)) == ["b.blogspot.com"]


@pytest.mark.parametrize("limit", [1, 3, 64])
def test_pages_of_a_platform_leave_the_places_to_others(archive: Database, limit: int) -> None:
    add_source(archive)
    tell(archive, *(entry(number, host=f"h{number:02}.blogspot.com") for number in range(70)))
    tell(archive, entry(1, host="a.test"), entry(1, host="b.test"), at=NOW + timedelta(seconds=1))
    found = hosts(due_entries(archive, NOW + MINUTE, limit=limit))
    assert found == ["h00.blogspot.com", "a.test", "b.test"][:limit]
