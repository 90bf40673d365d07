"""Cooldowns: kept by limit key, held at the claim of sources, over when they end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from archive import articles, cooldowns, sooner, sources
from archive.database import Database
from news.article import Read
from news.cooling import Cooling
from tests.contract.archive_world import FEED, MINUTE, NOW, add_article, add_source, within
from tests.contract.test_archive_limits import add, due_sources, names

KEY = "a.test"
HOT = Cooling(until=NOW + 5 * MINUTE, refusals=1, why="it answered HTTP 429")
COUNTED = Cooling(until=None, refusals=2, why="it answered HTTP 403")


def keep(archive: Database, cooling: Cooling, *, pages: bool = False) -> None:
    within(archive, lambda conn: cooldowns.keep(conn, KEY, cooling, pages=pages))


def test_a_cooldown_comes_back_as_it_was_kept_and_pages_stand_apart(archive: Database) -> None:
    keep(archive, COUNTED)
    keep(archive, HOT)
    keep(archive, COUNTED, pages=True)
    assert within(archive, lambda conn: cooldowns.of_all(conn, KEY)) == HOT
    assert within(archive, lambda conn: cooldowns.of_pages(conn, KEY)) == COUNTED
    assert within(archive, lambda conn: cooldowns.of_all(conn, "b.test")) is None


def test_no_source_of_a_key_that_cools_is_claimed_and_all_are_afterwards(archive: Database) -> None:
    add(archive, "https://a.test/1", "https://a.test/2", "https://b.test/1")
    keep(archive, HOT)
    assert names(due_sources(archive)) == ["b.test/1"]
    waiting = within(archive, sources.listing)
    assert [one.next_visit_at for one in waiting] == [HOT.until, HOT.until, NOW]
    assert due_sources(archive, NOW + MINUTE) == []
    assert len(due_sources(archive, NOW + 5 * MINUTE)) == 2


def test_one_that_is_added_meanwhile_waits_too(archive: Database) -> None:
    keep(archive, HOT)
    add(archive, "https://a.test/new")
    assert due_sources(archive) == []
    assert len(due_sources(archive, NOW + 5 * MINUTE)) == 1


@pytest.mark.parametrize("cooling", [COUNTED, replace(HOT, until=NOW)])
def test_refusals_that_ask_for_no_rest_hold_nothing(archive: Database, cooling: Cooling) -> None:
    add(archive, "https://a.test/1")
    keep(archive, cooling)
    keep(archive, HOT, pages=True)
    assert len(due_sources(archive)) == 1


def test_many_keys_that_cool_leave_the_places_to_others(archive: Database) -> None:
    add(archive, *(f"https://cool{number % 20}.test/{number}" for number in range(100)))
    add(archive, "https://well.test/1", at=NOW + MINUTE)
    with archive.writing() as conn:
        for number in range(20):
            cooldowns.keep(conn, f"cool{number}.test", HOT)
    assert names(due_sources(archive, NOW + MINUTE, limit=3)) == ["well.test/1"]


def test_a_success_forgets_refusals_but_not_a_rest_that_was_asked_for(archive: Database) -> None:
    keep(archive, COUNTED)
    within(archive, lambda conn: cooldowns.worked(conn, KEY, now=NOW))
    assert within(archive, lambda conn: cooldowns.of_all(conn, KEY)) is None
    keep(archive, HOT)
    within(archive, lambda conn: cooldowns.worked(conn, KEY, now=NOW))
    assert within(archive, lambda conn: cooldowns.of_all(conn, KEY)) == HOT
    within(archive, lambda conn: cooldowns.worked(conn, KEY, now=NOW + 5 * MINUTE))
    assert within(archive, lambda conn: cooldowns.of_all(conn, KEY)) is None


def test_which_keys_cool_is_told_for_many_at_once(archive: Database) -> None:
    keep(archive, HOT)
    asked = within(archive, lambda conn: cooldowns.holding(conn, [KEY, "b.test"], now=NOW))
    assert asked == {KEY: HOT}
    late = NOW + 5 * MINUTE
    assert within(archive, lambda conn: cooldowns.holding(conn, [KEY], now=late)) == {}
    assert within(archive, lambda conn: cooldowns.holding(conn, [], now=NOW)) == {}


def test_a_publisher_gave_pages_if_one_was_read_whole(archive: Database) -> None:
    add_source(archive)
    article = add_article(archive)
    assert article.publisher
    whole = within(archive, lambda conn: articles.reading_of(conn, article.id))
    assert whole is not None
    assert whole.read is Read.FULL
    assert within(archive, lambda conn: cooldowns.gave_pages(conn, article.publisher))
    assert not within(archive, lambda conn: cooldowns.gave_pages(conn, "nobody.test"))


def test_a_rest_from_while_the_clock_stood_ahead_is_cut_short(archive: Database) -> None:
    keep(archive, replace(HOT, until=NOW + timedelta(days=90)))
    assert within(archive, lambda conn: sooner.any_far(conn, now=NOW))
    assert within(archive, lambda conn: sooner.after_clock(conn, now=NOW)) == 1
    assert not within(archive, lambda conn: sooner.any_far(conn, now=NOW))
    add(archive, FEED.url.replace("yna.test", KEY))
    assert len(due_sources(archive)) == 1


def test_a_platform_knows_which_of_its_hosts_rest_and_whether_by_pages_alone(
    archive: Database,
) -> None:
    def resting(name: str, *, pages: bool = False) -> bool:
        found = within(archive, lambda conn: cooldowns.any_under(conn, name, now=NOW, pages=pages))
        return bool(found)

    within(archive, lambda conn: cooldowns.keep(conn, "a.medium.com", HOT))
    within(archive, lambda conn: cooldowns.keep(conn, "b.tumblr.com", HOT, pages=True))
    within(archive, lambda conn: cooldowns.keep(conn, "notreddit.com", HOT))
    within(archive, lambda conn: cooldowns.keep(conn, "c.reddit.com", COUNTED))
    assert resting("medium.com")
    assert not resting("medium.com", pages=True)
    assert resting("tumblr.com", pages=True)
    assert not resting("tumblr.com")
    assert not resting("reddit.com")
    within(archive, lambda conn: cooldowns.keep(conn, "reddit.com", HOT))
    assert resting("reddit.com")
