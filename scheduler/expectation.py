"""When the news that is expected has waited so long that a visit is worth it; pure.

What a source is expected to bring from now on is added up, five minutes at a time, and with it how
long it would have been waiting. Once that reaches `PATIENCE`, the next visit is best. At an even
rate the visits so become as frequent as the square root of the news: 1 an hour gives a visit about
every 9 minutes, 1 a week about every two hours, 200 a day one every 3 minutes. Where the rate is
uneven, the busy times are given more than that and the quiet ones less, by `SHARPNESS`.
"""

import math
from dataclasses import dataclass

from scheduler.habit import HOUR, LEAST, MOST, SLOT, TURNS, Habit, age_of, share_of, times_by_age

PATIENCE = 42.0
"""Seconds that items may have waited, all together, before a visit is worth it."""

SHARPNESS = 0.5
"""How much more the busy times are given than the root of their rate: it is raised by this.

What is above the source's mean so has more weight, and what is below it less.
"""

_OLDEST = len(TURNS) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The next visit is best after `wait` seconds; `rate` is the items an hour expected now.

    `usual` is the rate over the whole week.
    """

    wait: float
    rate: float
    usual: float


def expected(habit: Habit, now: float, *, longest: float, patience: float = PATIENCE) -> Expected:
    """Return when a visit after `now` is best, `longest` seconds ahead at most."""
    share = share_of(habit, now)
    turns = share.turns(habit.last, now) if habit.last else 0.0
    size = (habit.items + 1) / (habit.events + 1)
    mean = size * share.per_day / 24
    level, by_age = _level(habit, turns), times_by_age(habit)
    rate = share.rate(now) * level * by_age[age_of(turns)] * size
    news = waited = 0.0
    unseen = 1.0  # how likely it is that nothing came: the age counts no longer than that
    at, end = now, now + longest
    age = age_of(turns)
    while at < end:  # so often that what is small stands here and in no function of its own
        usual = share.rate(at)
        age = age_of(turns) if age < _OLDEST else age
        events = usual * share.slots[int(at % HOUR // SLOT)] * level
        events *= 1 + (by_age[age] - 1) * unseen
        ratio = events * size / mean
        sharper = min(max(ratio, LEAST), MOST)
        weight = events * size * sharper**SHARPNESS / HOUR
        step = SLOT - at % SLOT if age == _OLDEST else _to_next(at, turns, age, usual)
        step = min(max(step, 1.0), end - at)
        reached = news * step + weight * step * step / 2
        if waited + reached >= patience:
            at += _solved(weight / 2, news, patience - waited)
            break
        news, waited = news + weight * step, waited + reached
        at, turns = at + step, turns + usual * step / HOUR
        unseen *= math.exp(-events * step / HOUR)
    return Expected(wait=at - now, rate=rate, usual=mean)


def _level(habit: Habit, turns: float) -> float:
    """Return how many times the usual the source brings lately."""
    return min(max((habit.came + 2) / (habit.awaited + turns + 2), 0.1), 5.0)


def _to_next(at: float, turns: float, age: int, rate: float) -> float:
    """Return the seconds for which all that the rate depends on stays as it is."""
    return min(SLOT - at % SLOT, (TURNS[age + 1] - turns) / rate * HOUR)


def _solved(square: float, linear: float, reach: float) -> float:
    """Return the smallest x with square x² + linear x = reach."""
    root = math.sqrt(linear * linear + 4 * square * reach)
    return 2 * reach / max(linear + root, 1e-12)
