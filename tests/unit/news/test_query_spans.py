"""Spans: the places in the article's own text that made a query true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.match import Span
from news.query.evaluate import compiled
from news.query.parse import parse
from news.query.spans import MOST_SPANS, Places, spans
from news.query.tree import Query
from news.text import analyze, located, tokens
from tests.queries import ALIASES, Text, Written, aliased, articles, texts


def read(text: str) -> Query:
    query = parse(text, ALIASES)
    assert isinstance(query, Query), query
    return query


def shown(query: str, title: str, body: str) -> list[tuple[str, str, str]]:
    """Return field, text and term of each span."""
    texts = {"title": title, "body": body}
    return [
        (span.field, texts[span.field][span.start : span.end], span.term)
        for span in spans(read(query), title, body)
    ]


@pytest.mark.parametrize(
    ("query", "title", "body", "expected"),
    [
        ("kim", "Kim!", "No, Kim’s", [("title", "Kim", "kim"), ("body", "Kim", "kim")]),
        ("Jong-un", "Kim Jong\u00adUn", "", []),
        ("Jong-un", "Kim Jong-Un!", "", [("title", "Jong-Un", '"jong un"')]),
        ("김정은", "(김 정은이)", "", [("title", "김 정은", "김정은")]),
        ("йод", "«И\u0306од»", "", [("title", "И\u0306од", "йод")]),
        ("プーチン", "", "ﾌﾟｰﾁﾝ氏", [("body", "ﾌﾟｰﾁﾝ", "プーチン")]),
        ("strass*", "Straßen", "", [("title", "Straßen", "strass*")]),
        ("محمد", "مُحَمَّد", "", [("title", "مُحَمَّد", "محمد")]),
        ("kim -kursk", "kim", "x", [("title", "kim", "kim")]),
        ("kim -kursk", "kim", "kursk", []),
        ("kim OR kursk", "kim", "x", [("title", "kim", "kim")]),
        ("(kim un) OR kursk", "kursk", "kim", [("title", "kursk", "kursk")]),
        ("title:kim", "x", "kim", []),
        ("title:kim un", "kim", "kim un", [("title", "kim", "kim"), ("body", "un", "un")]),
        ("kim kim", "kim", "", [("title", "kim", "kim")]),
        ("-(-kim)", "kim", "", []),
    ],
)
def test_spans_say_why(
    query: str, title: str, body: str, expected: list[tuple[str, str, str]]
) -> None:
    assert shown(query, title, body) == expected


def test_there_are_at_most_so_many_spans_and_no_term_is_left_out() -> None:
    found = spans(read("the kursk"), "The end", "the " * 500 + "kursk")
    assert len(found) == MOST_SPANS
    assert found[0] == Span("title", 0, 3, "the")
    assert found[-1] == Span("body", 2000, 2005, "kursk")


@given(
    st.lists(st.tuples(texts, st.integers(1, 60)), max_size=6).map(
        lambda parts: "".join(text * times for text, times in parts)
    )
)
def test_places_found_by_stretches_are_those_of_the_whole_text(text: str) -> None:
    places = Places(text)
    assert [places.of(position) for position in range(len(tokens(text)))] == located(text)


@given(aliased, articles)
def test_what_spans_show_is_what_the_query_asks_for(written: Written, article: Text) -> None:
    query = read(written[0])
    found = spans(query, article.title, article.body)
    if not compiled(query)(analyze(article.title, article.body)):
        assert found == ()
    for span in found:
        text = article.title if span.field == "title" else article.body
        row = tokens(text[span.start : span.end])
        term = read(span.term)
        assert compiled(term)(analyze(" ".join(row), ""))
    assert list(found) == sorted(found, key=lambda span: (span.field == "body", span.start))
