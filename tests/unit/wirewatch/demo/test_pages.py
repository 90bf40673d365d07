"""The newsroom's pages: the article is in them, and bait is all around it."""

import json
import re
from html import unescape

import pytest
import trafilatura

from tests.unit.wirewatch.demo.naive import bait
from tests.unit.wirewatch.demo.stand import BASE, SCRIPT, full_press, outlet
from wirewatch.demo.pages import lost, page
from wirewatch.demo.press import MAIN_FEED, Listing, Shown
from wirewatch.demo.script import Outlet

ALL = frozenset(watch.id for watch in SCRIPT.watches)

each_outlet = pytest.mark.parametrize("each", SCRIPT.outlets, ids=lambda each: each.id)


def pages(each: Outlet) -> list[tuple[Listing, str]]:
    press = full_press(each.id)
    found = []
    for listing in press.listings(MAIN_FEED):
        shown = press.page(listing.url.removeprefix(BASE))
        assert isinstance(shown, Shown)
        found.append((listing, page(each, shown)))
    return found


def seen(text: str) -> str:
    """Return all of a page's text, without its marks."""
    return unescape(re.sub(r"<[^>]*>", " ", text))


def around(listing: Listing, text: str) -> str:
    """Return what a reader sees besides the article."""
    rest = seen(text)
    for part in (listing.piece.title, *listing.piece.paragraphs):
        rest = rest.replace(part, " ")
    return rest


@each_outlet
def test_what_stands_around_an_article_would_set_off_every_watch(each: Outlet) -> None:
    for listing, text in pages(each):
        assert bait(around(listing, text)) == ALL


@each_outlet
def test_the_article_is_there_as_written(each: Outlet) -> None:
    for listing, text in pages(each):
        paragraphs = [unescape(found) for found in re.findall(r"<p>(.*?)</p>", text)]
        for paragraph in listing.piece.paragraphs:
            assert paragraphs.count(paragraph) == 1
        assert listing.piece.title in unescape(text)


@each_outlet
def test_the_layouts_are_such_that_an_extractor_finds_the_article(each: Outlet) -> None:
    # trafilatura may keep the headline as the first line; nothing else may come in or get lost.
    for listing, text in pages(each):
        found = trafilatura.extract(text, url=listing.url, include_comments=False)
        lines = (found or "").splitlines()
        assert [line for line in lines if line != listing.piece.title] == list(
            listing.piece.paragraphs
        )


@each_outlet
def test_a_missing_page_is_full_of_bait_too(each: Outlet) -> None:
    assert bait(seen(lost(each))) == ALL


def test_linked_data_says_what_the_page_says() -> None:
    for listing, text in pages(outlet("courier")):
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
        assert block is not None
        data = json.loads(block[1])
        assert data["headline"] == listing.piece.title
        assert data["mainEntityOfPage"] == listing.url


def test_some_layouts_have_linked_data_and_some_have_not() -> None:
    with_data = {each.id for each in SCRIPT.outlets if "ld+json" in pages(each)[0][1]}
    assert with_data == {"courier", "meridian", "gazette", "kestrel"}


def test_layouts_differ() -> None:
    skeletons = {tuple(re.findall(r"<(\w+)", pages(each)[0][1])) for each in SCRIPT.outlets}
    assert len(skeletons) >= len({each.layout for each in SCRIPT.outlets})
