"""The quick reading tells what feedparser tells, or declines."""

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.feeds.document import ParsedFeed
from crawler.feeds.quick import read_quickly
from crawler.feeds.xml_feed import parse_xml
from tests.unit.crawler.feeds.generated import feeds

URL = "https://news.test/feeds/rss"
RSS = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><entry>{}</entry></feed>"
CORPORA = Path(os.environ.get("CORPORA_DATA", "/nowhere"))


def quick(text: str | bytes, content_type: str = "application/xml") -> ParsedFeed | None:
    return read_quickly(text.encode() if isinstance(text, str) else text, content_type, URL)


@settings(max_examples=150)
@given(feeds)
def test_both_readings_tell_the_same(text: str) -> None:
    found = quick(text)
    assert found is None or found == parse_xml(text.encode(), "application/xml", URL)


@given(feeds, st.integers(0, 3_000), st.sampled_from(["", "<", "&", "&nbsp;", "\x01", "</item>"]))
def test_what_is_damaged_is_read_the_same_or_declined(text: str, at: int, damage: str) -> None:
    damaged = (text[:at] + damage + text[at + len(damage) :]).encode()
    found = quick(damaged)
    assert found is None or found == parse_xml(damaged, "application/xml", URL)


def test_usual_feeds_are_not_declined() -> None:
    item = (
        "<item><title>One</title><link>https://news.test/1</link><guid>1</guid>"
        "<pubDate>Tue, 05 Nov 2024 06:00:00 GMT</pubDate>"
        "<description>&lt;p&gt;Text&lt;/p&gt;</description></item>"
    )
    found = quick(RSS.format(item))
    assert found is not None
    assert [(e.title, e.url, e.summary) for e in found.entries] == [
        ("One", "https://news.test/1", "Text")
    ]


@pytest.mark.parametrize(
    "text",
    [
        RSS.format("<item><title>a & b</title></item>"),
        RSS.format("<item><title>&nbsp;</title></item>"),
        RSS.format("<item><title>x</title>"),
        RSS.format("<item><x:title>undeclared</x:title></item>"),
        RSS.format("<item><body>markup</body></item>"),
        RSS.format("<item><date>2024-11-05</date></item>"),
        RSS.format("<item><description>a <b>c</b></description></item>"),
        RSS.format("<item><item/></item>"),
        RSS.format("<item/>" * 1_001),
        "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + RSS.format("<item><title>&a;</title></item>"),
        "<?xml version='1.0' encoding='utf-7'?>" + RSS.format(""),
        "<html><body/></html>",
        "<rss xmlns:dc='http://purl.org/dc/terms/'><channel/></rss>",
        "<rss xmlns:x='urn:a'><channel><b xmlns:x='urn:c'/></channel></rss>",
        "",
        "not XML",
    ],
)
def test_what_is_not_plain_to_see_is_declined(text: str) -> None:
    assert quick(text) is None


@pytest.mark.parametrize(
    "text",
    [
        RSS.format("<item><link href='/a'><description>x</description></link></item>"),
        RSS.format("<item><link href='/a'><link>/b</link></link></item>"),
        ATOM.format(
            "<media:group xmlns:media='http://search.yahoo.com/mrss/' xml:base='http://b.test/'>"
            "<id>x</id><link>y</link></media:group>"
        ),
        RSS.replace("<rss", "<rss xmlns:media='http://search.yahoo.com/mrss/'").format(
            "<item><media:group xml:lang='ko'><title>x</title></media:group></item>"
        ),
        ATOM.format(
            "<summary type='xhtml'><rights>a</rights><contributor>b</contributor></summary>"
        ),
        RSS.format("<item><description type='xhtml'><name>a</name>b</description></item>"),
    ],
)
def test_what_changes_the_meaning_of_what_it_holds_is_told_the_same(text: str) -> None:
    found = quick(text)
    assert found is None or found == parse_xml(text.encode(), "application/xml", URL)


@pytest.mark.parametrize(
    "author",
    [
        "tips@news.test (Kim Minsu)",
        "Kim Minsu &lt;kim.m@sub.news.test&gt;",
        "@kim",
        "Kim @ Seoul",
        "a@b",
        "a@b.c",
        "kim@[10.0.0.1]",
        "kim@news.test, lee@news.test",
        "kim@news.test?subject=x",
        "K" * 90 + " kim@news.test",
    ],
)
def test_authors_with_mail_are_told_the_same(author: str) -> None:
    text = RSS.format(f"<item><title>x</title><author>{author}</author></item>")
    found = quick(text)
    assert found is None or found == parse_xml(text.encode(), "application/xml", URL)


def test_an_author_with_mail_as_most_write_it_is_not_declined() -> None:
    for author in ("tips@news.test (Kim Minsu)", "Kim &lt;kim.m@sub.news.test&gt;", "@kim"):
        assert quick(RSS.format(f"<item><title>x</title><author>{author}</author></item>"))


def test_text_that_is_not_utf_8_is_declined() -> None:
    assert quick(RSS.format("<item><title>caf\xe9</title></item>").encode("latin-1")) is None


def test_no_file_is_read_and_no_entity_expanded() -> None:
    bomb = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><rss><channel>&b;</channel></rss>"
    assert quick(bomb) is None


def test_an_author_of_any_length_costs_little() -> None:
    found = quick(RSS.format(f"<item><title>x</title><author>{'a' * 90_000}@</author></item>"))
    assert found is not None
    assert len(found.entries[0].authors[0]) <= 200


@pytest.mark.skipif(not CORPORA.is_dir(), reason="CORPORA_DATA names no folder")
@pytest.mark.parametrize("name", ["feeds_real", "feeds_spec"])
def test_real_feeds_are_told_the_same(name: str) -> None:
    declined = 0
    lines = (CORPORA / name / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    for case in map(json.loads, lines):
        body = gzip.decompress((CORPORA / name / "files" / case["file"]).read_bytes())
        found = read_quickly(body, "", URL)
        declined += found is None
        assert found is None or found == parse_xml(body, "", URL), case["id"]
    assert declined < len(lines) / 2
