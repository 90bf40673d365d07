"""When the news that is expected has waited long enough, by shapes of habits."""

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.expectation import expected
from scheduler.habit import DAY, HOUR, Habit
from scheduler.learning import Seen, learned

NOW = datetime(2024, 11, 5, 6, 0, tzinfo=UTC).timestamp()
MINUTE = 60.0


def habit(*dates: float, now: float = NOW) -> Habit:
    return learned(None, Seen(now=now, since=None, new=len(dates), dates=dates))


def irregular(per_day: float, count: int = 60) -> Habit:
    chance, at, dates = Random(3), NOW, []
    for _ in range(count):
        at -= chance.expovariate(per_day / DAY)
        dates.append(at)
    return habit(*dates)


def wait(of: Habit, now: float = NOW) -> float:
    return expected(of, now, longest=DAY).wait


@pytest.mark.parametrize(
    ("per_day", "shortest", "longest"),
    [
        (200, MINUTE, 6 * MINUTE),
        (24, 4 * MINUTE, 18 * MINUTE),
        (3, 12 * MINUTE, 60 * MINUTE),
        (1 / 7, HOUR, 4 * HOUR),
        (1 / 100, 3 * HOUR, 20 * HOUR),
    ],
)
def test_visits_are_as_frequent_as_the_root_of_the_news(
    per_day: float, shortest: float, longest: float
) -> None:
    assert shortest <= wait(irregular(per_day)) <= longest


def test_busy_hours_are_visited_more_often_than_quiet_ones() -> None:
    chance = Random(4)
    office = habit(*(NOW - DAY * day + chance.uniform(2, 9) * HOUR for day in range(1, 90)))
    assert wait(office, NOW + 4 * HOUR) < wait(office, NOW + 12 * HOUR) / 2


def test_a_regular_publisher_is_visited_soon_after_its_minute() -> None:
    hourly = habit(*(NOW + 10 * MINUTE - HOUR * at for at in range(1, 100)))
    for minute in (0, 3, 8):
        due = NOW + minute * MINUTE + wait(hourly, NOW + minute * MINUTE)
        assert NOW + 10 * MINUTE <= due <= NOW + 14 * MINUTE


def test_a_daily_publisher_is_visited_about_its_hour() -> None:
    daily = habit(*(NOW - DAY * day + 2 * HOUR + 3 * MINUTE for day in range(1, 60)))
    long, short = wait(daily, NOW - 6 * HOUR), wait(daily, NOW + 2 * HOUR)
    assert short < 8 * MINUTE
    assert long > 2 * short


def test_bursts_are_followed_and_left_again() -> None:
    bursts = [NOW - 31 * HOUR * day - 4 * MINUTE * at for day in range(9) for at in range(6)]
    bursting = habit(*bursts)
    assert wait(bursting, NOW + MINUTE) < wait(bursting, NOW + 4 * HOUR) / 2


def test_what_lately_brings_more_is_visited_more_often() -> None:
    usual = irregular(5)
    waking = usual
    for minute in range(1, 40):
        at = NOW + minute * 10 * MINUTE
        waking = learned(waking, Seen(now=at + 1, since=at - 60, new=1, dates=[at]))
    later = NOW + 401 * MINUTE
    assert wait(waking, later) < wait(usual, later) / 2


def test_batches_are_worth_more_than_single_items() -> None:
    moments = [NOW - 7.3 * HOUR * at for at in range(1, 30)]
    batches = [moment + second for moment in moments for second in range(10)]
    assert wait(habit(*batches)) < wait(habit(*moments))


def test_a_patient_guest_comes_later() -> None:
    usual = irregular(24)
    waits = [expected(usual, NOW, longest=DAY, patience=seconds).wait for seconds in (5, 50, 500)]
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]


@given(
    st.lists(st.floats(NOW - 500 * DAY, NOW + DAY), max_size=40),
    st.floats(-400 * DAY, 400 * DAY),
    st.floats(60, 3 * DAY),
)
def test_the_wait_is_never_longer_than_allowed(
    dates: list[float], leap: float, longest: float
) -> None:
    found = expected(habit(*dates), NOW + leap, longest=longest)
    assert 0 < found.wait <= longest * 1.001
    assert found.rate >= 0
    assert found.usual > 0
