"""JSON Feed, whole and broken."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.feeds.document import NotAFeed, ParsedFeed
from crawler.feeds.parse import parse
from news.entry import Entry

URL = "https://news.test/feed.json"
VERSION = "https://jsonfeed.org/version/1.1"
ITEM: dict[str, Any] = {
    "id": "7",
    "url": "/world/7",
    "title": "A coffin & <b>",
    "summary": "It came home.",
    "content_html": "<p>It came home.</p><p>Nobody spoke.</p>",
    "date_published": "2024-11-05T09:10:00+03:00",
    "date_modified": "2024-11-05T06:20:00Z",
    "authors": [{"name": "A. Reporter"}, {"url": "x"}, 7],
    "language": "ko",
}


def read(document: object) -> ParsedFeed:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    parsed = parse(body, {}, URL)
    assert isinstance(parsed, ParsedFeed), parsed
    return parsed


def feed(*items: object, **more: object) -> dict[str, object]:
    return {"version": VERSION, "title": "News", "items": list(items), **more}


def test_a_feed() -> None:
    found = read(feed(ITEM))
    assert found.title == "News"
    assert found.entries == (
        Entry(
            own_id="7",
            url="https://news.test/world/7",
            title="A coffin & <b>",
            summary="It came home.",
            content="It came home.\nNobody spoke.",
            published=datetime(2024, 11, 5, 6, 10, tzinfo=UTC),
            updated=datetime(2024, 11, 5, 6, 20, tzinfo=UTC),
            authors=("A. Reporter",),
            language="ko",
        ),
    )


def test_version_1_names_its_author_otherwise_and_numbers_are_names() -> None:
    item = {"id": 18, "title": "x", "author": {"name": "Anna"}}
    whose = {"name": "Desk"}
    entries = read(feed(item, {"id": 19, "title": "y"}, author=whose, language="de")).entries
    assert [entry.own_id for entry in entries] == ["18", "19"]
    assert [entry.authors for entry in entries] == [("Anna",), ("Desk",)]
    assert {entry.language for entry in entries} == {"de"}


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ({"url": "https://a.test/1"}, "https://a.test/1"),
        ({"external_url": "https://a.test/2"}, "https://a.test/2"),
        ({"id": "https://a.test/3"}, "https://a.test/3"),
        ({"id": "3"}, None),
        ({"url": "javascript:x", "external_url": "https://a.test/4"}, "https://a.test/4"),
        ({"url": ["https://a.test/5"]}, None),
    ],
)
def test_addresses(item: dict[str, object], url: str | None) -> None:
    assert read(feed({"title": "x", **item})).entries[0].url == url


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings(encoding: str) -> None:
    text = json.dumps(feed({"title": "Гроб"}), ensure_ascii=False)
    assert read(text.encode(encoding)).entries[0].title == "Гроб"


@pytest.mark.parametrize(
    "strange",
    [
        {"title": None, "summary": [], "content_text": {}, "authors": "x", "date_published": []},
        {"title": ["x"], "id": {"a": 1}, "url": [5], "author": []},
        "text",
        None,
        7,
        [],
    ],
)
def test_fields_of_the_wrong_kind_are_passed_over(strange: object) -> None:
    assert [e.title for e in read(feed(strange, {"title": "good"})).entries] == ["good"]


def test_a_lone_surrogate_does_not_get_in() -> None:
    body = b'{"version":"jsonfeed.org","items":[{"title":"a\\ud800b","url":"/\\ud800\\u0000c"}]}'
    (entry,) = read(body).entries
    assert entry.title == "ab"
    assert entry.url == "https://news.test/c"


def test_numbers_of_a_million_digits_and_none_at_all() -> None:
    for number in (b"9" * 1_000_000, b"-" + b"9" * 5_000, b"NaN", b"Infinity", b"1e999999"):
        body = b'{"version":"jsonfeed.org","items":[{"title":"x","size":' + number + b"}]}"
        assert read(body).entries[0].title == "x"


def test_a_document_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    whole = json.dumps(feed(*({"id": str(n), "title": f"t{n}"} for n in range(5)))).encode()
    found = read(whole[:-12])
    assert [entry.title for entry in found.entries] == ["t0", "t1", "t2", "t3"]
    assert found.broken == "the document breaks off or is not JSON"


def test_what_breaks_off_before_its_first_item_is_no_empty_feed() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"id": "'
    words = f"the document breaks off after {len(body)} bytes, before its first item"
    assert parse(body, {}, URL) == NotAFeed(words)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{}", "this is JSON, but not a JSON Feed"),
        (b"[1, 2]", "this is JSON, but not a JSON Feed"),
        (b'{"items": [{"id": 1}]}', "this is JSON, but not a JSON Feed"),
        (b'{"items": 7, "version": "jsonfeed.org"}', "this is JSON, but not a JSON Feed"),
        (b"{ broken", "this is JSON, but not a JSON Feed"),
        (b"[" * 100_000, "this JSON is nested too deeply to be a feed"),
        (b'{"a":' * 100_000, "this JSON is nested too deeply to be a feed"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, reason: str) -> None:
    assert parse(body, {}, URL) == NotAFeed(reason)


def test_not_more_than_a_thousand_entries() -> None:
    assert len(read(feed(*({"title": str(n)} for n in range(1_500)))).entries) == 1_000
