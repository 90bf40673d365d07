"""What is read where it is asked for takes a few milliseconds, and harms nothing that goes on."""

import logging

import pytest

from crawler.feeds import fetch
from crawler.feeds.at_once import at_once
from crawler.feeds.cut import cut
from crawler.feeds.delta import MOST_CUT, Part, Whole, to_read
from crawler.feeds.document import ParsedFeed
from crawler.feeds.parse import parse, read_in_passing
from crawler.feeds.quick_names import names_in
from crawler.http import Fetched
from news.visit import Told
from tests.ending import must_end
from tests.unit.crawler.feeds.polling import HEADERS, URL, item, rss
from tests.unit.crawler.feeds.test_fetch import InlineParser, got, visit

HEAD, END = b"<rss version='2.0'><channel><title>t</title>", b"</channel></rss>"
ITEM = b"<item><title>x</title></item>"
AUTHOR = b"<author>" + b"a." * 120 + b"@" + b"b." * 125 + b"</author>"
TOGETHER = 20_000_000
"""Bytes read over and over: a few seconds' work, where those that grow too fast took minutes."""

HOSTILE = {
    "lists without an end": HEAD + b"<items>x<" * 7_000 + ITEM + END,
    "names that begin as an item's": HEAD + b"<itemx" * 1_700_000 + ITEM + END,
    "declarations": HEAD
    + b"".join(b"<a xmlns:a%d='b%d'/>" % (at, at) for at in range(300_000))
    + ITEM
    + END,
    "the same declaration": HEAD + b"<a xmlns:a='b'/>" * 600_000 + ITEM + END,
    "authors": HEAD + b"<item>" + AUTHOR * 120 + b"</item>" + END,
    "short authors": HEAD + b"<item>" + (b"<author>" + b"a." * 35 + b"@b.cc</author>") * 600 + END,
    "attributes": b"<rss " + b" ".join(b'a%d="x"' % at for at in range(6_000)) + b"/>",
}


def times(body: bytes) -> range:
    return range(max(1, TOGETHER // len(body)))


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_no_document_holds_up_what_else_goes_on(body: bytes) -> None:
    with must_end():
        for _ in times(body):
            assert isinstance(to_read(body, "text/xml", URL, None), Whole)
            assert read_in_passing(body, HEADERS, URL) is None


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_document_is_cut_in_linear_time_however_large(body: bytes) -> None:
    with must_end():
        for _ in times(body):
            cut(body, "text/xml", URL)
            names_in(body)


def test_many_attributes_are_left_to_a_worker() -> None:
    assert read_in_passing(HOSTILE["attributes"], HEADERS, URL) is None
    assert isinstance(parse(HOSTILE["attributes"], HEADERS, URL), ParsedFeed)


def test_what_is_large_is_not_cut_in_passing() -> None:
    items = [item(1, more=f"<description>{'x' * MOST_CUT}</description>"), item(2)]
    asked = to_read(rss(items).encode(), "text/xml", URL, None)
    assert asked == Whole(body=rss(items).encode())
    assert isinstance(to_read(rss(items[1:]).encode(), "text/xml", URL, None), Whole)


@pytest.mark.parametrize("kind", ["text/xml; x=\udcff", "text/xml; x=\xff", "\ud800"])
async def test_what_a_server_calls_it_raises_nowhere(kind: str) -> None:
    body = rss([item(1)]).encode()
    assert not isinstance(to_read(body, kind, URL, None), Part)
    found = await visit(Fetched(url=URL, status=200, headers={"content-type": kind}, body=body))
    assert isinstance(found.outcome, Told)
    doubtful = got(b"<!DOCTYPE rss>" + body, content_type=kind)
    assert isinstance((await visit(doubtful)).outcome, Told)


def test_what_fails_at_once_is_not_found(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert at_once(int, "no number") is None
    assert "left to a worker" in caplog.text
    assert at_once(int, "7", base=8) == 7


@pytest.mark.parametrize("name", ["to_read", "read_in_passing"])
async def test_a_worker_reads_what_failed_at_once(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(name)

    monkeypatch.setattr(fetch, name, broken)
    parser = InlineParser()
    found = await visit(got(rss([item(1)]).encode()), parser=parser)
    assert isinstance(found.outcome, Told)
    assert len(found.outcome.entries) == 1
    assert parser.calls == (1 if name == "read_in_passing" else 0)


@pytest.mark.parametrize("many", [0, 1_000], ids=["in passing", "by a worker"])
async def test_an_item_with_an_endless_reference_hides_no_other(many: int) -> None:
    titles = ["&amp;#" + "1" * 5_000 + ";", *(f"Story {at}" for at in range(many + 1))]
    parser = InlineParser()
    items = [item(at, title) for at, title in enumerate(titles)][:900]
    found = await visit(got(rss(items).encode()), parser=parser)
    assert isinstance(found.outcome, Told)
    assert [entry.title for entry in found.outcome.entries[:2]] == ["\ufffd", "Story 0"]
    assert len(found.outcome.entries) == len(items)
    assert parser.calls == bool(many)
