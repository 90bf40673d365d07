"""Long aliases: found by the first word, once for each article, and the same as term by term."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.match import Span
from news.query import spans as spans_module
from news.query.candidates import Candidates
from news.query.evaluate import compiled
from news.query.fault import Fault
from news.query.occurrences import occurrences
from news.query.parse import MOST_TERMS, parse
from news.query.printing import printed
from news.query.spans import MOST_SPANS, Places, Texts, spans, spans_in
from news.query.tree import AliasSet, Node, Or, Phrase, Prefix, Query, Word
from news.text import analyze

WORDS = ("kim", "jong", "un", "김", "정", "kursk")
terms = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
prefixes = st.sampled_from(WORDS).map(lambda word: f"{word}*")
spellings = st.lists(terms | prefixes, min_size=1, max_size=8)
sayings = st.lists(st.sampled_from((*WORDS, "other", "kimono")), max_size=30).map(" ".join)


def read(text: str, aliases: Mapping[str, Sequence[str]] | None = None) -> Query:
    query = parse(text, aliases)
    assert isinstance(query, Query), query
    return query


@given(spellings, sayings, sayings, st.sampled_from(["", "title:"]))
def test_an_alias_holds_and_shows_what_its_terms_written_out_do(
    spelt: list[str], title: str, body: str, field: str
) -> None:
    out = " OR ".join(term if term.endswith("*") else f'"{term}"' for term in spelt)
    short, long = read(f"{field}@a", {"a": spelt}), read(f"{field}({out})")
    article = analyze(title, body)
    assert compiled(short)(article) == compiled(long)(article)
    assert compiled(short)(article) == compiled(short)(article)
    assert spans(short, title, body) == spans(long, title, body)


def test_only_parts_whose_first_word_is_there_are_looked_at() -> None:
    parts = (Word("kim"), Phrase((Word("un"), Word("kim"))), Prefix("kur"), Word("kursk"))
    found = Candidates[Node](AliasSet("a", Or(parts)), lambda part: part)
    assert set(found.within(analyze("kim", "meets"))) == {parts[0], parts[2]}
    assert list(Candidates[str](AliasSet("a", Word("un")), printed).within(analyze("un", ""))) == [
        "un"
    ]


def test_many_queries_that_name_an_alias_look_for_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []

    def counted(leaf: Word, *where: Any) -> object:
        looked.append(leaf)
        return occurrences(leaf, *where)

    monkeypatch.setattr(spans_module, "occurrences", counted)
    names = {"a": [f"name{number}" for number in range(900)]}
    body = "name7 met name9"
    article, texts = analyze("", body), Texts(Places(""), Places(body))
    for number in range(20):
        query = read(f"@a -other{number}", names)
        assert compiled(query)(article)
        assert spans_in(query, article, texts) == (
            Span("body", 0, 5, "name7"),
            Span("body", 10, 15, "name9"),
        )
    assert len(looked) == 2 * 2  # two words, in title and body


def test_an_alias_changed_under_its_name_is_another_question_to_an_article() -> None:
    article = analyze("kim", "")
    assert compiled(read("@a", {"a": ["kim"]}))(article)
    assert not compiled(read("@a", {"a": ["un"]}))(article)


def test_of_many_names_each_gives_its_first_places_in_turn() -> None:
    names = {"a": [f"name{number}" for number in range(MOST_SPANS)]}
    body = "name0 " * 500 + " ".join(names["a"])
    found = spans(read("@a x", names), "", f"{body} x")
    assert len(found) == MOST_SPANS
    assert len({span.term for span in found}) >= MOST_SPANS - 1


@pytest.mark.parametrize(
    ("query", "names", "position"),
    [
        ("x @a", {"a": ["\0"] * (MOST_TERMS + 1)}, 2),
        ("@a " * (MOST_TERMS + 1), {"a": ["\0"]}, 3 * MOST_TERMS),
    ],
    ids=["one long alias", "many short ones"],
)
def test_too_many_terms_are_refused_before_any_is_read(
    query: str, names: Mapping[str, Sequence[str]], position: int
) -> None:
    fault = parse(query, names)  # a term of it would be refused, were it read
    assert isinstance(fault, Fault)
    assert fault.position == position
    assert fault.message == f"the query has more than {MOST_TERMS:,} terms"
