"""The front page of the outlet that has no feed: every article is linked, among much else."""

import re

from lxml.html import HtmlElement, document_fromstring

from tests.unit.wirewatch.demo.naive import bait
from tests.unit.wirewatch.demo.stand import BASE, full_press, outlet
from wirewatch.demo.feeds import Front
from wirewatch.demo.formats import FORMATS
from wirewatch.demo.press import FRONT_PAGE, MAIN_FEED, Press, address_of, feed_paths


def written(press: Press) -> HtmlElement:
    write, media_type = FORMATS[press.outlet.format]
    assert media_type == "text/html"
    front = Front(
        title=press.outlet.name,
        base=BASE,
        url=BASE + FRONT_PAGE,
        language=press.outlet.language,
        encoding=press.outlet.encoding,
    )
    return document_fromstring(write(front, press.listings(MAIN_FEED)))


def test_every_article_is_linked_by_its_headline() -> None:
    press = full_press("kestrel")
    page = written(press)
    headlines = {(link.text_content(), link.get("href")) for link in page.cssselect("h1 a, h3 a")}
    assert headlines == {(each.piece.title, each.url) for each in press.listings(MAIN_FEED)}


def test_most_links_do_not_lead_to_articles() -> None:
    press = full_press("kestrel")
    ours = {each.url for each in press.listings(MAIN_FEED)}
    others = [link for link in written(press).cssselect("a") if link.get("href") not in ours]
    assert len(others) > len(ours)
    assert bait(" ".join(link.text_content() for link in others)) >= {"troops", "kim", "kursk"}


def test_a_front_page_without_articles_is_a_page() -> None:
    page = written(Press(outlet("kestrel"), BASE))
    assert page.cssselect("h1") == []
    assert re.search("imprint", page.text_content(), re.IGNORECASE)


def test_only_an_outlet_without_a_feed_shows_its_front_page() -> None:
    for press in (full_press("kestrel"), full_press("courier")):
        (main, *_) = feed_paths(press.outlet)
        served = address_of(press.outlet, main)
        assert (served == FRONT_PAGE) == (press.outlet.format == "list")
