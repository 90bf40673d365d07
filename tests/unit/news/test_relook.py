"""Whether what a page shows now is still the piece that stood there."""

from dataclasses import replace

import pytest

from news.article import Read, Reading
from news.relook import why_another

TEXT = "The ministry gave a briefing on the border on Monday, a spokesman said there. " * 10
BEFORE = Reading(
    url="https://a.test/1", title="A briefing at the border", lead="", body=TEXT, read=Read.FULL
)
ELSEWHERE = "https://a.test/other"


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        replace(BEFORE, title="Another headline", body=TEXT.replace("Monday", "Sunday")),
        replace(BEFORE, title="Other title", body="Nothing of what stood there stays now. " * 40),
        replace(BEFORE, title="WITHDRAWN: A briefing at the border", body="It was withdrawn."),
        replace(BEFORE, url=ELSEWHERE),
        replace(BEFORE, url=ELSEWHERE, body=TEXT + "More was said later. " * 5),
        replace(BEFORE, paywalled=True, body=TEXT + "More."),
        replace(BEFORE, body=""),
    ],
)
def test_it_is_still_the_piece(after: Reading) -> None:
    assert why_another(BEFORE, after) is None


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (replace(BEFORE, url=ELSEWHERE, body="Ten things one can cook today. " * 20), "leads"),
        (replace(BEFORE, url=ELSEWHERE, body=""), "leads"),
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
