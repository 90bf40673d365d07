"""What a page says of itself: which of its things is its article, and who else speaks of it."""

import json
from typing import Any

import pytest

from crawler.extract.said import Said, said_by
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import BODY, URL, html


def script(*things: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in things
    )


def news(headline: str, **facts: object) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": headline, **facts}


def said(head: str = "", body: str = BODY, *, title: str = "Crane comes down") -> Said:
    tree = tree_of(html(head, body, title=title))
    assert tree is not None
    return said_by(tree, URL)


@pytest.mark.parametrize(
    "head",
    [
        script(news("Crane comes down")),
        script([news("Crane comes down")]),
        script({"@graph": [{"@type": "WebSite"}, news("Crane comes down")]}),
        script({"@type": "WebPage", "mainEntity": news("Crane comes down")}),
        script(
            {"@type": ["Thing", "https://schema.org/NewsArticle"], "headline": "Crane comes down"}
        ),
        script(news("A ferry sinks"), news("Crane comes down")),
        script(
            {"@type": "ItemList", "itemListElement": [news("A ferry")]}, news("Crane comes down")
        ),
        script(news("A ferry", url="/other"), news("Crane comes down", url="/news/crane")),
        script(news("Crane comes down", hasPart=[news("A ferry sinks")])),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": '
            '"Crane comes down", "author": "Ann "Sandy" Sand",}</script>'
        ),
    ],
)
def test_the_article_is_the_one_that_the_page_is_about(head: str) -> None:
    assert said(head).text("headline") == "Crane comes down"


def test_an_address_tells_more_than_the_order() -> None:
    told = said(
        script(
            news("A ferry sinks", url="https://www.harbour.test/news/ferry"),
            news("Old crane taken down", mainEntityOfPage={"@id": URL + "?from=feed"}),
        ),
        title="Harbour",
    )
    assert told.text("headline") == "Old crane taken down"


def test_a_reference_is_what_stands_under_its_id() -> None:
    told = said(
        script(
            {
                "@graph": [
                    news(
                        "Crane comes down",
                        author=[{"@id": "#ann"}],
                        publisher={"@id": "#harbour"},
                    ),
                    {"@type": "Person", "@id": "#ann", "name": "Ann Sand"},
                    {"@type": "Organization", "@id": "#harbour", "name": "The Harbour"},
                ]
            }
        )
    )
    assert told.article["author"][0]["name"] == "Ann Sand"
    assert told.article["publisher"]["name"] == "The Harbour"


def test_what_the_best_thing_leaves_open_is_filled_from_others_of_the_same_article() -> None:
    told = said(
        script(
            news("Crane comes down", author=None, datePublished="2026-03-04"),
            {"@type": "LiveBlogPosting", "headline": "Crane comes down", "author": "Ann Sand"},
            news("A ferry sinks", author="Bo Lee", articleBody="Away."),
            {"@type": "WebPage", "url": URL, "name": "Crane | Harbour", "inLanguage": "en"},
        )
    )
    assert (told.article["author"], told.article["datePublished"]) == ("Ann Sand", "2026-03-04")
    assert told.article["inLanguage"] == "en"
    assert "articleBody" not in told.article
    assert "name" not in told.article


@pytest.mark.parametrize(
    "body",
    [
        (
            '<article itemscope itemtype="https://schema.org/NewsArticle">'
            '<h1 itemprop="headline">Crane comes down</h1>'
            '<span itemprop="author" itemscope><b itemprop="name">Ann Sand</b></span>'
            '<span itemprop="author"><meta itemprop="name" content="Bo Lee"></span>'
            '<time itemprop="datePublished" datetime="2026-03-04T05:06Z">Wednesday</time></article>'
        ),
        (
            '<article typeof="schema:NewsArticle">'
            '<h1 property="schema:headline">Crane comes down</h1>'
            '<a property="schema:author">Ann Sand</a><a property="schema:author">Bo Lee</a>'
            '<time property="schema:datePublished" content="2026-03-04T05:06Z"></time></article>'
        ),
    ],
)
def test_marked_up_text_is_a_witness_too(body: str) -> None:
    told = said(body=body + BODY)
    assert told.text("headline") == "Crane comes down"
    assert told.article["author"] == ["Ann Sand", "Bo Lee"]
    assert told.text("datePublished") == "2026-03-04T05:06Z"


def test_metas_and_headings_are_collected() -> None:
    told = said(
        '<meta property="og:title" content="One"><meta name="AUTHOR" content="Ann"><meta name="x">'
        '<meta itemprop="author" content="Bo">',
        '<nav class="breadcrumbs"><h1>News</h1></nav><h1> Crane </h1><h2>Why</h2><h1></h1>',
    )
    assert list(told.all("og:title", "author")) == ["One", "Ann", "Bo"]
    assert (told.headings, told.subheadings, told.trail) == (["Crane"], ["Why"], True)
    assert told.page_title == "Crane comes down"


@pytest.mark.parametrize(
    "thing",
    [
        {"@type": "NewsArticle", "headline": ["Crane", 7], "author": {"@id": "#a"}},
        {"@type": 7, "@graph": None},
        {"@id": ["x"], "@type": ["NewsArticle", 3], "url": {"@id": {}}, "mainEntityOfPage": [URL]},
        {"@type": "NewsArticle", "url": "http://[broken", "headline": ""},
        [[[["NewsArticle"]]]],
        "NewsArticle",
        7,
    ],
)
def test_no_thing_is_too_odd(thing: object) -> None:
    assert said(script(thing, {"@id": "#a", "author": {"@id": "#a"}})).headings == []


def test_many_things_and_deep_ones_are_passed_over() -> None:
    deep: Any = news("Crane comes down")
    for _ in range(300):
        deep = {"@graph": [deep]}
    many = {"@graph": [news("A ferry", about=[{"name": str(n)} for n in range(90)])] * 300}
    assert said(script(many, deep)).text("headline") in ("A ferry", "Crane comes down")
