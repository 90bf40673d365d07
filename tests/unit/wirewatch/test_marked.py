"""Texts with the words marked that made a query hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.match import Span
from wirewatch.cli.marked import as_text, marked, passage, say_marked
from wirewatch.cli.options import Manner
from wirewatch.cli.screen import Screen

LONG = "One word after another stands here without end. " * 30


def span(text: str, term: str, field: str = "body") -> Span:
    start = text.index(term)
    return Span("title" if field == "title" else "body", start, start + len(term), term)


def test_marks_stand_where_their_spans_do() -> None:
    title = "Six coffins on a screen"
    pieces = marked(
        title, [span(title, "screen", "title"), span(title, "coffins", "title")], "title"
    )
    assert pieces == [("Six ", False), ("coffins", True), (" on a ", False), ("screen", True)]
    assert marked(title, [span(title, "coffins")], "title") == [(title, False)]


def test_marks_that_overlap_or_touch_become_one() -> None:
    text = "북한군 병사"
    spans = [Span("body", 0, 2, "북한"), Span("body", 1, 3, "한군"), Span("body", 3, 4, "x")]
    assert marked(text, spans, "body") == [("북한군 ", True), ("병사", False)]


def test_a_passage_stands_around_the_first_mark_and_cuts_between_words() -> None:
    body = f"{LONG}Coffins were shown.\n{LONG}"
    pieces = passage(body, [span(body, "Coffins")])
    assert pieces[0] == pieces[-1] == ("…", False)
    assert ("Coffins", True) in pieces
    text = as_text(pieces)
    assert len(text) < 230
    first, *_, last = text.strip("…").split()
    assert {first, last} <= set(LONG.split())  # no half words
    assert "\n" not in text


def test_a_short_body_is_its_own_passage() -> None:
    assert as_text(passage("Coffins were shown.", [Span("body", 0, 7, "coffins")])) == (
        "Coffins were shown."
    )
    assert passage("Coffins were shown.", []) == []
    assert passage("x", [Span("title", 0, 1, "x")]) == []


@given(
    st.text(alphabet="ab \n북", max_size=400),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), max_size=6),
)
def test_no_text_is_lost_or_doubled(text: str, places: list[tuple[int, int]]) -> None:
    spans = [
        Span("body", start, min(start + length, len(text)), "x")
        for start, length in places
        if start < len(text)
    ]
    assert "".join(piece for piece, _ in marked(text, spans, "body")) == text
    inner = [piece for piece, _ in passage(text, spans) if piece != "…"]
    assert "".join(inner) in text
    covered = sum(len(piece) for piece, is_marked in marked(text, spans, "body") if is_marked)
    assert covered == len({at for one in spans for at in range(one.start, one.end)})


def test_what_strangers_wrote_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    pieces = [("a\x1b[2J", False), ("b\u202e\nc", True)]
    say_marked(Screen(manner=Manner(), terminal=False), pieces, indent="  ")
    assert capsys.readouterr().out == "  a␛[2Jb c\n"
