"""Claims: each due thing goes to exactly one, for as long as its lease."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from archive import entries, hosts, outbox, recovery, sources
from archive.database import Database
from news.delivery import Attempt, DueDelivery
from news.entry import DueEntry, Entry
from news.source import DueSource, Spider
from tests.contract.archive_world import (
    FEED,
    LEASE,
    MINUTE,
    NOW,
    add_article,
    add_channel,
    add_source,
    entry,
    tell,
    within,
)

ATTEMPT = Attempt(at=NOW, outcome="delivered", status=200)


def due_sources(archive: Database, at: datetime = NOW, limit: int = 9) -> list[DueSource]:
    return within(archive, lambda conn: sources.claim_due(conn, now=at, lease=LEASE, limit=limit))


def due_entries(archive: Database, at: datetime = NOW, limit: int = 9) -> list[DueEntry]:
    return within(archive, lambda conn: entries.claim_due(conn, now=at, lease=LEASE, limit=limit))


def due_deliveries(archive: Database, at: datetime = NOW, limit: int = 9) -> list[DueDelivery]:
    return within(archive, lambda conn: outbox.claim_due(conn, now=at, lease=LEASE, limit=limit))


def owe(archive: Database, channel: int, count: int = 1) -> None:
    with archive.writing() as conn:
        for _ in range(count):
            outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW)


def paths(due: list[DueEntry]) -> list[str]:
    return [(one.entry.url or one.entry.title).removeprefix("https://") for one in due]


@pytest.mark.parametrize("render", [True, False])
def test_an_entry_knows_whether_its_source_wants_pages_drawn(
    archive: Database, render: bool
) -> None:
    add_source(archive, replace(FEED, spider=Spider(render=render)))
    tell(archive, entry(1))
    assert [one.render for one in due_entries(archive)] == [render]


def test_a_source_of_many_hosts_that_hang_leaves_places_to_the_others(archive: Database) -> None:
    many = add_source(archive)
    tell(archive, *(entry(number, host=f"hangs{number:02}.test") for number in range(9)))
    within(archive, lambda conn: sources.pause(conn, many, "only the other is to tell more"))
    add_source(archive, replace(FEED, name="Reuters", url="https://reuters.test/rss"))
    hanging = due_entries(archive, limit=4)
    tell(archive, entry(1, host="a.test"), entry(2, host="b.test"))
    for one, following in zip(hanging, ("a.test", "b.test", "hangs04.test"), strict=False):
        later = partial(entries.postpone, entry=one, due_at=NOW + 9 * MINUTE, reason="hangs")
        assert within(archive, later)
        (due,) = due_entries(archive, limit=1)
        assert (due.entry.url or "").startswith(f"https://{following}/")


def test_sources_are_claimed_once_the_longest_due_first(archive: Database) -> None:
    with archive.writing() as conn:
        for number in (2, 0, 1):
            settings = replace(FEED, name=str(number), url=f"https://s{number}.test/")
            sources.add(conn, settings, now=NOW + number * MINUTE)
    assert due_sources(archive, NOW - MINUTE) == []
    late = NOW + timedelta(hours=1)
    assert [due.settings.name for due in due_sources(archive, late, limit=2)] == ["0", "1"]
    assert [due.settings.name for due in due_sources(archive, late)] == ["2"]
    assert due_sources(archive, late) == []


def test_a_lease_that_ran_out_is_claimed_anew_under_a_higher_number(archive: Database) -> None:
    add_source(archive)
    (first,) = due_sources(archive)
    assert due_sources(archive, NOW + LEASE - MINUTE) == []
    (second,) = due_sources(archive, NOW + LEASE)
    assert second.claim_no == first.claim_no + 1


def test_each_host_gives_one_entry_at_a_time(archive: Database) -> None:
    add_source(archive)
    tell(archive, *[entry(number, host=host) for number in (1, 2) for host in ("a", "b", "c")])
    assert paths(due_entries(archive)) == ["a/view/1", "b/view/1", "c/view/1"]
    assert due_entries(archive) == []


def test_a_finished_entry_frees_its_host(archive: Database) -> None:
    add_source(archive)
    tell(archive, entry(1), entry(2))
    article = add_article(archive).id
    (first,) = due_entries(archive)
    assert within(archive, lambda conn: entries.finish(conn, first, article=article))
    (second,) = due_entries(archive)
    assert paths([second]) == ["yna.test/view/2"]
    assert within(archive, lambda conn: entries.give_up(conn, second, "nothing to read"))
    assert due_entries(archive, NOW + timedelta(days=9)) == []


def test_a_port_makes_another_host_and_a_scheme_does_not(archive: Database) -> None:
    add_source(archive)
    urls = ["https://a/1", "http://a/2", "https://a:8443/3", "https://a/4"]
    tell(archive, *[Entry(url=url, title=url) for url in urls])
    assert len(due_entries(archive)) == 2


def test_a_resting_host_is_skipped_until_it_may_be_asked_again(archive: Database) -> None:
    add_source(archive)
    within(archive, lambda conn: entries.rest_host(conn, "https://a:443", until=NOW + MINUTE))
    tell(archive, entry(1, host="a"), entry(1, host="b"))
    assert paths(due_entries(archive)) == ["b/view/1"]
    assert paths(due_entries(archive, NOW + MINUTE)) == ["a/view/1"]


def test_a_shorter_rest_does_not_cut_a_longer_one(archive: Database) -> None:
    add_source(archive)
    tell(archive, entry(1, host="a"))
    with archive.writing() as conn:
        entries.rest_host(conn, "https://a:443", until=NOW + 5 * MINUTE)
        entries.rest_host(conn, "https://a:443", until=NOW + MINUTE)
    assert due_entries(archive, NOW + 4 * MINUTE) == []
    assert len(due_entries(archive, NOW + 5 * MINUTE)) == 1


def test_a_host_rests_after_its_page_was_read(archive: Database) -> None:
    add_source(archive)
    tell(archive, entry(1, host="a"), entry(2, host="a"))
    article = add_article(archive).id
    (first,) = due_entries(archive)
    with archive.writing() as conn:
        entries.rest_host(conn, "https://a:443", until=NOW + MINUTE)
        entries.finish(conn, first, article=article)
    assert due_entries(archive) == []
    assert len(due_entries(archive, NOW + MINUTE)) == 1


def test_a_postponed_entry_waits_and_lets_others_of_its_host_go_first(archive: Database) -> None:
    add_source(archive)
    tell(archive, entry(1), entry(2))
    (first,) = due_entries(archive)
    within(
        archive,
        lambda conn: entries.postpone(conn, first, due_at=NOW + 9 * MINUTE, reason="HTTP 503"),
    )
    (second,) = due_entries(archive)
    assert paths([second]) == ["yna.test/view/2"]
    within(archive, lambda conn: entries.give_up(conn, second, "no"))
    assert due_entries(archive, NOW + 8 * MINUTE) == []
    (again,) = due_entries(archive, NOW + 9 * MINUTE)
    assert (again.id, again.attempts) == (first.id, 2)


def test_entries_without_an_address_wait_for_no_host(archive: Database) -> None:
    add_source(archive)
    tell(archive, *[Entry(title=f"t{number}", published=NOW) for number in range(3)])
    assert paths(due_entries(archive, limit=2)) == ["t0", "t1"]
    assert paths(due_entries(archive)) == ["t2"]


def test_the_longest_due_host_comes_first(archive: Database) -> None:
    add_source(archive)
    tell(archive, entry(1, host="put-off"), entry(1, host="b"))
    for due in due_entries(archive):
        wait = 2 * MINUTE if due.entry.url == "https://put-off/view/1" else MINUTE
        put_off = partial(entries.postpone, entry=due, due_at=NOW + wait, reason="HTTP 503")
        within(archive, put_off)
    assert paths(due_entries(archive, NOW + 9 * MINUTE, limit=1)) == ["b/view/1"]
    assert paths(due_entries(archive, NOW + 9 * MINUTE, limit=1)) == ["put-off/view/1"]


LATE_STEPS: dict[str, Callable[[Connection, DueEntry], bool]] = {
    "finish": lambda conn, due: entries.finish(conn, due, article=1),
    "give up": lambda conn, due: entries.give_up(conn, due, "late"),
    "postpone": lambda conn, due: entries.postpone(conn, due, due_at=NOW, reason="late"),
}


@pytest.mark.parametrize("step", LATE_STEPS)
def test_a_late_finisher_changes_nothing_and_is_told_so(archive: Database, step: str) -> None:
    add_source(archive)
    tell(archive, entry(1))
    article = add_article(archive).id
    (late,) = due_entries(archive)
    (ours,) = due_entries(archive, NOW + LEASE)
    assert (ours.id, ours.attempts) == (late.id, 2)
    with archive.writing() as conn:
        assert not LATE_STEPS[step](conn, late)
    assert due_entries(archive, NOW + LEASE) == []
    assert within(archive, lambda conn: entries.finish(conn, ours, article=article))
    with archive.writing() as conn:
        assert not LATE_STEPS[step](conn, ours)


def test_a_late_finisher_does_not_free_the_host_for_a_third(archive: Database) -> None:
    add_source(archive)
    tell(archive, entry(1), entry(2))
    article = add_article(archive).id
    (late,) = due_entries(archive)
    (other,) = due_entries(archive, NOW + LEASE)  # the entry that is due longer: the second
    assert other.id != late.id
    assert within(archive, lambda conn: entries.finish(conn, late, article=article))
    assert due_entries(archive, NOW + LEASE) == []


def test_one_channel_never_has_more_under_way_than_it_takes(archive: Database) -> None:
    narrow = add_channel(archive, "narrow")
    wide = add_channel(archive, "wide", concurrency=3)
    owe(archive, narrow, 4)
    owe(archive, wide, 4)
    claimed = due_deliveries(archive)
    assert [due.channel for due in claimed] == [narrow, wide, wide, wide]
    assert due_deliveries(archive) == []
    within(archive, lambda conn: outbox.delivered(conn, claimed[1], ATTEMPT))
    assert [due.channel for due in due_deliveries(archive)] == [wide]


def test_channels_that_fail_take_turns_one_at_a_time_after_those_that_do_well(
    archive: Database,
) -> None:
    failing = {add_channel(archive, f"failing {number}", concurrency=3) for number in range(2)}
    well = add_channel(archive, "well", concurrency=2)
    for channel in (*failing, well):
        owe(archive, channel, 10)
    for first in due_deliveries(archive):
        settle = outbox.delivered if first.channel == well else later
        within(archive, partial(settle, due=first, attempt=ATTEMPT))
    claimed = due_deliveries(archive, limit=3)
    assert [due.channel for due in claimed[1:]] == [well, well]
    (other,) = due_deliveries(archive)
    assert {claimed[0].channel, other.channel} == failing
    assert due_deliveries(archive) == []
    within(archive, partial(outbox.delivered, due=other, attempt=ATTEMPT))
    again = due_deliveries(archive)
    assert [due.channel for due in again] == [other.channel] * 3


def later(conn: Connection, due: DueDelivery, attempt: Attempt) -> bool:
    return outbox.postpone(conn, due, attempt, until=NOW + LEASE)


def test_a_delivery_whose_sender_died_is_due_again_with_the_same_id(archive: Database) -> None:
    owe(archive, add_channel(archive))
    (first,) = due_deliveries(archive)
    assert due_deliveries(archive, NOW + LEASE - MINUTE) == []
    (second,) = due_deliveries(archive, NOW + LEASE)
    assert (second.delivery, second.attempt) == (first.delivery, first.attempt)
    assert not within(archive, lambda conn: outbox.delivered(conn, first, ATTEMPT))
    assert within(archive, lambda conn: outbox.delivered(conn, second, ATTEMPT))
    assert within(archive, outbox.waiting) == 0


Claim = Callable[[Database], list[int]]
CLAIMS: dict[str, Claim] = {
    "sources": lambda archive: [due.id for due in due_sources(archive, limit=2)],
    "entries": lambda archive: [due.id for due in due_entries(archive, limit=2)],
    "deliveries": lambda archive: [due.number for due in due_deliveries(archive, limit=2)],
}


@pytest.mark.parametrize("kind", CLAIMS)
def test_two_that_claim_at_once_never_get_the_same(archive: Database, kind: str) -> None:
    with archive.writing() as conn:
        for number in range(20):
            settings = replace(FEED, name=f"s{number}", url=f"https://s{number}.test/")
            sources.add(conn, settings, now=NOW)
    if kind == "entries":
        tell(archive, *[entry(number, host=f"h{number}") for number in range(20)])
    if kind == "deliveries":
        owe(archive, add_channel(archive, concurrency=20), 20)
    start = threading.Barrier(2)

    def claim_all() -> list[int]:
        start.wait(timeout=10)
        got: list[int] = []
        empty = 0
        while empty < 3:  # a row that the other holds for a moment is passed over
            claimed = CLAIMS[kind](archive)
            got += claimed
            empty = 0 if claimed else empty + 1
        return got

    with ThreadPoolExecutor(2) as threads:
        one, other = [threads.submit(claim_all) for _ in range(2)]
        got = one.result(timeout=30) + other.result(timeout=30)
    got += CLAIMS[kind](archive)
    assert len(got) == len(set(got)) == 20


def test_entries_noted_while_a_host_is_finished_are_not_forgotten(archive: Database) -> None:
    """Two transactions about one host at once: whichever comes last sees the other's entry."""
    add_source(archive)
    tell(archive, entry(0))
    article = add_article(archive).id
    for number in range(1, 15):
        (due,) = due_entries(archive)
        with ThreadPoolExecutor(2) as threads:
            telling = threads.submit(tell, archive, entry(number))
            ending = threads.submit(
                within, archive, lambda conn, due=due: entries.finish(conn, due, article=article)
            )
            assert telling.result(timeout=30).new == 1
            assert ending.result(timeout=30)


def test_a_lone_run_takes_back_what_a_killed_one_had_claimed(archive: Database) -> None:
    add_source(archive)
    channel = add_channel(archive)
    tell(archive, entry(1))
    owe(archive, channel)
    claimed = (due_sources(archive), due_entries(archive), due_deliveries(archive))
    assert [len(kind) for kind in claimed] == [1, 1, 1]
    assert within(archive, recovery.release_claims) == 3
    (late,) = claimed[2]
    assert not within(archive, lambda conn: outbox.delivered(conn, late, ATTEMPT))
    again = (due_sources(archive), due_entries(archive), due_deliveries(archive))
    assert [len(kind) for kind in again] == [1, 1, 1]
    assert again[2][0].delivery == late.delivery


def test_hosts_are_made_once(archive: Database) -> None:
    names = {"https://a:443", "https://b:443"}
    first = within(archive, lambda conn: hosts.numbers_of(conn, names))
    second = within(archive, lambda conn: hosts.numbers_of(conn, {*names, "http://a:80"}))
    assert {name: second[name] for name in names} == first
    assert len(set(second.values())) == 3
