"""We match the story, not the page around it: the newsroom's pages, through our own extraction."""

from datetime import UTC, datetime

import pytest

from crawler.extract.page import extract
from news.page import Page
from wirewatch.demo.pages import page
from wirewatch.demo.press import MAIN_FEED, Press, Shown
from wirewatch.demo.script import Outlet, Publish, load

SCRIPT = load()
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:5001"


def read(outlet: Outlet) -> list[tuple[Shown, Page]]:
    """Return every page of the outlet, as it is shown and as it is read."""
    press = Press(outlet, BASE)
    published = [each.piece for each in SCRIPT.happenings if isinstance(each, Publish)]
    for piece in (*SCRIPT.before, *published):
        if piece.outlet == outlet.id:
            press.publish(piece, NOW)
    headers = {"content-type": f"text/html; charset={outlet.encoding}"}
    found = []
    for listing in press.listings(MAIN_FEED):
        shown = press.page(listing.url.removeprefix(BASE))
        assert isinstance(shown, Shown)
        body = page(outlet, shown).encode(outlet.encoding, "xmlcharrefreplace")
        outcome = extract(body, listing.url, headers)
        assert isinstance(outcome, Page), outcome
        found.append((shown, outcome))
    return found


@pytest.mark.parametrize("outlet", SCRIPT.outlets, ids=lambda each: each.id)
def test_the_text_is_the_article_and_nothing_else(outlet: Outlet) -> None:
    for shown, found in read(outlet):
        assert found.text.split("\n") == list(shown.piece.paragraphs)


@pytest.mark.parametrize("outlet", SCRIPT.outlets, ids=lambda each: each.id)
def test_the_title_is_the_headline_without_the_outlet(outlet: Outlet) -> None:
    for shown, found in read(outlet):
        assert found.title == shown.piece.title


@pytest.mark.parametrize("outlet", SCRIPT.outlets, ids=lambda each: each.id)
def test_no_article_of_today_looks_old(outlet: Outlet) -> None:
    # A date without a time of day would put this morning's news behind yesterday's catch-up.
    for shown, found in read(outlet):
        if found.published is not None:
            assert abs((found.published - shown.published).total_seconds()) < 1
