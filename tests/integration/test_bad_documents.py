"""Documents that are not what they say: what can be read is read, and nothing else happens.

FAULTS.md "documents", row by row, through client, worker, pipeline and archive:

| case | feeds | articles |
|---|---|---|
| wrong or missing charset, UTF-16 | `FEEDS`: header, declaration, neither, wide ones | `PAGES` |
| BOM and blanks first | `FEEDS`: blanks first, a warning of PHP, two byte order marks | `PAGES` |
| wrong content type | `FEEDS`: as a picture, as text/html, without any | `PAGES` |
| control characters, NUL, surrogates | `FEEDS`; the whole store is looked through | `PAGES` |
| HTML instead of a feed | `NO_FEEDS`, and what it is stands in the source's reason | – |
| truncated, connection broken off | `FEEDS`, `NO_FEEDS` | `PAGES` |
| not really gzip, gzip damaged or undeclared | `FEEDS` | `PAGES` |
| empty, empty channel | `test_nothing_told_is_not_all_gone` | `PAGES` |

List pages: tests/integration/test_bad_list_pages.py. More documents, without the way around them,
stand in tests/unit/crawler/feeds and tests/unit/crawler/extract. `PAGES` stands for the tables of
tests/integration/test_bad_pages.py.
"""

import gzip
from collections.abc import AsyncIterator

import pytest

from archive.database import Database
from tests.integration.bad_server import (
    Answer,
    bad_server,
    broken_off,
    gzipped,
    reset,
    status,
)
from tests.integration.bad_world import DATE, EMPTY, BadWorld, bad_world, dated, feed, item
from tests.integration.raw_server import answer

RUSSIAN = "Солдаты a приехали"
XML = f"<?xml version='1.0'?>{feed(item(RUSSIAN)).decode()}"


def declared(charset: str, encoding: str) -> bytes:
    return f"<?xml version='1.0' encoding='{charset}'?>{feed(item(RUSSIAN)).decode()}".encode(
        encoding
    )


def rss(body: bytes, content_type: str = "application/rss+xml", **headers: str) -> bytes:
    return answer(body, Content_Type=content_type, **headers)


LONG = "A long story" + "x" * 500


def two(title: str) -> bytes:
    return feed(item("A first story"), item(title, "/2"))


FEEDS: dict[str, tuple[Answer, list[str]]] = {
    "utf-8, the header says latin-1": (
        rss(XML.encode(), "text/xml; charset=iso-8859-1"),
        [RUSSIAN],
    ),
    "utf-8, its declaration says latin-1": (rss(declared("iso-8859-1", "utf-8")), [RUSSIAN]),
    "koi8-r, declared": (rss(declared("koi8-r", "koi8-r")), [RUSSIAN]),
    "windows-1251, only the header says it": (
        rss(XML.encode("cp1251"), "text/xml; charset=windows-1251"),
        [RUSSIAN],
    ),
    "a charset that does not exist": (rss(declared("klingon-8", "utf-8")), [RUSSIAN]),
    "utf-16 with a mark": (rss(declared("utf-16", "utf-16")), [RUSSIAN]),
    "utf-16 without a mark": (rss(XML.encode("utf-16-be")), [RUSSIAN]),
    "utf-16, the header says utf-8": (
        rss(XML.encode("utf-16"), "text/xml; charset=utf-8"),
        [RUSSIAN],
    ),
    "blanks first": (rss(b" \r\n\t\n" + XML.encode()), [RUSSIAN]),
    "two marks and blanks": (rss(b"\xef\xbb\xbf\xef\xbb\xbf\n" + XML.encode()), [RUSSIAN]),
    "a warning of PHP first": (
        rss(
            b"<br />\n<b>Warning</b>: mysql_connect() in /srv/a.php on line 3<br />\n"
            + XML.encode()
        ),
        [RUSSIAN],
    ),
    "as a picture": (rss(XML.encode(), "image/png"), [RUSSIAN]),
    "as a web page": (rss(XML.encode(), "text/html"), [RUSSIAN]),
    "without a content type": (answer(XML.encode()), [RUSSIAN]),
    "a content type of nonsense": (rss(XML.encode(), ";;;=/"), [RUSSIAN]),
    "NUL and C0": (
        rss(two("b\x00a\x01\x08d\x0b \x0c\x1bstory\x1f")),
        ["A first story", "bad story"],
    ),
    "characters that XML forbids, by number": (
        rss(two("bad &#0;&#1;&#x1b;story&#xD800;")),
        ["A first story", "bad story"],
    ),
    "a lone surrogate in JSON": (
        rss(
            b'{"version": "https://jsonfeed.org/version/1.1", "items": ['
            b'{"id": "1", "url": "/1", "title": "a \\ud800 story\\u0000", '
            b'"date_published": "2026-11-23T06:00:00Z"}]}',
            "application/feed+json",
        ),
        ["a story"],
    ),
    "an ampersand that is none": (
        rss(two("R&D &nosuch; a story")),
        ["A first story", "R&D &nosuch; a story"],
    ),
    "tags that never close": (
        rss(
            b"<rss><channel><title>N</title><item><title>A story</title><link>/1</link>"
            + dated(DATE).encode()
        ),
        ["A story"],
    ),
    "an end in the middle of the second item": (
        rss(two("Another story").partition(b"<title>Another")[0]),
        ["A first story"],
    ),
    "a connection that ends in the middle": (
        broken_off(two("Another story"), after=150, Content_Type="text/xml"),
        [],
    ),
    "not really gzip": (rss(XML.encode(), Content_Encoding="gzip"), [RUSSIAN]),
    "not really deflate": (rss(XML.encode(), Content_Encoding="deflate"), [RUSSIAN]),
    "gzip twice, declared once": (gzipped(gzip.compress(XML.encode())), [RUSSIAN]),
    "gzip that nobody declared": (rss(gzip.compress(XML.encode())), [RUSSIAN]),
    "gzip that ends early": (gzipped(two(LONG), cut=8), ["A first story", LONG]),
    "gzip with garbage behind": (
        answer(gzip.compress(XML.encode()) + b"garbage", Content_Encoding="gzip"),
        [RUSSIAN],
    ),
}


@pytest.fixture
async def world(sqlite_archive: Database) -> AsyncIterator[BadWorld]:
    async with bad_server() as server, bad_world(sqlite_archive, server) as made:
        yield made


@pytest.mark.parametrize(("sent", "titles"), FEEDS.values(), ids=FEEDS)
async def test_what_can_be_read_of_a_feed_is_read(
    world: BadWorld, sent: Answer, titles: list[str]
) -> None:
    world.read_from(world.server.will("/feed", rss(EMPTY), sent))
    await world.poll(3)
    assert world.titles() == titles
    assert world.titles_told() == titles
    assert world.unclean() == []


NO_FEEDS: dict[str, tuple[Answer, str]] = {
    "a web page": (
        rss(
            b"<!doctype html><html><link rel=alternate type=application/rss+xml href=/real></html>"
        ),
        "this is a web page, not a feed; it names the feed http://",
    ),
    "a page of a hotel's network": (
        rss(b"<html><body>Log in to our Wi-Fi</body></html>"),
        "a web page",
    ),
    "a list of feeds": (rss(b"<opml><body/></opml>"), "a list of feeds (OPML), not a feed"),
    "a sitemap": (rss(b"<?xml version='1.0'?><urlset></urlset>"), "this is a sitemap, not a feed"),
    "a picture": (rss(b"\x89PNG\r\n\x1a\n" + b"\x00" * 200), "this is not a feed"),
    "nothing": (rss(b""), "the answer is empty"),
    "blanks": (rss(b" \n\xef\xbb\xbf\x00 "), "the answer is empty"),
    "no content": (answer(status="204 No Content"), "HTTP 204"),
    "an end before the first item": (rss(b"<rs"), "this is not a feed"),
    "JSON of somebody else": (rss(b'{"error": 404}', "application/json"), "not a JSON Feed"),
    "brotli unasked": (
        rss(b"\x0b\x02\x80abc", Content_Encoding="br"),
        "an encoding that was not asked for",
    ),
    "a connection that breaks off": (reset, "connection closed without an answer"),
}


@pytest.mark.parametrize(("sent", "reason"), NO_FEEDS.values(), ids=NO_FEEDS)
async def test_what_is_no_feed_is_named_and_tried_again(
    world: BadWorld, sent: Answer, reason: str
) -> None:
    well = rss(feed(item("A story")))
    world.read_from(world.server.will("/feed", rss(EMPTY), well, sent, sent, well))
    await world.poll(3)
    failing = world.source_row()
    assert reason in failing.last_reason
    assert failing.failing_since == failing.last_visit_at
    assert failing.next_visit_at > world.now
    await world.poll(2)
    assert world.source_row().failing_since is None
    assert world.titles_told() == ["A story"]
    assert world.unclean() == []


@pytest.mark.parametrize("nothing", [rss(EMPTY), rss(b""), status("404 Not Found")])
async def test_nothing_told_is_not_all_gone(world: BadWorld, nothing: Answer) -> None:
    well = rss(two("Another story"))
    world.read_from(world.server.will("/feed", rss(EMPTY), well, nothing, nothing, well))
    await world.poll(6)
    assert world.titles() == ["A first story", "Another story"]
    assert world.titles_told() == ["A first story", "Another story"]
    assert [row.state for row in world.noted()] == ["done", "done"]
