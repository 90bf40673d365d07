"""What a page can cost a worker: every hostile shape ends, and in its text."""

from collections.abc import Callable

import pytest

from crawler.extract import authors, dates, text
from crawler.extract.said import said_by
from crawler.extract.tree import is_large, tree_of
from news.page import Page
from tests.ending import must_end
from tests.unit.crawler.extract.pages import BODY, LEAD, SECOND, html, page

STORY = f"<h1>Crane comes down</h1>{BODY}"
BELOW = {
    "links": "".join(f"<a href='/x/{n}'>link {n}</a> " for n in range(50_000)),
    "boxes": "<div>small</div>" * 200_000,
    "spans": "<span>s</span>" * 200_000,
    "open paragraphs": "<p>short one" * 100_000,
    "announcements": "<h2>Read more</h2><p>x</p>" * 20_000,
    "links with paragraphs": "<a><p>" * 50_000,
    "marks": "<div itemscope><span itemprop='author'>x</span></div>" * 50_000,
    "bylines": "<div class='author'>By John Smith</div>" * 50_000,
    "days": "<div>12 March 2024</div>" * 100_000,
    "attributes": f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>x</p>",
    "headings": "<h1>" * 50_000,
    "boxes of others": "<div class='related'><p>x y z</p></div>" * 50_000,
}
AROUND = {
    "tables": ("<table><tr><td>", "</td></tr></table>"),
    "boxes": ("<div>", "</div>"),
    "spans": ("<span>", "</span>"),
    "quotes": ("<blockquote>", "</blockquote>"),
}


@pytest.mark.parametrize("shape", BELOW)
def test_a_story_above_too_much_of_anything_is_read(shape: str) -> None:
    with must_end():
        read = page(html(body=STORY + BELOW[shape]))
    assert read.text == f"{LEAD}\n{SECOND}"


@pytest.mark.parametrize("shape", AROUND)
@pytest.mark.parametrize("depth", [300, 1_000, 3_000, 20_000])
def test_a_story_however_deep_is_read(shape: str, depth: int) -> None:
    opened, closed = AROUND[shape]
    with must_end():
        read = page(html(body=opened * depth + STORY + closed * depth))
    assert LEAD in read.text
    assert SECOND in read.text


def test_a_story_within_thousands_of_open_links_is_read() -> None:
    with must_end():
        read = page(html(body="<a href='/x'><p>" * 50_000 + STORY))
    assert LEAD in read.text


@pytest.mark.parametrize(
    "body", [STORY + "<br>" * 30_000, "<div>" * 500 + STORY], ids=["wide", "deep"]
)
def test_no_library_searches_a_large_page(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a large page was given to a search whose work grows faster than the page")

    for room, name in (
        (authors, "extract_author"),
        (dates, "find_date"),
        (text, "bare_extraction"),
        (text, "without_boxes"),
    ):
        monkeypatch.setattr(room, name, refuse)
    assert page(html(body=body)).text == f"{LEAD}\n{SECOND}"


@pytest.mark.parametrize(
    ("body", "large"),
    [
        (STORY, False),
        ("<br>" * 19_000, False),
        ("<br>" * 21_000, True),
        ("<div>" * 300, False),
        ("<div>" * 500, True),
    ],
)
def test_a_page_is_large_by_its_elements_and_its_depth(body: str, *, large: bool) -> None:
    tree = tree_of(html(body=body))
    assert tree is not None
    assert is_large(tree) is large
    assert said_by(tree).large is large


def test_all_elements_are_of_one_class_and_ask_no_python_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("each look at an element asked a function of Python for its class")

    monkeypatch.setattr("lxml.html.HtmlElementClassLookup.lookup", refuse)
    tree = tree_of(html(body="<form><input><select></select></form><!-- x --><?php x ?>"))
    assert tree is not None
    assert [one.tag for one in tree.iter("form", "input")] == ["form", "input"]


def test_no_page_makes_the_search_for_dates_load_every_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        pytest.fail("the parser of dates in all languages was loaded")

    monkeypatch.setattr("htmldate.extractors.get_external_parser", refuse)
    body = BODY + "<p>on a day in the 3rd week of Marchy 2021</p><div>12. foo 2020</div>"
    assert page(html(body=body)).published is None


@pytest.mark.parametrize("markup", ["<" * 200_000, "<br " * 100_000])
def test_markup_without_end_in_a_pages_data_ends(markup: str) -> None:
    data = f'{{"@type":"NewsArticle","headline":"Crane comes down","articleBody":"{markup}"}}'
    with must_end():
        read = page(html(head=f'<script type="application/ld+json">{data}</script>'))
    assert isinstance(read, Page)


def test_five_megabytes_of_one_kind_end() -> None:
    makers: list[Callable[[int], str]] = [
        lambda size: f"<p>{LEAD}</p>" * (size // len(LEAD)),
        lambda size: "<p>" + "word, and. " * (size // 11),
        lambda size: "a line of text, with words.<br>" * (size // 31),
        lambda size: "<b>x</b>y 2021 " * (size // 15),
    ]
    for make in makers:
        with must_end():
            assert page(html(body=f"{STORY}<div>{make(5_000_000)}</div>")).text
