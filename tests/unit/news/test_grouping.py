"""Accounts of one event find each other; instalments of a series never do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.gist import Gist, gist_of
from news.grouping import WINDOW, Candidate, Newcomer, Placed, place
from news.text import analyze
from tests.unit.news.told_twice import SAME_EVENT, SERIES, Pair

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def gist(piece: tuple[str, str], language: str = "en") -> Gist:
    title, text = piece
    return gist_of(title, text, analyze(title, text), language)


def told(
    pair: Pair, *, after: timedelta = HOUR, publishers: tuple[str, str] = ("a.test", "b.test")
) -> Placed | None:
    """Place the second piece of a pair, seen `after` the first, which opened story 7."""
    kept = Candidate(
        article=1,
        story=7,
        publisher=publishers[0],
        at=NOON,
        gist=gist(pair.one, pair.language),
    )
    return place(newcomer(pair, after=after, publisher=publishers[1]), [kept])


def newcomer(pair: Pair, *, after: timedelta = HOUR, publisher: str = "b.test") -> Newcomer:
    return Newcomer(gist=gist(pair.other, pair.language), publisher=publisher, at=NOON + after)


def candidates(pairs: Sequence[Pair]) -> list[Candidate]:
    return [
        Candidate(
            article=number,
            story=number,
            publisher=f"p{number}.test",
            at=NOON,
            gist=gist(pair.one, pair.language),
        )
        for number, pair in enumerate(pairs)
    ]


@pytest.mark.parametrize("pair", SAME_EVENT, ids=lambda pair: pair.language)
def test_two_outlets_tell_one_event(pair: Pair) -> None:
    placed = told(pair)
    assert placed is not None
    assert (placed.story, placed.article) == (7, 1)
    assert placed.article == 1
    assert placed.because.startswith("sharing ")
    assert "telling words (" in placed.because


@pytest.mark.parametrize("after", [DAY - HOUR, DAY, 2 * DAY], ids=str)
@pytest.mark.parametrize("publishers", [("a.test", "a.test"), ("a.test", "b.test")], ids=str)
@pytest.mark.parametrize("pair", SERIES, ids=lambda pair: f"{pair.language} {pair.one[0][:12]}")
def test_an_instalment_is_no_account_of_the_one_before(
    pair: Pair, after: timedelta, publishers: tuple[str, str]
) -> None:
    assert told(pair, after=after, publishers=publishers) is None


@pytest.mark.parametrize("pair", SERIES, ids=lambda pair: f"{pair.language} {pair.one[0][:12]}")
def test_nor_within_the_hour_where_one_publisher_tells_it(pair: Pair) -> None:
    assert told(pair, after=HOUR, publishers=("a.test", "a.test")) is None


def test_one_publisher_repeating_itself_about_one_event_is_one_story() -> None:
    pair = SAME_EVENT[0]
    again = Pair("en", pair.one, (pair.one[0] + " - update", pair.one[1] + " Buses are waiting."))
    assert told(again, publishers=("a.test", "a.test")) is not None


def test_a_different_event_opens_a_story() -> None:
    pairs = [pair for pair in (*SAME_EVENT, *SERIES) if pair.language == "en"]
    for pair in pairs:
        others = [other for other in pairs if other is not pair]
        assert place(newcomer(pair), candidates(others)) is None


def test_a_title_alone_is_like_too_much() -> None:
    title = ("Markets close higher", "")
    assert told(Pair("en", title, title)) is None


def test_a_teaser_of_one_line_is_like_too_much() -> None:
    one, other = "Soldiers of long ago", "Soldiers just now"
    teaser = Pair("en", (one, "A summary of story 1."), (other, "A summary of story 1."))
    assert told(teaser) is None
    assert told(teaser, after=timedelta(minutes=5), publishers=("a.test", "a.test")) is None


def test_an_account_after_the_window_opens_a_story() -> None:
    pair = SAME_EVENT[0]._replace(other=SAME_EVENT[0].one)
    assert told(pair, after=WINDOW) is not None
    assert told(pair, after=WINDOW + HOUR) is None


def test_languages_are_never_mixed() -> None:
    pair = SAME_EVENT[0]
    kept = [replace(one, gist=gist(pair.other, "de")) for one in candidates([pair])]
    assert place(newcomer(pair), kept) is None


def test_a_person_keeps_it_out_of_a_story() -> None:
    pair = SAME_EVENT[0]
    assert place(newcomer(pair), candidates([pair])) is not None
    assert place(newcomer(pair), candidates([pair]), barred={0}) is None


def test_a_story_does_not_drift_from_how_it_began() -> None:
    """What is like the newest account alone, and not like the first, opens a story of its own."""
    began, goes_on = SAME_EVENT[0], SERIES[6]
    first, newest = candidates([began, goes_on._replace(one=goes_on.other)])
    assert place(newcomer(goes_on), [newest]) is not None
    assert place(newcomer(goes_on), [first, replace(newest, story=first.story)]) is None
    joined = replace(newest, story=first.story, begins=True)  # by a person, so it began with both
    assert place(newcomer(goes_on), [first, joined]) is not None


ALL = candidates([*SAME_EVENT, *SERIES])


@settings(deadline=None)
@given(st.permutations(range(len(ALL))), st.sampled_from(SAME_EVENT))
def test_the_order_of_candidates_does_not_matter(order: list[int], pair: Pair) -> None:
    assert place(newcomer(pair), [ALL[at] for at in order]) == place(newcomer(pair), ALL)
