"""Pages that should not be: huge, deep, broken, something else altogether."""

from datetime import UTC, datetime
from functools import partial

import pytest

from crawler.lists.find import MOST_ENTRIES, Asked, Found, FoundLinks, NotAList, find
from crawler.lists.selector import selector_fault
from tests.ending import calls_of, must_end

LINK = (
    '<li><a href="/2026/11/23/a-story-number-{0}">A story that is long enough, number {0}</a></li>'
)


def look(body: bytes, content_type: str = "text/html", **changed: str) -> Found:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    asked = Asked(
        url=changed.get("url", "http://a.example/"),
        headers={"content-type": content_type},
        links=changed.get("links"),
        learned=None,
        now=now,
    )
    return find(body, asked)


def urls(found: Found) -> list[str | None]:
    assert isinstance(found, FoundLinks), found
    return [entry.url for entry in found.entries]


def test_fifty_thousand_links_cost_seconds_and_bring_a_thousand() -> None:
    with must_end():
        found = look("".join(LINK.format(n) for n in range(50_000)).encode())
    assert len(urls(found)) == MOST_ENTRIES


def test_a_thousand_nested_boxes_are_only_boxes() -> None:
    deep = "<div class='a'>" * 1_000 + "".join(map(LINK.format, range(5))) + "</div>" * 1_000
    assert len(urls(look(deep.encode()))) == 5


def test_a_deep_page_costs_no_more_for_each_of_its_links() -> None:
    links = "".join(LINK.format(n) for n in range(2_000))
    pages = [("<div class='a b c'>" * depth + links).encode() for depth in (1, 250)]
    assert [len(urls(look(page))) for page in pages] == [MOST_ENTRIES, MOST_ENTRIES]
    flat, deep = (calls_of(partial(look, page)) for page in pages)
    assert deep < flat * 1.1


def test_however_deep_a_page_is_the_navigation_is_known_as_such() -> None:
    deep = "<div>" * 200 + "<nav>" + "".join(map(LINK.format, range(5))) + "</nav>"
    shallow = "<nav>" + "".join(map(LINK.format, range(5))) + "</nav>"
    stories = "".join(f"<h2>{LINK.format(n)}</h2>" for n in range(5, 20))
    assert urls(look((stories + deep).encode())) == urls(look((stories + shallow).encode()))


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"", "text/html", "the page is empty"),
        (b"   \n", "text/html", "the page is empty"),
        (b"%PDF-1.7 ...", "text/html", "it is a PDF, not a page"),
        (b"\x00\x00\x00\x18ftypmp42", "text/html", "it is a media file, not a page"),
        (b"\x89PNG....", "image/png", "it is an image, not a page"),
        (b'{"a": 1}', "application/json", "it is 'application/json', not a page"),
        (b"<!-- -->", "text/html", "the page is empty"),
    ],
)
def test_what_is_no_page_is_said(body: bytes, content_type: str, words: str) -> None:
    assert look(body, content_type) == NotAList(words)


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe\x00\xd8" * 500,
        b"<a href=" * 5_000,
        b"<<<>>>&&&;;;" * 999,
        b"<html>\x00<a href='/x'>",
    ],
)
def test_garbage_tells_nothing_and_harms_nothing(body: bytes) -> None:
    assert isinstance(look(body), NotAList)


def test_a_refresh_leads_nowhere() -> None:
    body = b'<meta http-equiv="refresh" content="0; url=http://127.0.0.1/admin"><p>moved</p>'
    assert isinstance(look(body), NotAList)


def test_links_that_are_none_are_left_out() -> None:
    bad = (
        "javascript:alert(1)", "mailto:a@b.example", "file:///etc/passwd", "data:text/html,x",
        "http://user:word@a.example/2026/11/23/x-y-z", "#top", "", "http://[::1", "tel:1",
        "http:\\\\a.example/2026/11/23/x-y-z", "http://a.example:99999/2026/11/23/x-y-z",
    )  # fmt: skip
    html = "".join(f'<h2><a href="{href}">A headline that is long enough</a></h2>' for href in bad)
    good = "".join(map(LINK.format, range(3)))
    assert len(urls(look((html + good).encode()))) == 3


def test_a_page_says_to_what_its_links_are_relative() -> None:
    html = '<base href="/deep/er/">' + LINK.format(1).replace('href="/', 'href="') * 3
    assert urls(look(html.encode(), links="li > a")) == [
        "http://a.example/deep/er/2026/11/23/a-story-number-1"
    ]


def test_a_wrong_charset_is_not_believed() -> None:
    html = "".join(
        f'<li><a href="/2026/11/23/n{n}">Новости дня: гроб под флагом {n}</a></li>'
        for n in range(4)
    )
    found = look(html.encode(), "text/html; charset=iso-8859-1")
    assert isinstance(found, FoundLinks)
    assert found.entries[0].title == "Новости дня: гроб под флагом 0"


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ("a[", "this is not a CSS selector"),
        ("h3 >", "this is not a CSS selector"),
        ("a::attr(href)", "name the links themselves"),
        ("a:no-such-thing", "this is not a CSS selector"),
    ],
)
def test_a_bad_selector_is_refused_in_words(selector: str, words: str) -> None:
    assert words in (selector_fault(selector) or "")


@pytest.mark.parametrize("selector", ["a", "h3 > a", "div.story a[href*='2026']", "li:not(.ad) a"])
def test_a_good_selector_is_none_to_speak_of(selector: str) -> None:
    assert selector_fault(selector) is None
