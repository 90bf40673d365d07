"""Law 3: the articles that search finds are exactly those that matching accepts, on both engines.

Four judges are held against each other: the naive reading of QUERY.md, the compiled evaluator,
the watch set, and the engine's index, whose limits are shrunk until small texts meet them.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from alerts.matcher import WatchSet
from archive.database import Database
from archive.search import index
from archive.search.candidates import Index, PostgresqlIndex, Range, SqliteIndex
from archive.search.find import find, found_by
from archive.search.frequencies import Frequencies
from archive.search.tsquery import Limits
from news.query.evaluate import compiled
from news.query.parse import parse
from news.query.tree import Query
from news.text import analyze
from tests.contract.kept import keep
from tests.queries import ALIASES, Text, Written, aliased, articles, holds

ALL = Range(0, sys.maxsize)

limits = st.builds(
    Limits,
    position=st.sampled_from([1, 3, 68, 70, 16_319]),
    places=st.sampled_from([1, 2, 254]),
    size=st.sampled_from([40, 1_000_000, 1_000_000]),
)


def read(text: str) -> Query:
    query = parse(text, ALIASES)
    assert isinstance(query, Query), query
    return query


@contextmanager
def undone(conn: Connection) -> Iterator[None]:
    """Undo at the end what is written within."""
    savepoint = conn.begin_nested()
    yield
    savepoint.rollback()


def index_for(conn: Connection, query: Query, *, deepest: int, probe: int) -> Index:
    if conn.dialect.name == "sqlite":
        return SqliteIndex(query.root, deepest=min(deepest, 14))
    return PostgresqlIndex(query.root, deepest=deepest, probe=probe)


def judge(conn: Connection, texts: list[Text], asked: list[Written], shrunk: Limits) -> None:
    numbers = {keep(conn, text, str(at)): text for at, text in enumerate(texts)}
    analyzed = {
        number: analyze(text.title, text.body, text.lead) for number, text in numbers.items()
    }
    for number, article in analyzed.items():
        index.remove(conn, number, article)
        index.add(conn, number, article, limits=shrunk)
    watches = WatchSet(Frequencies(conn))
    parsed = [read(text) for text, _ in asked]
    for at, query in enumerate(parsed):
        watches.add(at, 1, query)
    matched = {
        number: {match.watch for match in watches.match(analyzed[number], text.title, text.body)}
        for number, text in numbers.items()
    }
    for at, (query, (_, meant)) in enumerate(zip(parsed, asked, strict=True)):
        newest_first = sorted(numbers, reverse=True)
        expected = [number for number in newest_first if holds(meant, numbers[number])]
        accepts = compiled(query)
        assert [number for number in newest_first if accepts(analyzed[number])] == expected
        assert [number for number in newest_first if at in matched[number]] == expected
        assert find(conn, query) == expected
        for deepest, probe in ((64, 0), (2, 1), (1, 0), (0, 1)):
            shallow = index_for(conn, query, deepest=deepest, probe=probe)
            assert found_by(conn, shallow, query, within=ALL, limit=2) == expected[:2]


@pytest.mark.slow
def test_search_finds_exactly_what_matching_accepts(archive: Database) -> None:
    @settings(
        max_examples=200,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(
        st.lists(articles, min_size=1, max_size=4),
        st.lists(aliased, min_size=1, max_size=3),
        st.one_of(st.just(Limits()), limits),
    )
    def law(texts: list[Text], asked: list[Written], shrunk: Limits) -> None:
        with undone(conn):
            judge(conn, texts, asked, shrunk)

    with archive.writing() as conn:
        law()


BEYOND = [f"w{number}" for number in range(17_000)]
MONSTERS = {
    "far": Text("Kim", " ".join([*BEYOND, "jong un kursk"])),
    "often": Text("Un", "kim x " * 300 + "kim jong un"),
    "vast": Text("Pokrovsk", " ".join(f"word{number:09}" for number in range(90_000)) + " jong un"),
    "plain": Text("Kim Jong-un", "in Kursk"),
}


FOUND = {
    "kursk": ["far", "plain"],
    '"jong un"': ["far", "often", "vast", "plain"],
    '"un kursk"': ["far"],
    '"kim jong un"': ["often", "plain"],
    '"x kim jong"': ["often"],
    "title:kursk": [],
    "title:un": ["often", "plain"],
    "jong -title:kim": ["often", "vast"],
    'jong -"x kim"': ["far", "vast", "plain"],
    "word000080000": ["vast"],
    '"word00008* jong"': ["vast"],
    '"word000089999 jong"': ["vast"],
    '"w1699* jong"': ["far"],
    "title:pokrov*": ["vast"],
    '"un in"': [],
    "kursk OR -pokrovsk": ["far", "often", "plain"],
    "kim OR -kursk": ["far", "often", "vast", "plain"],
}


def test_texts_beyond_what_an_index_can_hold_are_found_all_the_same(archive: Database) -> None:
    with archive.writing() as conn:
        numbers = {keep(conn, text, name): name for name, text in MONSTERS.items()}
        found = {
            query: [numbers[number] for number in reversed(find(conn, read(query)))]
            for query in FOUND
        }
    assert found == FOUND
