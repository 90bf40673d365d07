"""When a source is silent for longer than it ever is."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.source import Rhythm
from scheduler.habit import DAY, HOUR, Habit, figures_of
from scheduler.learning import Seen, learned
from scheduler.overdue import SHORTEST, TIMES, overdue

MONDAY = datetime(2024, 11, 4, tzinfo=UTC).timestamp()
MINUTE = 60.0


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def rhythm_from(dates: list[float], *, until: float) -> Rhythm:
    """Learn a rhythm as a run does that visits every ten minutes and finds what was published."""
    habit: Habit | None = learned(None, Seen(now=dates[0], since=None, new=1, dates=dates[:1]))
    at = dates[0]
    while at < until:
        since, at = at, at + 10 * MINUTE
        fresh = [date for date in dates if since < date <= at]
        if fresh:
            habit = learned(habit, Seen(now=at, since=since, new=len(fresh), dates=fresh))
    assert habit is not None
    return Rhythm(habit=figures_of(habit))


def poisson(per_day: float, *, days: int, seed: int = 5) -> list[float]:
    chance, at, found = Random(seed), MONDAY - days * DAY, list[float]()
    while at < MONDAY:
        at += chance.expovariate(per_day / DAY)
        found.append(at)
    return found[:-1]


def weekdays_at_noon(weeks: int) -> list[float]:
    begin = MONDAY - weeks * 7 * DAY
    return [
        begin + day * DAY + hour * HOUR
        for day in range(weeks * 7)
        if day % 7 < 5
        for hour in (10, 11, 12, 13)
    ]


def test_a_silence_of_five_times_its_rhythm_is_needed_at_least() -> None:
    rhythm = rhythm_from(poisson(24, days=30), until=MONDAY)
    last = moment(MONDAY)
    assert overdue(rhythm, last, last + timedelta(hours=4)) is None
    found = overdue(rhythm, last, last + timedelta(hours=24))
    assert found is not None
    assert found.since == last
    assert timedelta(minutes=45) < found.usual < timedelta(minutes=80)
    assert 15 < found.missing < 35


@pytest.mark.parametrize("per_day", [1, 10, 100])
def test_chance_alone_makes_no_source_overdue_within_a_month(per_day: float) -> None:
    rhythm = rhythm_from(poisson(per_day, days=40), until=MONDAY)
    for seed in range(10):
        after = [date + 30 * DAY for date in poisson(per_day, days=30, seed=seed)]
        pairs = zip([MONDAY, *after], after, strict=False)
        assert sum(overdue(rhythm, moment(a), moment(b)) is not None for a, b in pairs) == 0


@pytest.mark.parametrize(("per_day", "hours"), [(100, 8), (50, 12), (10, 48), (1, 24 * 14)])
def test_what_has_really_gone_silent_is_noticed(per_day: float, hours: float) -> None:
    rhythm = rhythm_from(poisson(per_day, days=40), until=MONDAY)
    last = moment(MONDAY)
    assert overdue(rhythm, last, last + timedelta(hours=hours)) is not None


def test_nights_and_weekends_are_no_silence() -> None:
    dates = weekdays_at_noon(8)
    rhythm = rhythm_from(dates, until=MONDAY)
    friday = moment(dates[-1])
    assert overdue(rhythm, friday, friday + timedelta(days=2, hours=18)) is None
    assert overdue(rhythm, friday, friday + timedelta(days=6)) is not None


def steady(per_day: float) -> Rhythm:
    """Know a source that brought so many events a day for three weeks, at every hour alike."""
    events = per_day * 20
    habit = Habit(
        as_of=MONDAY,
        last=MONDAY,
        watched=20.0,
        events=events,
        items=events,
        came=5.0,
        awaited=5.0,
        hours=(events / 24,) * 24,
        days=(events / 7,) * 7,
        slots=(events / 12,) * 12,
    )
    return Rhythm(habit=figures_of(habit))


@given(per_day=st.floats(0.5, 2_000), hours=st.floats(0, 2_000))
def test_it_is_never_said_too_early(per_day: float, hours: float) -> None:
    last = moment(MONDAY)
    found = overdue(steady(per_day), last, last + timedelta(hours=hours))
    if found is not None:
        assert timedelta(hours=hours) >= max(SHORTEST, TIMES * found.usual)
        assert found.missing >= TIMES


def test_of_what_is_hardly_known_or_fails_nothing_is_said() -> None:
    rhythm = rhythm_from(poisson(24, days=30), until=MONDAY)
    last, later = moment(MONDAY), moment(MONDAY + 30 * DAY)
    assert overdue(rhythm, last, later) is not None
    assert overdue(Rhythm(habit=rhythm.habit, failures=1), last, later) is None
    assert overdue(rhythm, None, later) is None
    assert overdue(Rhythm(), last, later) is None
    few = rhythm_from([MONDAY - n * DAY for n in range(4, 0, -1)], until=MONDAY)
    assert overdue(few, last, later) is None


@pytest.mark.parametrize("days", [5, 10, 20])
def test_overdue_it_stays_the_longer_it_lasts(days: int) -> None:
    rhythm = rhythm_from(poisson(24, days=30), until=MONDAY)
    last = moment(MONDAY)
    sooner = overdue(rhythm, last, last + timedelta(days=days - 1))
    later = overdue(rhythm, last, last + timedelta(days=days))
    assert sooner is not None
    assert later is not None
    assert later.missing > sooner.missing > TIMES
