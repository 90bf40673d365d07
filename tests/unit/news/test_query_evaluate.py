"""Evaluation: a query holds for an article exactly where QUERY.md says so."""

import pytest
from hypothesis import given

from news.query.evaluate import compiled
from news.query.fault import Fault
from news.query.parse import parse
from news.query.printing import normalise
from news.query.tree import Query
from news.text import analyze
from tests.queries import ALIASES, Text, Written, aliased, articles, holds


def read(text: str) -> Query:
    query = parse(text, ALIASES)
    assert isinstance(query, Query), query
    return query


@given(aliased, articles)
def test_a_compiled_query_agrees_with_the_naive_reading(written: Written, article: Text) -> None:
    text, meant = written
    asked = compiled(read(text))
    assert asked(analyze(article.title, article.body)) == holds(meant, article)


@given(aliased)
def test_the_canonical_print_is_read_as_the_same_tree(written: Written) -> None:
    query = read(written[0])
    again = read(normalise(query))
    assert again.root == query.root
    assert normalise(again) == normalise(query)


@pytest.mark.parametrize(
    ("query", "title", "body", "expected"),
    [
        ("김정은", "김정은이 북한에", "", True),
        ("김정은", "김 정은", "", True),
        ("김정은", "김정일", "", False),
        ("김*", "김정은이", "", True),
        ("北京", "在北京的士兵", "", True),
        ("プーチン", "ﾌﾟｰﾁﾝ大統領", "", True),
        ("カ", "ガ", "", False),
        ("Ёлка йод", "елка", "Йод", True),
        ("иод", "йод", "", False),
        ("محمد", "مُحَمَّد", "", True),
        ("strasse", "Straße", "", True),
        ("gruß", "GRUSS", "", True),
        ("αθηνα", "ΑΘΗΝΆ", "", True),
        ("istanbul", "İSTANBUL", "", True),
        ("istanbul", "ıstanbul", "", True),
        ("russia", "Russia's army", "", True),
        ("Jong-un", "Jong un", "", True),
        ('"jong un"', "jong, un", "", True),
        ('"jong un"', "jong", "un", False),
        ("jong un", "jong", "un", True),
        ('"north kor* sold*"', "North Korean soldiers", "", True),
        ("title:(kim -kursk)", "Kim", "Kursk", True),
        ("title:kim -kursk", "Kim", "Kursk", False),
        ("kim OR kursk pokrovsk", "kim", "", True),
        ("(kim OR kursk) pokrovsk", "kim", "", False),
        ("kim NOT title:(kim OR soldier*)", "Soldiers", "kim", False),
        ("-(-kim)", "kim", "", True),
        ("kim OR -kursk", "nothing", "", True),
    ],
)
def test_a_query_holds(query: str, title: str, body: str, expected: bool) -> None:
    assert compiled(read(query))(analyze(title, body)) is expected


def test_a_long_list_of_names_is_asked_in_one_go() -> None:
    names = [f"name{number}" for number in range(10_000)]
    query = parse("|".join(names)[: 64 * 1024].rpartition("|")[0])
    assert not isinstance(query, Fault)
    assert compiled(query)(analyze("about", "name77"))
    assert not compiled(query)(analyze("about", "name"))
