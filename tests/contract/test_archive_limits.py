"""What shares a limit key shares its turns and rests: at most one source and one page at a time."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

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


def test_a_platform_has_few_places_so_that_one_that_hangs_is_not_all(archive: Database) -> None:
    add(archive, *(f"https://{name}.substack.com/feed" for name in "abcde"), "https://f.test/")
    first = due_sources(archive)
    on_it = [f"{name}.substack.com/feed" for name in "abcd"]
    assert names(first) == [on_it[0], "f.test/", *on_it[1:3]]
    assert due_sources(archive) == []
    settle(archive, first[0])
    assert names(due_sources(archive)) == on_it[3:]


def test_names_under_one_registry_are_hosts_of_their_own(archive: Database) -> None:
    add(archive, *(f"https://{name}.uk.com/feed" for name in "abcde"))
    assert len(due_sources(archive)) == 5


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


def test_a_claim_among_thousands_that_are_due_takes_one_of_each_host(archive: Database) -> None:
    add(archive, *(f"https://s{number % 50}.test/{number}" for number in range(2_000)))
    assert len(due_sources(archive, limit=64)) == 50


def test_a_claim_costs_no_more_for_each_that_is_due(sqlite_archive: Database) -> None:
    few = steps_of_a_claim(sqlite_archive, due=500)
    many = steps_of_a_claim(sqlite_archive, due=2_000)
    assert few > 100
    assert many < 5 * few, (few, many)


def steps_of_a_claim(archive: Database, *, due: int) -> int:
    """Count the engine's own steps, by tens, where `due` sources are due in all; claim none."""
    kept = within(archive, lambda conn: len(sources.listing(conn)))
    add(archive, *(f"https://s{number % 50}.test/{number}" for number in range(kept, due)))
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    def claimed(conn: Connection) -> int:
        driver: Any = conn.connection.driver_connection
        driver.set_progress_handler(step, 10)
        try:
            return len(sources.claim_due(conn, now=NOW, lease=LEASE, limit=64))
        finally:
            driver.set_progress_handler(None, 0)

    with suppress(InterruptedError), archive.writing() as conn:
        assert claimed(conn) == 50
        raise InterruptedError
    return steps


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


def test_a_platform_rests_by_its_own_name_and_each_of_its_hosts_by_itself(
    archive: Database,
) -> None:
    add_source(archive)
    rested, platform = "https://a.blogspot.com:443", "https://blogspot.com:443"
    within(archive, lambda conn: entries.rest_host(conn, rested, until=NOW + 60 * MINUTE))
    within(archive, lambda conn: entries.rest_host(conn, platform, until=NOW + MINUTE))
    tell(archive, *(entry(1, host=f"{name}.blogspot.com") for name in "ab"))
    assert due_entries(archive) == []
    (due,) = due_entries(archive, NOW + MINUTE)
    assert hosts([due]) == ["b.blogspot.com"]
    article = add_article(archive).id
    assert within(archive, lambda conn: entries.finish(conn, due, article=article))
    assert due_entries(archive, NOW + 59 * MINUTE) == []
    assert hosts(due_entries(archive, NOW + 60 * MINUTE)) == ["a.blogspot.com"]


@pytest.mark.parametrize("port", ["", ":8443"])
def test_what_asks_for_rest_by_one_scheme_gets_it_by_the_other(
    archive: Database, port: str
) -> None:
    add_source(archive)
    rested = f"http://a.test{port or ':80'}"
    within(archive, lambda conn: entries.rest_host(conn, rested, until=NOW + MINUTE))
    tell(archive, entry(1, host=f"a.test{port}"))
    assert due_entries(archive) == []
    assert hosts(due_entries(archive, NOW + MINUTE)) == [f"a.test{port}"]


@pytest.mark.parametrize("limit", [1, 3, 64])
def test_pages_of_a_platform_leave_the_places_to_others(archive: Database, limit: int) -> None:
    add_source(archive)
    tell(archive, *(entry(number, host=f"h{number:02}.blogspot.com") for number in range(70)))
    tell(archive, entry(1, host="a.test"), entry(1, host="b.test"), at=NOW + timedelta(seconds=1))
    found = hosts(due_entries(archive, NOW + MINUTE, limit=limit))
    assert found == ["h00.blogspot.com", "a.test", "b.test"][:limit]
