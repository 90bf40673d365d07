"""Whether what a page shows now is still the piece that stood there."""

from dataclasses import replace

import pytest

from news.article import Read, Reading
from news.relook import titles_alike, why_another

TEXT = "The ministry gave a briefing on the border on Monday, a spokesman said there. " * 10
STUB = "Shots were heard at the border on Monday. More follows."
REPORT = (
    "Two soldiers died as a gunman crossed the river in the south of Arland, Anna Berg said. " * 9
)
BEFORE = Reading(
    url="https://a.test/1", title="A briefing at the border", lead="", body=TEXT, read=Read.FULL
)
ELSEWHERE = "https://a.test/other"


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        replace(BEFORE, title="Another headline", body=TEXT.replace("Monday", "Sunday")),
        replace(
            BEFORE, title="New title", body="Soldiers left their posts, he said. " * 9 + TEXT[:99]
        ),
        replace(
            BEFORE, title="After the briefing at the border", body="All is new here now. " * 40
        ),
        replace(BEFORE, title="WITHDRAWN: A briefing at the border", body="It was withdrawn."),
        replace(BEFORE, url=ELSEWHERE),
        replace(BEFORE, url=ELSEWHERE, body=TEXT + "More was said later. " * 5),
        replace(BEFORE, paywalled=True, body=TEXT + "More."),
        replace(BEFORE, body="Nobody is hurt, the mayor says now. " * 20),
    ],
)
def test_it_is_still_the_piece(after: Reading) -> None:
    assert why_another(BEFORE, after) is None


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (replace(BEFORE, url=ELSEWHERE, body="Ten things one can cook today. " * 20), "leads"),
        (replace(BEFORE, url=ELSEWHERE, body=""), "next to nothing"),
        (
            replace(BEFORE, title="Ten things to cook", body="Take an onion and an egg. " * 40),
            "else",
        ),
        (replace(BEFORE, body="This piece was taken down at the request of lawyers."), "nothing"),
        (replace(BEFORE, title="A Gazette of border and briefing", body="Log in."), "nothing"),
        (replace(BEFORE, body=""), "nothing"),
        (replace(BEFORE, paywalled=True, body=TEXT[:200]), "pay"),
        (replace(BEFORE, title="Log in", body="Please log in to read on."), "something else"),
        (replace(BEFORE, title="Page not found", body=""), "something else"),
        (replace(BEFORE, title="", body="Accept all cookies?"), "something else"),
    ],
)
def test_it_is_another(after: Reading, why: str) -> None:
    assert why in (why_another(BEFORE, after) or "")


def test_what_was_closed_before_may_change_behind_its_wall() -> None:
    closed = replace(BEFORE, paywalled=True)
    assert why_another(closed, replace(closed, body=TEXT[:400])) is None


def test_long_texts_are_held_together_by_their_beginning() -> None:
    long = replace(BEFORE, body=TEXT * 200)
    assert why_another(long, replace(long, url=ELSEWHERE)) is None


@pytest.mark.parametrize(
    ("title", "body"),
    [("Soldiers die at the border", REPORT), ("Two dead in Arland", REPORT), ("Shots", STUB * 2)],
)
def test_a_few_lines_may_become_any_report(title: str, body: str) -> None:
    stub = replace(BEFORE, title="Shots at the border", body=STUB)
    assert why_another(stub, replace(stub, title=title, body=body)) is None


def test_what_its_feed_calls_so_is_the_piece() -> None:
    other = replace(BEFORE, title="Two dead in Arland", body=REPORT)
    assert why_another(BEFORE, other) is not None
    assert why_another(BEFORE, other, told="Arland: two dead") is None
    assert why_another(BEFORE, replace(other, title=""), told="") is not None


def test_another_piece_at_another_address_needs_its_words_to_be_this_one() -> None:
    moved = replace(BEFORE, url=ELSEWHERE, title="Briefing at the border: what was said")
    assert why_another(BEFORE, replace(moved, body=REPORT)) is not None
    reported = REPORT + "The ministry gave a briefing on the border. "
    assert why_another(BEFORE, replace(moved, body=reported)) is None


def test_what_was_never_read_is_not_what_a_page_is_held_against() -> None:
    own_words = replace(BEFORE, read=Read.FALLBACK)
    pruned = replace(BEFORE, body="")
    for before in (own_words, pruned):
        assert why_another(before, replace(before, title="Other", body=REPORT)) is None


@pytest.mark.parametrize(
    "title", ["정정: A briefing at the border", "Korrektur: A briefing at the border"]
)
def test_a_publisher_may_take_back_what_it_said(title: str) -> None:
    assert why_another(BEFORE, replace(BEFORE, title=title, body="We were wrong.")) is None
    said_before = replace(BEFORE, title=title)
    assert why_another(said_before, replace(said_before, body="Log in.")) is not None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Live", "Live: generals seize the palace", False),
        ("Live", "Live", True),
        ("", "", False),
        ("", "A briefing", False),
        ("The man in the park", "What the president said in the debate", False),
        ("Storm in the north", "Storm hits the north: two dead", True),
        ("국방부 국경 브리핑", "국방부, 국경 브리핑 열어", True),
    ],
)
def test_titles_are_alike_by_more_than_one_word(one: str, other: str, *, alike: bool) -> None:
    assert titles_alike(one, other) is alike
