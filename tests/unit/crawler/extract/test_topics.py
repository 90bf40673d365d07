"""Topics: one good list of what an article is about, out of many."""

import json

import pytest

from crawler.extract.said import said_by
from crawler.extract.topics import topics_of
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import BODY, URL, html, page

TWO = (
    '<div><b class="tag"><a href="/thema/c">Cranes</a></b>'
    '<b class="tag"><a href="/thema/h">Harbours</a></b></div>'
)


def meta(name: str, *contents: str) -> str:
    return "".join(f'<meta property="{name}" content="{content}">' for content in contents)


def topics(head: str = "", *, more: str = "", facts: dict[str, object] | None = None) -> list[str]:
    thing = json.dumps({"@type": "NewsArticle", "headline": "Crane comes down", **(facts or {})})
    script = f'<script type="application/ld+json">{thing}</script>'
    tree = tree_of(html(head + script, BODY + more))
    assert tree is not None
    return list(topics_of(tree, said_by(tree, URL)))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (meta("article:tag", "Cranes", "Harbours"), ["Cranes", "Harbours"]),
        (meta("article:tag", "Cranes,Harbours,Cranes"), ["Cranes", "Harbours"]),
        (meta("keywords", "Cranes, Harbours ,cranes"), ["Cranes", "Harbours"]),
        (meta("news_keywords", "起重机、港口，起重机"), ["起重机", "港口"]),
        (meta("keywords", "Law &amp;amp; order; #Harbours"), ["Law & order", "Harbours"]),
        (meta("keywords", "https://x.test, 7, {tag}, harbour.test, a"), []),
        (meta("keywords", "Cranes, 8f507083-bac4-423a-9015-2eb31e1bce50"), ["Cranes"]),
        (meta("keywords", "x" * 100 + ", Cranes"), ["Cranes"]),
        (
            meta("article:tag", "AERO,CRSH,INDS08,PACKAGE:TOP") + meta("article:section", "Sky"),
            ["Sky"],
        ),
        (meta("article:tag", "NATO"), ["NATO"]),
        (meta("keywords", "Cranes") + meta("article:tag", "Front page"), ["Cranes"]),
        # The site's own name stands in the list that it writes on every page.
        (
            meta("og:site_name", "The Harbour")
            + meta("keywords", "News, The Harbour, Sports")
            + meta("article:tag", "Cranes"),
            ["Cranes"],
        ),
        (
            meta("og:site_name", "The Harbour") + meta("keywords", "Quays, The Harbour"),
            ["Quays"],
        ),
        (meta("article:section", "Ports"), ["Ports"]),
        ("", []),
    ],
)
def test_metas_name_topics(head: str, expected: list[str]) -> None:
    assert topics(head) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"keywords": "Cranes, Harbours"}, ["Cranes", "Harbours"]),
        ({"keywords": ["Cranes", "Harbours", 7, None]}, ["Cranes", "Harbours"]),
        ({"keywords": [{"name": "Cranes"}]}, ["Cranes"]),
        ({"keywords": ["Day: Friday", "Subject: Cranes", "Subject: Ports"]}, ["Cranes", "Ports"]),
        ({"keywords": ["Day: Friday", "Words: 90", "Cranes"]}, ["Cranes"]),
        ({"keywords": ["Analysis: what now", "Cranes"]}, ["Analysis: what now", "Cranes"]),
        ({"keywords": "many words in a row with no sign between"}, []),
        ({"about": [{"name": "Cranes"}], "articleSection": "Ports"}, ["Cranes"]),
        ({"articleSection": ["Ports"]}, ["Ports"]),
    ],
)
def test_data_name_topics(facts: dict[str, object], expected: list[str]) -> None:
    assert topics(facts=facts) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            '<ul class="tags"><a href="/tag/c">Cranes</a><li><a href="/tag/h">Harbours</a></ul>',
            ["Cranes", "Harbours"],
        ),
        ('<div class="singleTopicList"><a rel="tag" href="/c">Cranes</a></div>', ["Cranes"]),
        (TWO, ["Cranes", "Harbours"]),
        ('<nav class="tags"><a href="/tag/c">Cranes</a></nav>', []),
        ('<div class="trending-tags"><a href="/tag/c">Cranes</a></div>', []),
        ('<div class="tags"><p>So <a href="/tag/c">Cranes</a> fall.</p></div>', []),
        ('<div class="stage"><a href="/tag/c">Cranes</a></div>', []),
    ],
)  # fmt: skip
def test_lists_that_people_see_name_topics(more: str, expected: list[str]) -> None:
    assert topics(more=more) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            (
                "<ul><li><a href='/p/cranes/'>Cranes</a></li><li><a href='/r/storm'>Storm</a>"
                "<li><a href='/r/look-out'>Look-out</a></li></ul>"
            ),
            ["Cranes", "Storm", "Look-out"],
        ),
        # Of two rows the last; it need not be a list.
        (
            (
                "<div><a href='/c/museum'>Museum</a><a href='/c/storm'>Storm</a></div>"
                "<div><a href='/c/wheels'>Wheels</a><a href='/c/st%C3%B6rm'>Störm</a></div>"
            ),
            ["Wheels", "Störm"],
        ),
        (
            "<div><a href='/c/hafenkraene'>Hafenkräne</a><a href='/c/storm'>Storm</a></div>",
            ["Hafenkräne", "Storm"],
        ),
        ("<div class='foot'><a href='/c/storm'>Storm</a><a href='/c/museum'>Museum</a></div>", []),
        ("<div><a href='/c/contact'>Contact</a><a href='/c/storm'>Storm</a></div>", []),
        # A menu: nothing of it stands in the story.
        ('<div><a href="/s/soccer">Soccer</a><a href="/s/tennis">Tennis</a></div>', []),
        ('<nav><a href="/c/storm">Storm</a><a href="/c/museum">Museum</a></nav>', []),
        ('<p><a href="/c/storm">Storm</a><a href="/c/museum">Museum</a></p>', []),
        ('<div><a href="/c/storm">Storm</a></div>', []),
        ('<div><a href="/storm">Storm</a><a href="/museum">Museum</a></div>', []),
        ('<div><a href="/c/7">Storm</a><a href="http://[x">Museum</a><a>Harbour</a></div>', []),
    ],
)
def test_links_to_what_is_filed_under_their_words_name_topics(
    more: str, expected: list[str]
) -> None:
    assert topics(more=more) == expected


def test_many_links_are_passed_over() -> None:
    assert topics(more='<div><a href="/c/storm">Storm</a></div>' * 30_000) == []


def test_topics_are_bounded() -> None:
    assert len(topics(meta("keywords", ", ".join(f"Crane {n} of {n}" for n in range(90))))) == 30


def test_a_single_link_that_says_it_is_a_tag_is_a_topic() -> None:
    below = '<div class="end"><a rel="tag" href="/t/1">Floods</a></div>'
    menu = '<nav><a rel="tag" href="/t/2">World</a></nav>'
    shelf = '<p class="end"><a rel="category tag" href="/c/3">News</a></p>'
    assert page(html(body=menu + "<h1>Crane comes down</h1>" + BODY + below)).topics == ("Floods",)
    assert page(html(body=menu + "<h1>Crane comes down</h1>" + BODY + shelf)).topics == ()
