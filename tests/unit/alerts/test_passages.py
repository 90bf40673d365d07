"""What a mail quotes: the marked places, with what stands around them, and no more than allowed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.passages import Line, Piece, after_title, passages, places, title_line
from news.match import FieldName, Span
from news.query.parse import parse
from news.query.spans import spans
from news.query.tree import Query


def found(query: str, title: str = "", body: str = "") -> tuple[Span, ...]:
    parsed = parse(query)
    assert isinstance(parsed, Query)
    return spans(parsed, title, body)


def shown(line: Line) -> str:
    return "".join(f"*{piece.text}*" if piece.marked else piece.text for piece in line)


def quoted(query: str, body: str, limit: int = 500) -> list[str]:
    return [shown(line) for line in passages(body, found(query, body=body), limit=limit)]


def test_a_word_is_shown_within_its_sentences() -> None:
    body = "Rain fell. Six coffins came home on Monday. Nobody spoke."
    assert quoted("coffins", body) == [
        "Rain fell. Six *coffins* came home on Monday. Nobody spoke."
    ]


def test_long_sentences_are_cut_between_words_and_say_so() -> None:
    body = "word " * 60 + "coffins " + "term " * 60
    (line,) = quoted("coffins", body)
    assert line.startswith("… word word")
    assert line.endswith("term term …")
    assert "*coffins*" in line
    assert len(line) < 220


def test_places_near_each_other_share_a_passage_and_distant_ones_do_not() -> None:
    body = "A coffin came. Then a flag. " + "Filler stood here. " * 40 + "A coffin left."
    first, last = quoted("coffin flag", body)
    assert first.startswith("A *coffin* came. Then a *flag*.")
    assert last.endswith("A *coffin* left.")


def test_words_side_by_side_are_one_mark() -> None:
    assert quoted("North Korean", "A North  Korean flag.") == ["A *North Korean* flag."]
    assert quoted("북한", "오늘 북한군이 왔다.") == ["오늘 *북한*군이 왔다."]


def test_each_term_is_shown_before_any_is_shown_twice() -> None:
    body = "coffin here. " + ("Much else was said of other matters. " * 8 + "coffin again. ") * 6
    body += "Much else was said of other matters. " * 8 + "At last a flag."
    lines = quoted("coffin flag", body, limit=260)
    assert any("*flag*" in line for line in lines)
    assert any("*coffin*" in line for line in lines)
    assert sum(map(len, lines)) - 2 * sum(line.count("*") // 2 for line in lines) <= 260


def test_a_text_without_marks_gives_no_passage() -> None:
    assert passages("A text.", (), limit=500) == ()
    assert passages("", found("coffin", "coffin"), limit=500) == ()


def test_a_place_longer_than_the_room_is_cut() -> None:
    span = Span("body", 0, 900, "everything")
    (line,) = passages("x" * 900, [span], limit=100)
    assert shown(line).startswith("*xxx")
    assert sum(len(piece.text) for piece in line) <= 100


@pytest.mark.parametrize(
    ("title", "query", "line"),
    [
        ("Six coffins on a screen", "coffins", "Six *coffins* on a screen"),
        ("Гроб под флагом", "гроб", "*Гроб* под флагом"),
        ("北朝鮮の兵士、クルスクで", "兵士", "北朝鮮の*兵士*、クルスクで"),
        ("\u202eabc\u202c coffin\r\nBcc: x", "coffin", "abc *coffin* Bcc: x"),
    ],
)
def test_a_title_is_marked_and_inert(title: str, query: str, line: str) -> None:
    assert shown(title_line(title, found(query, title), limit=300)) == line


def test_a_long_title_is_cut_between_words_even_after_an_abbreviation() -> None:
    title = "Mr. Kim " + "speaks " * 60
    line = shown(title_line(title, (), limit=100))
    assert line.startswith("Mr. Kim speaks")
    assert line.endswith("speaks …")
    assert 70 < len(line) <= 100


def test_spans_outside_the_text_mark_nothing() -> None:
    wrong = [Span("title", 3, 99, "x"), Span("title", 2, 2, "x"), Span("body", 0, 1, "x")]
    assert places("a title", wrong, "title") == []


ANY = st.text(st.characters(exclude_categories=()), max_size=900)
FIELD: FieldName = "body"


@given(
    body=ANY,
    at=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 40)), max_size=20),
    limit=st.integers(40, 500),
)
def test_whatever_is_marked_no_more_is_quoted_than_allowed(
    body: str, at: list[tuple[int, int]], limit: int
) -> None:
    marks = [Span(FIELD, start, start + length, "t") for start, length in at]
    lines = passages(body, marks, limit=limit)
    assert sum(len(piece.text) for line in lines for piece in line) <= limit
    for line in lines:
        assert all(piece.text for piece in line)
        assert not any(
            unicodedata.category(letter) in {"Cc", "Cs"} for piece in line for letter in piece.text
        )


@given(title=ANY, start=st.integers(0, 50), length=st.integers(0, 50))
def test_a_title_keeps_its_words(title: str, start: int, length: int) -> None:
    line = title_line(title, [Span("title", start, start + length, "t")], limit=300)
    assert sum(len(piece.text) for piece in line) <= 300
    assert line == () or all(isinstance(piece, Piece) for piece in line)


def test_a_first_line_that_repeats_the_title_is_not_quoted() -> None:
    title, text = "Six coffins shown", "Six coffins draped in flags."
    body = f"Six Coffins Shown.\n{text}"
    at = body.index("coffins draped")
    spans = [
        Span(field="title", term="coffins", start=4, end=11),
        Span(field="body", term="coffins", start=4, end=11),
        Span(field="body", term="coffins", start=at, end=at + 7),
    ]
    left, marks = after_title(body, title, spans)
    assert left == text
    assert [left[span.start : span.end] for span in marks] == ["coffins"]
    assert after_title(text, title, [])[0] == text
    assert after_title(title, title, [])[0] == title  # it is all there is
