"""The presearch: a watch waits where an article that it holds for must come by."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.presearch import Anchoring, Anchors, Pair, Waiting
from news.query.evaluate import compiled
from news.query.parse import parse
from news.query.tree import Prefix, Query, Word
from news.text import analyze
from tests.queries import ALIASES, Text, Written, aliased, articles


@dataclass(frozen=True)
class Counted:
    """Knows how common some words are; all others do not occur."""

    words: Mapping[str, int]

    def of(self, term: str) -> int:
        return self.words.get(term, 0)


def read(text: str) -> Query:
    query = parse(text, ALIASES)
    assert isinstance(query, Query), query
    return query


@pytest.mark.parametrize(
    ("query", "words", "anchors"),
    [
        ("the kursk", {"the": 900, "kursk": 3}, {Word("kursk")}),
        ("the kursk", {}, {Word("kursk")}),
        ('"kim jong un"', {"kim": 9, "jong": 2, "un": 1}, {Pair("jong", "un")}),
        ("김정은", {"김": 900, "정": 50, "은": 900}, {Pair("김", "정")}),
        ('"kim sold*"', {"kim": 9}, {Prefix("sold")}),
        ("(kim OR lee) the", {"kim": 1, "lee": 1, "the": 9}, {Word("kim"), Word("lee")}),
        ("(kim OR lee*) the", {"kim": 9, "the": 9}, {Word("the")}),
        ("kim soldier*", {"kim": 5, "soldier": 4}, {Word("kim")}),
        ("kim soldier*", {"kim": 50, "soldier": 4}, {Prefix("soldier")}),
        ("kim -football", {"kim": 9}, {Word("kim")}),
        ("title:kim", {}, {Word("kim")}),
        ("kim OR -football", {}, None),
        ("-(-kim)", {}, None),
        ("kursk -(-kim)", {}, {Word("kursk")}),
    ],
)
def test_a_query_is_anchored_by_the_rarest_of_what_it_needs(
    query: str, words: dict[str, int], anchors: Anchors
) -> None:
    assert Anchoring(Counted(words)).of(read(query).root) == anchors


@pytest.mark.parametrize(
    ("anchors", "title", "body", "asked"),
    [
        ({Word("kim")}, "Kim", "", True),
        ({Word("kim")}, "", "Kims", False),
        ({Word("kim"), Word("lee")}, "", "lee", True),
        ({Prefix("internationali")}, "", "interest", True),
        ({Prefix("internationali")}, "", "indoor", False),
        ({Prefix("un")}, "", "unit", True),
        ({Prefix("uni")}, "", "un", False),
        ({Pair("김", "정")}, "김정은", "", True),
        ({Pair("김", "정")}, "김", "정", False),
        ({Pair("김", "정")}, "", "정김", False),
        (None, "", "", True),
    ],
)
def test_an_article_asks_for_the_watches_at_its_anchors(
    anchors: Anchors, title: str, body: str, *, asked: bool
) -> None:
    waiting = Waiting()
    waiting.add(1, None if anchors is None else frozenset(anchors))
    assert waiting.asked_by(analyze(title, body)) == ({1} if asked else set())


@given(
    aliased,
    articles,
    st.dictionaries(
        st.sampled_from(["kim", "un", "김", "정", "strasse", "unit"]), st.integers(0, 9)
    ),
)
def test_no_article_passes_by_a_watch_that_holds(
    written: Written, article: Text, words: dict[str, int]
) -> None:
    query = read(written[0])
    anchors = Anchoring(Counted(words)).of(query.root)
    waiting = Waiting()
    waiting.add(1, anchors)
    analyzed = analyze(article.title, article.body)
    assert waiting.asked_by(analyzed) == {1} or not compiled(query)(analyzed)
    waiting.remove(1, anchors)
    assert not waiting
    assert waiting.asked_by(analyzed) == set()
