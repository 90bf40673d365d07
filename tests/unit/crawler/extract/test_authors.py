"""Authors: the names in what pages say, and nothing else that stands beside them."""

import json

import pytest

from crawler.extract.author_names import looks_personal, names_in
from crawler.extract.authors import authors_of
from crawler.extract.said import said_by
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import BODY, URL, html


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ann Sand", ["Ann Sand"]),
        ("By Ann Sand and Bo Lee", ["Ann Sand", "Bo Lee"]),
        ("Von Ann Sand und Bo Lee", ["Ann Sand", "Bo Lee"]),
        ("Autor: Ann Sand und Bo Lee, Berlin", ["Ann Sand", "Bo Lee", "Berlin"]),
        ("Par Ann Sand et Bo Lee", ["Ann Sand", "Bo Lee"]),
        ("Por Ann Sand y Bo Lee", ["Ann Sand", "Bo Lee"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Автор: Анна Песок и Борис Ли", ["Анна Песок", "Борис Ли"]),
        ("بقلم آن ساند", ["آن ساند"]),
        ("홍길동 기자", ["홍길동"]),
        ("홍길동·김철수 기자", ["홍길동", "김철수"]),
        ("[서울=하루뉴스] 홍길동 특파원", ["홍길동"]),
        ("记者 王小明", ["王小明"]),
        ("作者：王小明、李四", ["王小明", "李四"]),
        ("山田太郎記者", ["山田太郎"]),
        ("Ann Sand, Bo Lee & Cy Dow", ["Ann Sand", "Bo Lee", "Cy Dow"]),
        ("Ann Sand; Bo Lee", ["Ann Sand", "Bo Lee"]),
        ("Sand, Ann", ["Ann Sand"]),
        ("Ann Sand, Jr.", ["Ann Sand, Jr."]),
        ("Ann Sand, Political Editor", ["Ann Sand"]),
        ("Ann Sand | Korrespondentin", ["Ann Sand", "Korrespondentin"]),
        ("Ann Sand (Reuters)", ["Ann Sand"]),
        ("Ann Sand in Kyiv", ["Ann Sand"]),
        ("Ann Sand ann@harbour.test", ["Ann Sand"]),
        ("srf/ann;bo", ["srf/ann", "bo"]),
        ("Ann Sand, ann sand, ANN-SAND", ["Ann Sand"]),
        ("Reuters", ["Reuters"]),
        ("(Image: Some Agency)", []),
        ("Photo by Cy Dow", []),
        ("https://social.test/ann", []),
        ("social.test/ann", []),
        ("@ann", []),
        ("admin", []),
        ("12 March 2026", []),
        ("By", []),
        ("-", []),
        ("a word " * 20, []),
        ("", []),
    ],
)
def test_a_line_holds_these_names(line: str, expected: list[str]) -> None:
    assert list(names_in([line])) == expected


def test_names_are_bounded() -> None:
    assert len(names_in([f"Ann Sand{'abcdefghijklmnopqrstuvwxyz'[n]}" for n in range(26)])) == 20
    assert list(names_in([", " * 100_000 + "x" * 100_000])) == []


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ann Sand"], 1),
        (["Ann van der Sand"], 1),
        (["홍길동"], 1),
        (["Authors"], 0),
        (["Read more"], 0),
        (["Ann Sand writes"], 0),
        (["Ann Sand", "Follow us"], 0),
        ([], 0),
    ],
)
def test_a_persons_name_has_a_shape(names: list[str], expected: int) -> None:
    assert looks_personal(names) == bool(expected)


def authors(head: str = "", byline: str = "", **facts: object) -> list[str]:
    thing = json.dumps({"@type": "NewsArticle", "headline": "Crane comes down", **facts})
    script = f'<script type="application/ld+json">{thing}</script>'
    tree = tree_of(html(head + script, byline + BODY))
    assert tree is not None
    return list(authors_of(tree, said_by(tree, URL)))


PAPER = {"@type": "Organization", "name": "The Harbour"}
SITE = '<meta property="og:site_name" content="The Harbour">'


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"name": "Ann Sand"}, ["Ann Sand"]),
        ([{"name": "Ann Sand"}, {"name": "Bo Lee"}], ["Ann Sand", "Bo Lee"]),
        ({"name": ["Ann Sand", "Bo Lee"]}, ["Ann Sand", "Bo Lee"]),
        ({"givenName": "Ann", "familyName": "Sand"}, ["Ann Sand"]),
        ({"name": {"name": "Ann Sand"}}, ["Ann Sand"]),
        ([["Ann Sand"], None, 7, {}], ["Ann Sand"]),
        ("Ann S&amp;nd", ["Ann S", "nd"]),
    ],
)
def test_what_the_data_say_counts_first(author: object, expected: list[str]) -> None:
    assert authors(author=author) == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ('<p class="byline">By <a href="/authors/ann">Ann Sand</a></p>', ["Ann Sand"]),
        ('<a rel="author" href="/x">Ann Sand</a>', ["Ann Sand"]),
        (
            '<div><a href="/author/ann">Ann Sand</a><a href="/author/bo">Bo Lee</a></div>',
            ["Ann Sand", "Bo Lee"],
        ),
        ('<a href="/authors">All Authors</a>', ["The Harbour"]),
        ('<div class="author-bio">Ann Sand writes of ports.</div>', ["The Harbour"]),
        ('<ul class="comments"><li class="author">Cy Dow</li></ul>', ["The Harbour"]),
        ('<figure class="caption"><b class="author">Cy Dow</b></figure>', ["The Harbour"]),
        ("", ["The Harbour"]),
    ],
)
def test_a_byline_says_more_than_a_site_that_names_itself(byline: str, expected: list[str]) -> None:
    assert authors(SITE, byline, author=PAPER) == expected


def test_of_two_bylines_the_first_is_the_articles() -> None:
    first = '<header><p class="byline">Ann Sand</p></header>'
    other = '<section><div><div><p class="byline">Bo Lee</p></div></div></section>'
    assert authors(byline=first + other) == ["Ann Sand"]


def test_without_any_word_for_it_a_name_is_guessed_by_its_look() -> None:
    assert authors(byline='<div class="post-info"><span class="postby">Ann Sand</span></div>') == []
    assert authors(byline='<span class="username">Ann Sand</span>') == ["Ann Sand"]
    assert authors(byline='<span class="username">sandy</span>') == []


def test_who_is_not_named_is_not_made_up() -> None:
    assert authors() == []
