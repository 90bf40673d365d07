"""Search plans: what each engine is asked, as the upper and the lower bound of a query."""

import pytest

from archive.search import fts5, tsquery
from archive.search.bounds import (
    Both,
    Condition,
    Either,
    Every,
    Has,
    Lacks,
    Nothing,
    both,
    either,
    lacks,
)
from archive.search.ddl import EVERY_ROW, OPAQUE
from archive.search.tsquery import Limits
from news.query.parse import parse
from news.query.tree import Node, Query
from news.text import Analyzed, tokens

A, B, C = Has("a"), Has("b"), Has("c")
ALL = f'"{EVERY_ROW}"'


def root(text: str) -> Node:
    query = parse(text)
    assert isinstance(query, Query), query
    return query.root


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (both([A, B]), Both((A, B))),
        (both([A, Every()]), A),
        (both([A, Nothing()]), Nothing()),
        (both([Both((A, B)), C]), Both((A, B, C))),
        (both([]), Every()),
        (either([A, B]), Either((A, B))),
        (either([A, Nothing()]), A),
        (either([A, Every()]), Every()),
        (either([A, Either((B, C))]), Either((A, B, C))),
        (either([]), Nothing()),
        (lacks(A), Lacks(A)),
        (lacks(Lacks(A)), A),
        (lacks(Every()), Nothing()),
        (lacks(Nothing()), Every()),
    ],
)
def test_conditions_are_kept_flat_and_without_constants(
    made: Condition, expected: Condition
) -> None:
    assert made == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Kim", '"kim"'),
        ("Jong-un", '"jong un"'),
        ("김정은", '"김 정 은"'),
        ("soldier*", '"soldier" *'),
        ('"kim jo*"', '"kim jo" *'),
        ("title:kim", '{title} : "kim"'),
        ('title:"kim jo*"', '{title} : "kim jo" *'),
        ("kim un", '("kim" AND "un")'),
        ("kim | un | lee", '("kim" OR "un" OR "lee")'),
        ("kim -un -lee", '(("kim") NOT ("un" OR "lee"))'),
        ("kim OR -un", f'("kim" OR (({ALL}) NOT ("un")))'),
        ("-(-kim)", '"kim"'),
    ],
)
def test_what_fts5_can_say_is_its_own_upper_and_lower_bound(query: str, expected: str) -> None:
    bounds = fts5.bounds(root(query))
    assert bounds.upper == bounds.lower
    assert fts5.expression(bounds.upper) == expected


@pytest.mark.parametrize(
    ("query", "upper", "lower"),
    [
        ('"sold* kim"', '("sold" * AND "kim")', None),
        ('un -"sold* kim"', '"un"', '(("un") NOT (("sold" * AND "kim")))'),
        ('un OR "sold* kim"', '("un" OR ("sold" * AND "kim"))', '"un"'),
    ],
)
def test_what_fts5_cannot_say_widens_one_bound_and_narrows_the_other(
    query: str, upper: str, lower: str | None
) -> None:
    bounds = fts5.bounds(root(query))
    assert fts5.expression(bounds.upper) == upper
    assert fts5.expression(bounds.lower) == lower


def test_below_its_depth_nothing_is_known() -> None:
    bounds = fts5.bounds(root("kim (un OR (lee -kursk))"), deepest=2)
    assert fts5.expression(bounds.upper) == '"kim"'
    assert fts5.expression(bounds.lower) == '("kim" AND "un")'
    assert fts5.expression(fts5.bounds(root("kim un"), deepest=0).upper) == ALL


def test_an_index_row_holds_the_tokens_and_the_flag() -> None:
    article = Analyzed(title=["kim", "un"], body=["김", "정"], lead=0)
    assert fts5.row(article) == ("kim un", "김 정", EVERY_ROW)
    assert tokens(EVERY_ROW + OPAQUE) == []


@pytest.mark.parametrize(
    ("query", "upper", "lower"),
    [
        ("kim", "'kim'", "'kim'"),
        ("sold*", "'sold':*", "'sold':*"),
        ("title:kim", "'kim':AD", "'kim':A"),
        ("title:sold*", "'sold':*AD", "'sold':*A"),
        ("kim | un", "('kim' | 'un')", "('kim' | 'un')"),
        ("kim un", "('kim' & 'un')", "('kim' & 'un')"),
        ("kim -title:un", "('kim' & !('un':A))", "('kim' & !('un':AD))"),
        (
            '"kim un"',
            "(('kim' <-> 'un') | ('kim' & ('un' & ('kim':D | 'un':D))))",
            "('kim' <-> 'un')",
        ),
        (
            'title:"un un*"',
            "(('un':A <-> 'un':*A) | ('un':AD & ('un':*AD & ('un':D | 'un':*D))))",
            "('un':A <-> 'un':*A)",
        ),
    ],
)
def test_tsquery_guards_places_that_a_tsvector_may_have_lost(
    query: str, upper: str, lower: str
) -> None:
    bounds = tsquery.bounds(root(query))
    opaque = Has(f"'{OPAQUE}'")
    assert _without(bounds.upper, Either, opaque) == upper
    assert _without(bounds.lower, Both, Lacks(opaque)) == lower


def _parts(condition: Condition, kind: type[Either] | type[Both]) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, kind) else (condition,)


def _without(condition: Condition, kind: type[Either] | type[Both], mark: Condition) -> str | None:
    """Write a bound without the opaque mark at its end."""
    *parts, last = _parts(condition, kind)
    assert last == mark
    return tsquery.expression(either(parts) if kind is Either else both(parts))


def test_many_alternatives_are_a_balanced_tree() -> None:
    condition = Either(tuple(Has(f"'{name}'") for name in "abcde"))
    assert tsquery.expression(condition) == "(('a' | 'b') | ('c' | ('d' | 'e')))"


def test_a_long_phrase_is_asked_for_in_pieces_and_verified() -> None:
    words = [f"w{number}" for number in range(tsquery.LONGEST_ROW + 2)]
    bounds = tsquery.bounds(root(f'"{" ".join(words)}"'))
    assert bounds.lower == Nothing()
    assert "('w32' <-> 'w33')" in str(tsquery.expression(bounds.upper))


def test_a_vector_places_the_title_first_and_the_body_beyond_reach() -> None:
    article = Analyzed(title=["kim", "un"], body=["un", "김"], lead=0)
    assert tsquery.vector(article) == "'kim':1A 'un':2A,67B '김':68B"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(places=1), "'a':1A,16383 'b':67B"),
        (Limits(position=66), "'a':1A,66B 'b':16383"),
        (Limits(position=65, places=0), "'a':16383 'b':16383"),
        (Limits(size=10), f"'{OPAQUE}'"),
    ],
)
def test_a_vector_says_where_it_is_incomplete(limits: Limits, expected: str) -> None:
    article = Analyzed(title=["a"], body=["a", "b"], lead=0)
    assert tsquery.vector(article, limits) == expected
