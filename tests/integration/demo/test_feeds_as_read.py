"""The newsroom's feeds, through our own parser: every entry with its address, title and date."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.feeds.document import ParsedFeed
from crawler.feeds.parse import parse
from wirewatch.demo.feeds import Front
from wirewatch.demo.formats import FORMATS
from wirewatch.demo.press import MAIN_FEED, Press
from wirewatch.demo.script import Outlet, Publish, load

SCRIPT = load()
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:5001"


FEEDS = [each for each in SCRIPT.outlets if each.format != "list"]


@pytest.mark.parametrize("outlet", FEEDS, ids=lambda each: each.id)
def test_every_entry_is_read_as_written(outlet: Outlet) -> None:
    press = Press(outlet, BASE)
    published = [each.piece for each in SCRIPT.happenings if isinstance(each, Publish)]
    for number, piece in enumerate((*SCRIPT.before, *published)):
        if piece.outlet == outlet.id:
            press.publish(piece, NOW + timedelta(seconds=number))
    write, media_type = FORMATS[outlet.format]
    front = Front(
        title=outlet.name,
        base=BASE,
        url=BASE + MAIN_FEED,
        language=outlet.language,
        encoding=outlet.encoding,
    )
    listings = press.listings(MAIN_FEED)
    body = write(front, listings).encode(outlet.encoding, "xmlcharrefreplace")
    feed = parse(body, {"content-type": f"{media_type}; charset={outlet.encoding}"}, front.url)
    assert isinstance(feed, ParsedFeed), feed
    dated = outlet.format != "rss091"
    assert [(entry.url, entry.title, entry.summary, entry.published) for entry in feed.entries] == [
        (each.url, each.piece.title, each.piece.summary, each.published if dated else None)
        for each in listings
    ]
