"""Different events told in the same formulas stay apart; two accounts of one event do not."""

from datetime import timedelta

import pytest

from news.apart import instalment, of_two_events
from news.gist import similarity
from tests.unit.news.events import EVENTS, Event, Piece
from tests.unit.news.test_grouping import gist, told
from tests.unit.news.told_twice import Pair

BOTH_WAYS = [False, True]
HOURS = timedelta(hours=2)
BY_NAME = [f"{event.language} {event.one[0][:16]}" for event in EVENTS]


def pair(event: Event, one: Piece, other: Piece, *, turned: bool) -> Pair:
    return Pair(event.language, *((other, one) if turned else (one, other)))


def by_what(language: str, one: Piece, other: Piece) -> str:
    ours, theirs = gist(one, language), gist(other, language)
    return of_two_events(ours, theirs, similarity(ours, theirs))


@pytest.mark.parametrize("turned", BOTH_WAYS)
@pytest.mark.parametrize("event", EVENTS, ids=BY_NAME)
def test_two_outlets_tell_one_event(event: Event, turned: bool) -> None:
    assert told(pair(event, event.one, event.again, turned=turned), after=HOURS) is not None


@pytest.mark.parametrize("turned", BOTH_WAYS)
@pytest.mark.parametrize("after", [timedelta(minutes=1), HOURS, timedelta(days=1)], ids=str)
@pytest.mark.parametrize("event", EVENTS, ids=BY_NAME)
def test_the_same_elsewhere_is_another_event(event: Event, after: timedelta, turned: bool) -> None:
    for one in (event.one, event.again):
        assert told(pair(event, one, event.elsewhere, turned=turned), after=after) is None


def test_figures_of_titles_contradict_in_digits_as_in_words() -> None:
    one = ("Four killed in fire", "Four people were killed in a fire in a house.")
    assert by_what("en", one, ("6 killed in fire", "A fire in a house killed 6 people."))
    assert not by_what("en", one, ("4 killed in fire", "A fire in a house killed 4 people."))


def test_one_more_figure_contradicts_nothing() -> None:
    one = ("Ferry capsizes, 37 dead", "37 people died when the ferry capsized.")
    other = ("Ferry capsizes", "The ferry capsized, 37 people died, and 13 are missing.")
    assert by_what("en", one, other) == ""


def test_a_number_that_only_the_title_knows_counts_for_nothing() -> None:
    text = "The ferry capsized off the cape, and the coastguard searched all night for its crew."
    assert by_what("en", ("Ferry capsizes: part 1", text), ("Ferry capsizes: part 3", text)) == ""
    parts = [gist((f"Ferry capsizes: part {number}", text)) for number in (1, 3)]
    assert instalment(*parts, apart=HOURS, at_home=True) == "figures of the title"
    assert instalment(*parts, apart=HOURS, at_home=False) == ""


def test_names_must_be_strangers_on_both_sides() -> None:
    one = ("Fire in Kelm", "A fire broke out in Kelm, not far from Brannov, the mayor said.")
    other = ("Fire in Brannov", "A fire broke out in Brannov, the mayor said.")
    assert by_what("en", one, other) != "names"
    assert by_what("en", one, ("Fire in Lesna", "A fire broke out in Lesna, said Jan.")) == "names"


def test_a_topic_and_its_places_are_no_event() -> None:
    mine = next(event for event in EVENTS if event.one[0].startswith("Zirconite mine"))
    assert by_what("en", mine.one, mine.elsewhere) == "what happened"
