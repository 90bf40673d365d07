"""What an outlet shows changes as the script says, and each change is a version of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.wirewatch.demo.stand import BASE, NOW, outlet, piece
from wirewatch.demo.press import MAIN_FEED, Elsewhere, Listing, Press, Shown, last_modified
from wirewatch.demo.script import Way

LATER = NOW + timedelta(seconds=9)
COFFINS = piece("six-coffins")
URL = f"{BASE}/news/six-coffins.html"


@pytest.fixture
def press() -> Press:
    press = Press(outlet("courier"), BASE)
    press.publish(piece("gala-planned"), NOW)
    press.publish(COFFINS, NOW)
    return press


def listed(press: Press, feed: str = MAIN_FEED) -> list[str]:
    return [listing.piece.id for listing in press.listings(feed)]


def newest(press: Press, feed: str = MAIN_FEED) -> Listing:
    return press.listings(feed)[0]


def test_the_newest_stands_on_top(press: Press) -> None:
    assert listed(press) == ["six-coffins", "gala-planned"]
    assert newest(press).url == URL


def test_old_news_says_that_it_is_old(press: Press) -> None:
    assert press.listings(MAIN_FEED)[1].published == NOW - timedelta(days=4)


def test_an_edit_changes_feed_and_page_but_not_the_date(press: Press) -> None:
    press.edit(replace(COFFINS, title="Seven coffins"), LATER)
    found = newest(press)
    assert (found.piece.title, found.published, found.updated) == ("Seven coffins", NOW, LATER)
    shown = press.page("/news/six-coffins.html")
    assert isinstance(shown, Shown)
    assert shown.piece.title == "Seven coffins"


def test_a_new_guid_keeps_the_address(press: Press) -> None:
    before = newest(press)
    press.repeat("six-coffins", Way.GUID, LATER)
    assert newest(press).url == before.url
    assert newest(press).own_id != before.own_id
    assert listed(press) == ["six-coffins", "gala-planned"]


def test_tracking_parameters_name_the_same_page(press: Press) -> None:
    press.repeat("six-coffins", Way.TRACKING, LATER)
    assert newest(press).url.startswith(f"{URL}?utm_source=")
    assert press.article_at(newest(press).url) == "six-coffins"


def test_the_second_feed_carries_it_too(press: Press) -> None:
    assert listed(press, "/feeds/world.xml") == []
    press.repeat("six-coffins", Way.SECOND_FEED, LATER)
    assert listed(press, "/feeds/world.xml") == ["six-coffins"]
    assert listed(press) == ["six-coffins", "gala-planned"]


def test_what_left_the_feed_keeps_its_page_and_comes_back_the_same(press: Press) -> None:
    before = newest(press)
    press.repeat("six-coffins", Way.WITHDRAW, LATER)
    assert listed(press) == ["gala-planned"]
    assert isinstance(press.page("/news/six-coffins.html"), Shown)
    press.repeat("six-coffins", Way.RETURN, LATER)
    assert newest(press) == before


def test_a_moved_article_calls_the_new_address_its_own(press: Press) -> None:
    press.repeat("six-coffins", Way.MOVED, LATER)
    url = newest(press).url
    shown = press.page(url.removeprefix(BASE))
    assert isinstance(shown, Shown)
    assert url == shown.canonical != URL
    assert press.article_at(url) == press.article_at(URL) == "six-coffins"


def test_a_second_address_may_name_the_first(press: Press) -> None:
    press.repeat("six-coffins", Way.CANONICAL, LATER)
    shown = press.page(newest(press).url.removeprefix(BASE))
    assert isinstance(shown, Shown)
    assert shown.canonical == URL != newest(press).url


def test_a_second_address_may_lead_to_the_first(press: Press) -> None:
    press.repeat("six-coffins", Way.REDIRECT, LATER)
    assert press.page(newest(press).url.removeprefix(BASE)) == Elsewhere(URL)


def test_paths_of_repeats_are_plain(press: Press) -> None:
    for way in (Way.MOVED, Way.CANONICAL, Way.REDIRECT):
        press.repeat("six-coffins", way, LATER)
        assert " " not in newest(press).url


def test_an_edit_reaches_every_place_where_the_article_stands(press: Press) -> None:
    press.repeat("six-coffins", Way.SECOND_FEED, LATER)
    press.repeat("six-coffins", Way.MOVED, LATER)
    press.edit(replace(COFFINS, title="Seven coffins"), LATER)
    everywhere = (*press.listings(MAIN_FEED), *press.listings("/feeds/world.xml"))
    titles = {each.piece.title for each in everywhere if each.piece.id == "six-coffins"}
    assert titles == {"Seven coffins"}


def test_members_only_stands_where_robots_may_not_go(press: Press) -> None:
    press.publish(piece("members-briefing"), NOW)
    assert newest(press).url.startswith(f"{BASE}/members/")


def test_every_change_is_a_new_version(press: Press) -> None:
    versions = [press.version]
    for way in Way:
        press.repeat("six-coffins", way, LATER)
        versions.append(press.version)
    press.edit(COFFINS, LATER)
    versions.append(press.version)
    assert versions == sorted(set(versions))


def test_a_press_tells_in_which_version_something_was_listed(press: Press) -> None:
    version = press.listed_in("six-coffins")
    press.publish(piece("monument"), LATER)
    assert press.listed_in("six-coffins") == version
    assert press.listed_in("monument") == press.version > version


def test_two_versions_never_share_a_last_modified() -> None:
    stamps = {last_modified(version, NOW) for version in range(1, 50)}
    assert len(stamps) == 49
    assert all(stamp.microsecond == 0 for stamp in stamps)
