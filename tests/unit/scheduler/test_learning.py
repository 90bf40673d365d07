"""What is learned of a source's habit, by small stories."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.habit import DAY, HOUR, SLOT, WEEK, Habit, figures_of, habit_of, share_of
from scheduler.learning import Seen, learned
from scheduler.tally import Tally, tally_of

NOW = datetime(2024, 11, 5, 6, 0, tzinfo=UTC).timestamp()  # a Tuesday
MINUTE = 60.0


def at_first(dates: Sequence[float], now: float = NOW) -> Habit:
    return learned(None, Seen(now=now, since=None, new=len(dates), dates=dates))


def later(
    habit: Habit, since: float, now: float, *, new: int = 1, dates: Sequence[float] = ()
) -> Habit:
    return learned(habit, Seen(now=now, since=since, new=new, dates=dates))


def busiest(counts: Sequence[float]) -> int:
    return max(range(len(counts)), key=counts.__getitem__)


@pytest.mark.parametrize("apart", [MINUTE * 2, MINUTE * 20, 3 * HOUR, 2 * DAY, 9 * DAY])
def test_a_feeds_own_past_gives_its_rate(apart: float) -> None:
    dates = [NOW - apart * at for at in range(30)]
    per_day = share_of(at_first(dates), NOW).per_day
    assert per_day == pytest.approx(DAY / apart, rel=0.45)


def test_hours_days_and_minutes_are_told_apart() -> None:
    mondays = [NOW - DAY - 6 * HOUR - week * WEEK + 13.2 * HOUR for week in range(1, 30)]
    share = share_of(at_first(mondays), NOW)
    assert busiest(share.hours) == 13
    assert busiest(share.days) == 0
    assert busiest(share.slots) == 2
    assert sum(share.hours) == pytest.approx(24)
    assert sum(share.days) == pytest.approx(7)


def test_hours_that_a_short_past_does_not_hold_bring_the_mean() -> None:
    share = share_of(at_first([NOW - 7 * MINUTE * at for at in range(30)]), NOW)
    assert max(share.hours) < 1.6
    assert min(share.hours) > 0.6
    assert max(share.days) < 1.5


@pytest.mark.parametrize(
    "dates",
    [
        [],
        [0.0, 1.0, 86_400.0],
        [NOW + HOUR, NOW + DAY * 400],
        [NOW - HOUR],
        [-1e9],
    ],
)
def test_dates_that_say_nothing_leave_the_habit_open(dates: list[float]) -> None:
    assert at_first(dates) == Habit(as_of=NOW)


def test_an_old_post_on_top_does_not_slow_the_rest() -> None:
    dates = [NOW - HOUR * at for at in range(20)]
    assert share_of(at_first([*dates, NOW - 900 * DAY]), NOW) == share_of(at_first(dates), NOW)


def test_what_comes_within_a_minute_is_one_event() -> None:
    batches = [NOW - DAY * day - second for day in range(10) for second in (0, 20, 40)]
    habit = at_first(batches)
    assert habit.items / habit.events == pytest.approx(3, rel=0.1)


def test_nothing_new_teaches_nothing() -> None:
    habit = at_first([NOW - HOUR * at for at in range(30)])
    assert later(habit, NOW, NOW + HOUR, new=0, dates=[NOW + 1]) is habit


def test_silence_slows_the_rate_by_itself() -> None:
    habit = at_first([NOW - HOUR * at for at in range(30)])
    rates = [share_of(habit, NOW + week * WEEK).per_day for week in range(6)]
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] < rates[0] / 2


def test_news_is_placed_at_its_date() -> None:
    habit = later(Habit(as_of=NOW), NOW, NOW + 6 * HOUR, dates=[NOW + 2.5 * HOUR])
    assert habit.last == NOW + 2.5 * HOUR
    assert busiest(habit.hours) == 8
    assert sum(habit.hours) == pytest.approx(1)


@pytest.mark.parametrize(
    "dates", [[], [NOW - DAY], [NOW + 9 * DAY], [0.0]], ids=["none", "old", "future", "1970"]
)
def test_news_without_a_date_of_its_own_is_spread_over_the_time_since(dates: list[float]) -> None:
    habit = later(Habit(as_of=NOW), NOW, NOW + 4 * HOUR, dates=dates)
    assert NOW < habit.last < NOW + 4 * HOUR
    assert sum(habit.hours) == pytest.approx(1)
    assert sum(1 for count in habit.hours if count > 0.1) == 4


def test_spread_news_falls_where_news_is_usual() -> None:
    daily = at_first([NOW - DAY * at + 0.5 * HOUR for at in range(1, 40)])  # at half past six
    habit = later(daily, NOW, NOW + 12 * HOUR)
    gained = [after - before for after, before in zip(habit.hours, daily.hours, strict=True)]
    assert busiest(gained) == 6


def test_many_pieces_found_late_are_as_many_items_but_few_events() -> None:
    habit = later(Habit(as_of=NOW), NOW, NOW + 10 * MINUTE, new=9)
    assert (habit.events, habit.items) == (1, 9)
    habit = later(Habit(as_of=NOW), NOW, NOW + DAY, new=500)
    assert habit.events == pytest.approx(12, rel=0.1)
    assert habit.items == pytest.approx(500, rel=0.1)


def test_news_in_bursts_is_expected_again_soon_after() -> None:
    bursts = [NOW - DAY * day - 4 * MINUTE * at for day in range(7) for at in range(4)]
    regular = [NOW - 6 * HOUR * at for at in range(28)]
    bursting, even = at_first(bursts), at_first(regular)
    assert sum(bursting.ages[:3]) > 2 * sum(bursting.ages_awaited[:3])
    assert sum(even.ages[:3]) == 0


def test_a_new_habit_takes_over_from_the_old_one() -> None:
    habit = at_first([NOW - DAY * at for at in range(30)])  # at six in the morning
    for day in range(1, 30):
        at = NOW + day * DAY + 12 * HOUR
        habit = later(habit, at - HOUR, at + MINUTE, dates=[at])
    assert busiest(share_of(habit, NOW + 30 * DAY).hours) == 18


def test_turns_count_the_events_that_are_usual() -> None:
    habit = at_first([NOW - 2 * HOUR * at for at in range(200)])
    share = share_of(habit, NOW)
    assert share.turns(NOW, NOW + WEEK) == pytest.approx(7 * share.per_day)
    parts = [share.turns(NOW + part * 5 * HOUR, NOW + (part + 1) * 5 * HOUR) for part in range(9)]
    assert sum(parts) == pytest.approx(share.turns(NOW, NOW + 45 * HOUR))
    assert share.turns(NOW, NOW - DAY) == 0


def test_what_is_kept_is_small_and_read_back_alike() -> None:
    habit = at_first([NOW - SLOT * at * 1.7 for at in range(30)])
    figures = figures_of(habit)
    assert len(figures) <= 70
    assert len(repr(figures)) < 600
    again = habit_of(figures)
    assert again is not None
    assert figures_of(again) == figures
    before, after = share_of(habit, NOW), share_of(again, NOW)
    assert before.hours == pytest.approx(after.hours, rel=0.01)
    assert before.per_day == pytest.approx(after.per_day, rel=0.01)


@pytest.mark.parametrize(
    "change",
    [
        lambda figures: (),
        lambda figures: figures[:-1],
        lambda figures: (*figures, 0.0),
        lambda figures: (math.nan, *figures[1:]),
        lambda figures: (*figures[:9], -1.0, *figures[10:]),
        lambda figures: (*figures[:9], math.inf, *figures[10:]),
        lambda figures: (*figures[:9], "3", *figures[10:]),
        lambda figures: (*figures[:9], None, *figures[10:]),
    ],
)
def test_figures_that_are_none_of_ours_are_not_read(change: object) -> None:
    figures = figures_of(at_first([NOW - HOUR * at for at in range(30)]))
    assert callable(change)
    assert habit_of(figures) is not None
    assert habit_of(change(figures)) is None


@given(
    st.lists(st.floats(-1e10, 1e11), max_size=40),
    st.lists(
        st.tuples(st.floats(-WEEK, WEEK), st.integers(0, 60), st.lists(st.floats(-1e5, 1e5))),
        max_size=6,
    ),
)
def test_whatever_is_told_and_however_clocks_run_the_figures_stay_sound(
    dates: list[float], visits: list[tuple[float, int, list[float]]]
) -> None:
    habit, now = at_first(dates), NOW
    for leap, new, told in visits:
        since, now = now, now + leap
        habit = later(habit, since, now, new=new, dates=[now + date for date in told])
        kept = habit_of(figures_of(habit))
        assert kept is not None
        habit = kept


def test_of_a_very_long_past_the_newest_dates_are_enough() -> None:
    dates = [NOW - 20 * MINUTE * at for at in range(5_000)]
    assert at_first(dates) == at_first(dates[:200])


@pytest.mark.parametrize("apart", [61.0, 80.0])
def test_many_events_of_one_visit_are_learned_together_at_the_same_rate(apart: float) -> None:
    known = at_first([NOW - apart * at for at in range(100)])
    dates = [NOW + apart * at for at in range(1, 1_001)]
    now = dates[-1] + 1
    at_once, one_by_one, before = later(known, NOW, now, new=1_000, dates=dates), known, NOW
    for at in range(0, 1_000, 20):
        part = dates[at : at + 20]
        one_by_one = later(one_by_one, before, part[-1], new=20, dates=part)
        before = part[-1]
    found, expected = share_of(at_once, now), share_of(one_by_one, now)
    assert found.per_day == pytest.approx(expected.per_day, rel=0.02)
    assert sum(abs(a - b) for a, b in zip(found.hours, expected.hours, strict=True)) < 2.4
    lately = one_by_one.came / one_by_one.awaited
    assert at_once.came / at_once.awaited == pytest.approx(lately, rel=0.2)
    assert at_once.items == pytest.approx(one_by_one.items, rel=0.02)


def test_a_visit_is_learned_from_in_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps, placed = [], Tally.place

    def place(tally: Tally, *args: Any, **more: Any) -> None:
        steps.append(1)
        placed(tally, *args, **more)

    monkeypatch.setattr(Tally, "place", place)
    known = at_first([NOW - HOUR * at for at in range(10_000)])
    assert len(steps) < 200
    later(known, NOW, NOW + WEEK, new=9_000, dates=[NOW + 62 * at for at in range(9_000)])
    assert len(steps) < 300


def test_what_weighs_next_to_nothing_stays_sound() -> None:
    tally = tally_of(at_first([NOW - HOUR * at for at in range(50)]))
    for year in range(1, 40):
        tally.age(NOW + year * 365 * DAY)
        tally.place([(tally.as_of, 1.0)], 1.0)
    habit = tally.habit()
    assert habit_of(figures_of(habit)) is not None
    assert sum(habit.hours) == pytest.approx(habit.events)
