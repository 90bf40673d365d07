"""Whether a source that answers has been silent for longer than it ever is; pure.

Its own rhythm is its measure (scheduler/habit.py): nights and quiet days count for as little as
they bring. Nothing for five times its rhythm is needed at least; and where that happens by chance
now and then, as with all that publishes a hundred times a day, so much more that it is not to be
expected within a season.

A source that fails is failing and not overdue, and one of which little is known is neither.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.source import Rhythm
from scheduler.habit import TURNS, Habit, habit_of, share_of, times_by_age

TIMES = 5.0
"""So many times its usual rhythm a source is silent at least."""

SHORTEST = timedelta(hours=1)

_ENOUGH_EVENTS = 8.0
_SEASON = 90.0
_RARE = 0.1
_HORIZON = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Nothing new since `since` (UTC), where otherwise something comes every `usual` on average.

    `missing` is how many bunches of items were to be expected meanwhile.
    """

    since: datetime
    usual: timedelta
    missing: float


def overdue(rhythm: Rhythm, last_new_at: datetime | None, now: datetime) -> Overdue | None:
    """Tell if a source that last told something new at `last_new_at` is overdue; None if not.

    `now` is the time of its last good visit: of what came since then, nothing is known.
    """
    habit = habit_of(rhythm.habit)
    if habit is None or last_new_at is None or rhythm.failures:
        return None
    silent = now - last_new_at
    if habit.events < _ENOUGH_EVENTS or silent < SHORTEST:
        return None
    # As it was when it last told something: the silence itself is no rhythm.
    share = share_of(habit, habit.as_of)
    missing = share.turns(last_new_at.timestamp(), now.timestamp())
    usual = timedelta(days=1 / share.per_day)
    if missing < _longest_usual(habit, share.per_day) or silent < TIMES * usual:
        return None
    return Overdue(since=last_new_at, usual=usual, missing=missing)


def _longest_usual(habit: Habit, per_day: float) -> float:
    """Return for how many turns a source may be silent before that is worth a word.

    How likely the next event is at each age after one says how rare a silence is; there are as
    many silences in a season as there are events.
    """
    by_age = times_by_age(habit)
    bearable = math.log(max(per_day * _SEASON, 1.0) / _RARE)
    begun = 0.0
    for at, (begin, times) in enumerate(zip(TURNS, by_age, strict=True)):
        length = (TURNS[at + 1] if at + 1 < len(TURNS) else _HORIZON) - begin
        if begun + times * length >= bearable:
            return max(begin + (bearable - begun) / times, TIMES)
        begun += times * length
    return _HORIZON
