"""Search on both engines: order, ranges, revisions, large queries, and how common words are."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text as sql

from archive import articles
from archive.columns import clean
from archive.database import Database
from archive.search.find import find
from archive.search.frequencies import Frequencies
from news.query.parse import parse
from news.query.tree import Query
from news.text import analyze, tokens
from tests.contract.kept import NOW, arriving, keep
from tests.queries import Text


def read(text: str) -> Query:
    query = parse(text)
    assert isinstance(query, Query), query
    return query


def test_the_newest_come_first_page_by_page(archive: Database) -> None:
    with archive.writing() as conn:
        numbers = [keep(conn, Text(f"Kim {at}", "x"), str(at)) for at in range(5)]
        assert find(conn, read("kim"), limit=2) == [numbers[4], numbers[3]]
        assert find(conn, read("kim"), limit=2, before_id=numbers[3]) == [numbers[2], numbers[1]]
        assert find(conn, read("kim"), before_id=numbers[0]) == []
        assert find(conn, read("kim"), limit=0) == []


def test_verified_articles_fill_the_page(archive: Database) -> None:
    with archive.writing() as conn:
        wrong = "soldiers and the kim"  # has all the words, but not in a row
        numbers = [
            keep(conn, Text("", "kims soldiers" if at % 7 == 0 else f"{wrong}s"), str(at))
            for at in range(70)
        ]
        found = find(conn, read('"kim* soldier*" OR "kim* soldier* xx*"'), limit=6)
        assert found == list(reversed(numbers[::7]))[:6]


def test_since_is_when_an_article_entered_the_archive(archive: Database) -> None:
    with archive.writing() as conn:
        hours = [0, 1, 1, 2, 5]
        numbers = [
            keep(conn, Text("Kim", str(at)), str(at), at=NOW + timedelta(hours=hour))
            for at, hour in enumerate(hours)
        ]
        for since, first in [(-1, 0), (0, 0), (1, 1), (2, 3), (3, 4), (6, 5)]:
            found = find(conn, read("kim"), since=NOW + timedelta(hours=since))
            assert found == numbers[first:][::-1]


def test_nothing_is_found_in_an_empty_archive(archive: Database) -> None:
    with archive.reading() as conn:
        assert find(conn, read("kim OR -un"), since=NOW) == []
        assert Frequencies(conn).of("kim") == 0


def test_a_revision_is_found_by_its_new_words_alone(archive: Database) -> None:
    with archive.writing() as conn:
        number = keep(conn, Text("김정은", "солдаты"), "a")
        other = keep(conn, Text("김정은", "солдаты"), "b")
        articles.revise(conn, number, arriving(Text("푸틴", "гробы"), "a"))
        assert find(conn, read("김정은 OR солдаты")) == [other]
        assert find(conn, read("푸틴 гробы")) == [number]
        assert find(conn, read("-(-гробы)")) == [number]


def test_scripts_without_blanks_are_found_by_any_part(archive: Database) -> None:
    with archive.writing() as conn:
        korean = keep(conn, Text("북한의 김정은이", "쿠르스크에"), "ko")
        chinese = keep(conn, Text("朝鲜士兵在库尔斯克", ""), "zh")
        japanese = keep(conn, Text("ﾌﾟｰﾁﾝ大統領", "北朝鮮"), "ja")
        for query, expected in [
            ("북한", [korean]),
            ("김정은", [korean]),
            ("김은", []),
            ('"김정은 이"', [korean]),
            ("士兵", [chinese]),
            ("朝鲜*", [chinese]),
            ("プーチン", [japanese]),
            ("朝", [japanese, chinese]),
        ]:
            assert find(conn, read(query)) == expected, query


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("|".join(f"w{at}" for at in range(9_000)), True),
        (" ".join(f"w{at}" for at in range(9_000)), True),
        (f"w1 {' '.join(f'-x{at}' for at in range(8_000))}", True),
        (f'"{" ".join(f"w{at}" for at in range(9_000))}"', True),
        (f'"{" ".join(f"w{at}" for at in range(1_000))} w7"', False),
        (f"{'w1 (w2 OR -(' * 20}w3{'))' * 20}", True),
        (f"{'w1 (w2 OR title:x | -(' * 20}x{'))' * 20}", True),
    ],
    ids=["any", "all", "none", "row", "broken row", "deep", "deeper"],
)
def test_queries_at_their_limits_are_answered(archive: Database, query: str, holds: bool) -> None:
    with archive.writing() as conn:
        number = keep(conn, Text("", " ".join(f"w{at}" for at in range(9_000))), "a")
        keep(conn, Text("", "y"), "b")
        assert find(conn, read(query))[-1:] == [number] * holds


def test_how_common_words_are(archive: Database) -> None:
    with archive.writing() as conn:
        for at in range(30):
            keep(conn, Text("Kim" if at % 3 else "김", "the x"), str(at))
    if archive.dialect == "postgresql":
        with archive.writing() as conn:
            conn.execute(sql("ANALYZE article_index"))
    with archive.reading() as conn:
        common = Frequencies(conn)
        assert common.of("the") == 30
        assert common.of("kim") == 20
        assert common.of("김") == 10
        assert common.of("kursk") == 0


@given(st.text(max_size=20))
def test_what_the_store_cleans_away_makes_no_token(text: str) -> None:
    assert tokens(clean(text)) == tokens(text)
    assert analyze(clean(text), "", "") == analyze(text, "", "")
