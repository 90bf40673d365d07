"""Aggregators' links and entries: what of them is the publisher's own."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest

from crawler.aggregated import followed, run
from crawler.aggregators import (
    Teller,
    aggregator_of,
    as_published,
    own_address,
    without_publisher,
)
from crawler.feeds.document import ParsedFeed
from crawler.feeds.parse import parse
from crawler.follow import Following
from crawler.http import Fetched
from crawler.robots import Robots
from news.entry import Entry
from news.page import Unread
from tests.unit.crawler.exchange import FakeExchange, found, moved
from tests.unit.crawler.looking import AtOnce

OWN = "https://press.test/2026/crane-falls"
NEWS = "https://news.google.com/rss/articles/"
OPAQUE = f"{NEWS}CBMiWkFVX3lxTE1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODk?oc=5"


def named(url: str, more: bytes = b"\xd2\x01\x00") -> str:
    """Return the name of an article as Google News wrote it when it held the address."""
    length = len(url)
    size = bytes([length]) if length < 128 else bytes([length & 127 | 128, length >> 7])
    packed = b"\x08\x13\x22" + size + url.encode() + more
    return urlsafe_b64encode(packed).decode().rstrip("=")


QUOTED = OWN.replace(":", "%3a").replace("/", "%2f")
LONG = OWN + "/" + "so-many-words-" * 12


@pytest.mark.parametrize(
    ("link", "own"),
    [
        (f"{NEWS}{named(OWN)}?oc=5", OWN),
        (f"{NEWS}{named(LONG)}?oc=5", LONG),
        (f"https://news.google.com/articles/{named(OWN)}?hl=en-US&gl=US", OWN),
        (f"https://news.google.com/__i/rss/rd/articles/{named(OWN)}?oc=5", OWN),
        (f"{NEWS}{named(OWN, b'')}", OWN),
        (OPAQUE, None),
        (f"{NEWS}not/base64!", None),
        (f"{NEWS}{urlsafe_b64encode(b'x' * 40).decode()}", None),
        (f"{NEWS}CBM", None),
        (NEWS, None),
        (f"http://www.bing.com/news/apiclick.aspx?ref=F&url={QUOTED}&c=1", OWN),
        ("http://www.bing.com/news/apiclick.aspx?ref=FexRss", None),
        ("http://www.bing.com/news/apiclick.aspx?url=javascript:alert(1)", None),
        ("http://www.bing.com/news/apiclick.aspx?url=/news/other", None),
        (f"https://www.google.com/url?rct=j&sa=t&url={OWN}&ct=ga&cd=1", OWN),
        (f"https://www.google.com/url?q={OWN}", OWN),
        (f"https://www.google.com/url?url={NEWS}{named(OWN)}", OWN),
        ("https://www.google.com/url?url=https://www.google.com/url?url=", None),
        (f"https://r.search.yahoo.com/_ylt=A/RV=2/RU={QUOTED}/RK=2/RS=a-", OWN),
        (f"http://us.rd.yahoo.com/dailynews/rss/*{OWN}", OWN),
        ("http://feedproxy.google.com/~r/press/~3/abc/", None),
        ("https://www.msn.com/en-us/news/world/crane-falls/ar-AA1xyz", None),
        (OWN, OWN),
        ("https://www.google.com/search?q=crane", "https://www.google.com/search?q=crane"),
        ("https://www.msn.com/en-us/news", "https://www.msn.com/en-us/news"),
    ],
)  # fmt: skip
def test_the_publishers_own_address_is_had_where_a_link_holds_it(
    link: str, own: str | None
) -> None:
    assert own_address(link) == own


@pytest.mark.parametrize(
    ("title", "publisher", "bare"),
    [
        ("Crane falls - The Press", "The Press", "Crane falls"),
        ("Crane - up again - the press", "The Press", "Crane - up again"),
        ("Crane falls - at last", "The Press", "Crane falls - at last"),
        ("Crane falls - The Press", "", "Crane falls"),
        ("Crane falls", "", "Crane falls"),
        (" - The Press", "The Press", " - The Press"),
    ],
)
def test_titles_are_without_the_publishers_name(title: str, publisher: str, bare: str) -> None:
    assert without_publisher(title, publisher) == bare


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><generator>{made}</generator>
<title>"crane" - Google News</title>
<item><title>Crane falls - The Press</title><link>{link}</link>
<guid isPermaLink="false">CBMi7</guid>
<pubDate>Mon, 23 Nov 2026 05:00:00 GMT</pubDate><description>&lt;ol&gt;&lt;li&gt;&lt;a
href="https://other.test/1"&gt;Others on the crane&lt;/a&gt;&lt;/li&gt;&lt;/ol&gt;</description>
<source url="https://press.test">The Press</source></item></channel></rss>"""


GOOGLES = "https://news.google.com/rss/x"


def read(link: str, made: str = "NFE/5.0", at: str = GOOGLES) -> Entry:
    feed = parse(FEED.format(link=link, made=made).encode(), {}, at)
    assert isinstance(feed, ParsedFeed)
    (entry,) = feed.entries
    return entry


def test_a_feed_of_google_news_tells_what_publishers_published() -> None:
    entry = read(f"{NEWS}{named(OWN)}?oc=5")
    assert (entry.url, entry.title, entry.summary) == (OWN, "Crane falls", "")
    assert (entry.own_id, entry.publisher_url) == ("CBMi7", None)


def test_what_stays_opaque_names_its_publisher() -> None:
    entry = read(OPAQUE)
    assert (entry.url, entry.title) == (OPAQUE, "Crane falls")
    assert entry.publisher_url == "https://press.test"


@pytest.mark.parametrize(
    ("link", "at"),
    [
        ("https://evil.test/x", "https://evil.test/rss"),
        ("https://evil.test/x", GOOGLES),
        (OPAQUE, "https://evil.test/rss"),
        (OPAQUE, "https://news.google.com.evil.test/rss"),
        (OPAQUE, "https://feeds.feedburner.com/evil"),
        ("https://feeds.feedburner.com/~r/evil/1", "https://feeds.feedburner.com/evil"),
    ],
)
def test_nobody_else_speaks_in_a_publishers_name(link: str, at: str) -> None:
    entry = read(link, at=at)
    assert (entry.url, entry.publisher_url) == (link, None)


def test_other_feeds_that_name_where_an_item_came_from_stay_as_they_are() -> None:
    entry = read("https://paper.test/7", made="WordPress")
    assert (entry.title, entry.publisher_url) == ("Crane falls - The Press", None)
    assert "Others on the crane" in entry.summary


@pytest.mark.parametrize(
    "href", [None, "", "The Press", "https://news.google.com/", "ftp://x.test"]
)
def test_an_aggregator_is_never_the_publisher(href: str | None) -> None:
    entry = Entry(url=OPAQUE, title="Crane falls")
    assert as_published(entry, Teller(feed=GOOGLES, publisher_url=href)).publisher_url is None
    assert as_published(replace(entry, url=None), Teller()).url is None


PAGES = {
    "refresh": f'<meta http-equiv="refresh" content="0; url={OWN}">',
    "canonical": f'<link rel="canonical" href="{OWN}">',
    "og:url": f'<meta property="og:url" content="{OWN}">',
    "marked": f'<c-wiz data-n-au="{OWN}"></c-wiz>',
    "after its own": f'<link rel="canonical" href="{OPAQUE}"><div data-n-au="{OWN}"></div>',
}


@pytest.mark.parametrize("name", PAGES)
def test_an_aggregators_page_may_say_where_it_leads(name: str) -> None:
    head = json.dumps({"url": OPAQUE, "type": "text/html"}).encode()
    assert run(head + b"\n<html><body>" + PAGES[name].encode() + b"Opening</body>") == OWN.encode()


@pytest.mark.parametrize("body", ["", "<p>Opening", '<a href="https://ads.test/">Ad</a>', "\x00"])
def test_and_may_not(body: str) -> None:
    head = json.dumps({"url": OPAQUE, "type": ""}).encode()
    assert run(head + b"\n" + body.encode()) == b""


async def through(*answers: Fetched) -> Fetched | Unread:
    exchange = FakeExchange({one.url: one for one in answers})
    following = Following(exchange=exchange, robots=Robots(exchange, monotonic=lambda: 0.0))
    first = await following.answer_of(OPAQUE)
    assert isinstance(first, Fetched)
    return await followed(first, following, AtOnce())


async def test_a_page_is_read_where_the_aggregators_leads() -> None:
    end = found(OWN, "the crane")
    assert await through(found(OPAQUE, PAGES["canonical"]), end) == end
    assert await through(moved(OPAQUE, OWN), end) == end
    lost = Unread(reason="Google News does not say where its publisher's page stands")
    assert await through(found(OPAQUE, "<p>Opening Google News")) == lost
    round_about = found(OPAQUE, PAGES["canonical"])
    assert await through(round_about, moved(OWN, f"{NEWS}other"), found(f"{NEWS}other", "")) == lost


def test_only_links_of_aggregators_are_theirs() -> None:
    assert aggregator_of("https://news.google.com/topics/x") is None
    assert aggregator_of("https://news.google.com.evil.test/articles/x") is None
    by = aggregator_of(OPAQUE)
    assert by is not None
    assert by.name == "Google News"
