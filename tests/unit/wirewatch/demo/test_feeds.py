"""Every feed of the newsroom says to an independent parser what the script says."""

import calendar
import json
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest

from tests.unit.wirewatch.demo.stand import BASE, NOW, SCRIPT, full_press, outlet
from wirewatch.demo.feeds import Front
from wirewatch.demo.formats import FORMATS
from wirewatch.demo.press import MAIN_FEED, Press
from wirewatch.demo.script import Outlet

XML_OUTLETS = [each for each in SCRIPT.outlets if each.format not in {"json", "list"}]
FEEDS = [each for each in SCRIPT.outlets if each.format != "list"]


def written(press: Press) -> bytes:
    write, _ = FORMATS[press.outlet.format]
    front = Front(
        title=press.outlet.name,
        base=BASE,
        url=BASE + MAIN_FEED,
        language=press.outlet.language,
        encoding=press.outlet.encoding,
    )
    return write(front, press.listings(MAIN_FEED)).encode(
        press.outlet.encoding, "xmlcharrefreplace"
    )


def parsed(press: Press) -> Any:
    return feedparser.parse(written(press))


@pytest.mark.parametrize("outlet_of_test", XML_OUTLETS, ids=lambda each: each.id)
def test_an_xml_feed_is_well_formed_and_complete(outlet_of_test: Outlet) -> None:
    press = full_press(outlet_of_test.id)
    feed = parsed(press)
    assert not feed.bozo
    assert feed.feed.title == outlet_of_test.name
    assert [(each.title, each.link, each.summary) for each in feed.entries] == [
        (each.piece.title, each.url, each.piece.summary) for each in press.listings(MAIN_FEED)
    ]


@pytest.mark.parametrize(
    ("outlet_id", "version"),
    [
        ("courier", "rss20"),
        ("vestnik", "rss20"),
        ("observer", "rss091u"),
        ("lowland", "rss10"),
        ("hanbit", "atom10"),
    ],
)
def test_a_feed_is_of_its_kind(outlet_id: str, version: str) -> None:
    assert parsed(full_press(outlet_id)).version == version


@pytest.mark.parametrize("outlet_id", ["courier", "vestnik", "lowland", "hanbit"])
def test_dates_are_those_of_publication(outlet_id: str) -> None:
    press = full_press(outlet_id)
    moments = [
        each.get("published_parsed") or each.updated_parsed for each in parsed(press).entries
    ]
    dates = [datetime.fromtimestamp(calendar.timegm(moment), UTC) for moment in moments]
    assert dates == [each.published for each in press.listings(MAIN_FEED)]
    assert dates[0] == NOW


def test_the_oldest_format_has_neither_ids_nor_dates() -> None:
    for each in parsed(full_press("observer")).entries:
        assert "id" not in each
        assert "published" not in each
        assert "updated" not in each


def test_one_feed_carries_whole_texts() -> None:
    press = full_press("courier")
    for entry, listing in zip(parsed(press).entries, press.listings(MAIN_FEED), strict=True):
        assert entry.content[0].value.count("<p>") == len(listing.piece.paragraphs)


def test_own_ids_are_kept() -> None:
    press = full_press("hanbit")
    assert [each.id for each in parsed(press).entries] == [
        each.own_id for each in press.listings(MAIN_FEED)
    ]


def test_the_russian_feed_is_not_in_utf8() -> None:
    raw = written(full_press("vestnik"))
    assert b"windows-1251" in raw
    with pytest.raises(UnicodeDecodeError):
        raw.decode()


def test_json_feed_says_the_same() -> None:
    press = full_press("meridian")
    document = json.loads(written(press))
    assert document["version"].startswith("https://jsonfeed.org/version/1")
    assert [
        (each["id"], each["url"], each["title"], each["summary"], each["date_published"])
        for each in document["items"]
    ] == [
        (
            each.own_id,
            each.url,
            each.piece.title,
            each.piece.summary,
            each.published.isoformat(timespec="seconds"),
        )
        for each in press.listings(MAIN_FEED)
    ]


@pytest.mark.parametrize("each", FEEDS, ids=lambda each: each.id)
def test_a_feed_without_items_is_a_feed(each: Outlet) -> None:
    press = Press(outlet(each.id), BASE)
    if each.format == "json":
        assert json.loads(written(press))["items"] == []
    else:
        feed = parsed(press)
        assert not feed.bozo
        assert feed.entries == []


def test_markup_in_a_title_stays_text() -> None:
    press = full_press("lowland")
    titles = [each.title for each in parsed(press).entries]
    assert "Orchestra from Vladivostok plays for North Korean soldiers' families" in titles
