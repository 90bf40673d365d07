"""A copy may bear any headline, but not one that tells news which the original nowhere has."""

from datetime import timedelta

import pytest

from news.contradicting import figures_met, names_met
from news.gist_words import named_in
from news.likeness import Carried, compared, words_of
from news.newness import Headline, Piece, headline
from news.text import tokens
from tests.unit.news.events import EVENTS, Event

DAYS = timedelta(days=2)
FERRY = """At least 37 people drowned when the ferry Halcyon capsized off Cape Marrow on Monday, the
coastguard of Tarvia said. The ferry carried 212 passengers from Port Ansel to the island of Lethe
when it listed sharply and went over within eleven minutes, according to harbour master Elsa Brandt.
Rescuers in four helicopters pulled 181 people from the water before dawn. Transport minister Jonas
Halvik said that the vessel had passed its last inspection in March. Investigators look at whether a
bow door was closed properly, as Elsa Brandt, 44, told reporters."""
TITLE = "Ferry capsizes off Tarvia, 37 drown"
WARNING = """The weather service in {} has issued a tornado warning for {} County. At 4:12 PM a
severe thunderstorm was located near {}, moving east at 30 miles an hour. Flying debris will be
dangerous to those caught without shelter. Mobile homes will be damaged or destroyed. Take cover
now, and move
to a basement or an interior room on the lowest floor of a sturdy building. Avoid windows."""


def piece(title: str, body: str) -> Piece:
    return Piece(title=title, body=body, tokens=tokens(body))


def carried(new: str, old: str) -> Carried:
    return compared(*(words_of(tokens(text), named_in(text)) for text in (new, old)))


def under(title: str, body: str) -> Headline:
    return headline(piece(title, body), piece(TITLE, FERRY), "en")


def is_copy(title: str, body: str, *, apart: timedelta = timedelta()) -> bool:
    found = carried(body, FERRY)
    return found.is_copy(same_publisher=False, under=under(title, body), apart=apart)


@pytest.mark.parametrize("apart", [timedelta(), DAYS], ids=str)
@pytest.mark.parametrize(
    "title", [TITLE, "Tragedy at sea", "Dozens lost in storm", "Halvik under fire", ""]
)
def test_a_text_without_a_word_of_its_own_is_a_copy_under_any_headline(
    title: str, apart: timedelta
) -> None:
    assert is_copy(title, FERRY, apart=apart)
    assert is_copy(title, FERRY.partition("Transport minister")[0], apart=apart)


def test_a_lead_of_its_own_on_the_same_event_makes_no_news() -> None:
    lead = "Families waited in vain at the quay this morning for those they love. "
    assert is_copy("Halcyon families wait in vain at the quay", lead + FERRY)


def test_a_new_toll_in_the_headline_is_news() -> None:
    for toll in ("41", "44"):  # 44 is somebody's age in the original
        risen = FERRY.replace("37 people", f"{toll} people")
        assert not is_copy(f"Ferry toll rises to {toll}", risen)
    assert is_copy("Ferry capsizes off Tarvia", FERRY.replace("212", "213"))


def test_names_that_title_and_text_tell_and_the_original_does_not_are_news() -> None:
    report = "President Karl Osten resigned in Varn overnight, the radio said. " + FERRY
    assert under("Osten resigns in Varn", report).news
    assert not is_copy("Osten resigns in Varn", report)
    assert not under("Morning in Varn", FERRY).news  # in the headline alone it is no news


def test_who_carries_all_of_a_brief_in_a_long_text_must_be_headed_by_it() -> None:
    rest = " ".join(f"Then {word} came along and told of things at length." for word in "abcdefghi")
    own = f"The council spoke of taxes all night. {rest} {rest} {rest} "
    assert not is_copy("Council speaks of taxes", own + FERRY)
    assert is_copy("Ferry capsizes off Tarvia", own + FERRY)


def test_what_shares_background_and_comes_days_later_is_no_copy() -> None:
    later = "The inquiry heard its first engineer, who spoke of rust for an hour. " + FERRY[200:]
    assert carried(later, FERRY).is_copy(same_publisher=False)
    assert not is_copy("Inquiry hears engineer speak of rust", later, apart=DAYS)


def test_names_between_equal_words_contradict() -> None:
    one = WARNING.format("Louisville", "Harlan", "Evarts")
    other = WARNING.format("Jackson", "Breathitt", "Quicksand")
    found = carried(other, one)
    assert found.of_new > 0.62
    assert found.misnamed == 3
    assert not found.is_copy(same_publisher=False)
    assert carried(one.replace("Evarts", "Evans"), one).is_copy(same_publisher=False)


def test_a_name_that_the_other_text_has_elsewhere_contradicts_nothing() -> None:
    one = "The mayor met Kroll of the north and spoke with Sand about it."
    other = "The mayor met Sand of the north and spoke with Kroll about it."
    both = [words_of(tokens(text), named_in(text)) for text in (one, other)]
    assert names_met(both[0], both[1]) == (0, 0)


def test_figures_are_met_as_words_and_as_digits() -> None:
    one, other, third = (
        words_of(tokens(f"A fire killed {many} people in the town"))
        for many in ("four", "4", "six")
    )
    assert figures_met(one, other) == (1, [])
    assert figures_met(third, other) == (0, [{"6"}])


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: f"{event.language} {event.one[0][:16]}")
def test_the_same_formulas_elsewhere_are_news(event: Event) -> None:
    new, old = piece(*event.elsewhere), piece(*event.one)
    found = carried(new.body, old.body)
    told = headline(new, old, event.language)
    assert not found.is_copy(same_publisher=False, under=told)
    if found.much:
        assert found.tells_news(told)
