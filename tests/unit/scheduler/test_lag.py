"""How long items wait after their date: what is the source's own, and what is ours."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.habit import HOUR, Habit, figures_of, habit_of
from scheduler.lag import LEAST_PATIENCE, lagged, patience_with
from scheduler.learning import Seen, learned

MINUTE = 60.0
NOW = 1_730_786_400.0
BLANK = Habit(as_of=NOW)


def visited(
    habit: Habit, *, every: float, late: float, visits: int, unlucky: bool = False
) -> Habit:
    """Let items appear `late` after their dates, and visits see them every so many seconds."""
    chance, at = Random(3), NOW
    for _ in range(visits):
        since, at = at, at + every * chance.uniform(0.9, 1.1)
        shown = since + (at - since) * (0.03 if unlucky else chance.random())
        habit = lagged(habit, since=since, now=at, dates=[shown - late])
    return habit


@pytest.mark.parametrize("late", [0.0, 120.0, 300.0, 900.0])
def test_a_constant_delay_of_the_source_is_found_and_not_held_against_us(late: float) -> None:
    habit = visited(BLANK, every=10 * MINUTE, late=late, visits=400)
    assert habit.late == pytest.approx(late, abs=60)
    assert patience_with(habit) > 0.9


def test_items_that_always_wait_for_nearly_the_whole_interval_cost_patience() -> None:
    habit = visited(BLANK, every=10 * MINUTE, late=0.0, visits=200, unlucky=True)
    assert patience_with(habit) == LEAST_PATIENCE


@given(
    every=st.floats(60, 80_000),
    dates=st.lists(st.floats(NOW - 1e6, NOW + 1e6), max_size=40),
    rounds=st.integers(1, 20),
)
def test_patience_stays_within_its_bounds(every: float, dates: list[float], rounds: int) -> None:
    habit = BLANK
    for at in range(rounds):
        now = NOW + at * every
        habit = lagged(habit, since=now - every, now=now, dates=dates)
    assert LEAST_PATIENCE <= patience_with(habit) <= 1.0
    assert 0 <= habit.late <= 2 * HOUR + 80_000


@pytest.mark.parametrize("date", [NOW + 1, NOW - 30 * HOUR])
def test_dates_ahead_and_far_back_say_nothing(date: float) -> None:
    assert lagged(BLANK, since=NOW - 600, now=NOW, dates=[date]) == BLANK


def test_what_is_late_is_learned_where_it_could_be_seen() -> None:
    """Dated before the visit that did not find it, an item is placed after that visit."""
    known = replace(learned(None, Seen(now=NOW, since=None, new=1, dates=[NOW])), late=300.0)
    since, now = NOW + HOUR, NOW + HOUR + 600
    habit = learned(known, Seen(now=now, since=since, new=1, dates=[since - 100]))
    assert habit.last == since + 200


def test_figures_from_before_lags_were_kept_are_still_read() -> None:
    habit = visited(BLANK, every=600.0, late=120.0, visits=30)
    figures = figures_of(replace(habit, roll=900.0, rolled_at=NOW))
    read = habit_of(figures)
    assert read is not None
    assert (read.roll, read.rolled_at) == (900.0, NOW)
    assert read.late == pytest.approx(habit.late, rel=1e-3)
    before = habit_of(figures[:-5])
    assert before is not None
    assert (before.late, before.roll, before.waited) == (0.0, 0.0, 0.0)
    assert before == replace(read, roll=0.0, rolled_at=0.0, late=0.0, waits=0.0, waited=0.0)
