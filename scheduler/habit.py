"""What is learned of when a source publishes: figures few enough to be written at each visit.

It is learned from the dates of what a source tells, and where they are missing, say only the day or
came late, from when a visit found something new. Older news counts less and less. Kept are

    how much     news over the time that was watched; a bunch of items within a minute is one event
    when         shares of the hours of the day, the days of the week, the minutes of the hour (UTC)
    in what way  how often an event came so soon or so late after the one before it, against how
                 often that was to be expected: bursts, batches, and the rest that follows

How much time passes between events is counted in *turns*: one turn is as much time as usually
brings one event at those hours, so that a night's silence counts for little.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

HOUR, DAY, WEEK = 3_600.0, 86_400.0, 604_800.0
SLOT = 300.0
"""The minutes of the hour are told apart by so many seconds."""

TURNS = (0.0, 0.03, 0.1, 0.3, 0.7, 1.1, 1.6)
"""From how many turns after an event each of the ages begins that are told apart."""

LEAST, MOST = 0.1, 12.0
"""What is seen to be rarer or more frequent than the usual counts as so many times it."""

HOURS, DAYS, SLOTS, _AGES = 24, 7, 12, len(TURNS)
_SCALARS = 7
_LENGTH = _SCALARS + HOURS + DAYS + SLOTS + 2 * _AGES
_SINCE_THEN = 5
"""Figures that were added later stand at the end; without them nothing is known of those."""

_LENGTHS = {_LENGTH, _LENGTH + _SINCE_THEN}
MONDAY = 4 * DAY
"""The epoch was a Thursday: so long after it the first week began."""

_MEMORY, _MEMORY_EVENTS = 21 * DAY, 40
_LONGEST_MEMORY = 40 * _MEMORY
_HOUR_DOUBT, _DAY_DOUBT, _SLOT_DOUBT = 0.6, 3.0, 2.0
_MOST = 1e12
_NUMBERS = frozenset((float, int, bool))

Figures: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What is known of a source up to `as_of`; times are seconds since the epoch.

    `watched` is for how many days' worth, `events` and `items` what came in it; `last` is when the
    latest event was (0: none yet). `came` and `awaited` are the lately seen and expected events,
    `ages` and `ages_awaited` the same for each age of `TURNS`.
    `roll` is in how many seconds its document is full of others, as seen at `rolled_at` (0: never
    seen to do so, scheduler/rolling.py). `late` is how long after their date items use to appear;
    `waits` and `waited` are how long they then waited for a visit, as shares of half the interval,
    and how many they were (scheduler/lag.py).
    """

    as_of: float
    last: float = 0.0
    watched: float = 0.0
    events: float = 0.0
    items: float = 0.0
    came: float = 0.0
    awaited: float = 0.0
    hours: Figures = (0.0,) * HOURS
    days: Figures = (0.0,) * DAYS
    slots: Figures = (0.0,) * SLOTS
    ages: Figures = (0.0,) * _AGES
    ages_awaited: Figures = (0.0,) * _AGES
    roll: float = 0.0
    rolled_at: float = 0.0
    late: float = 0.0
    waits: float = 0.0
    waited: float = 0.0


def habit_of(figures: Sequence[float]) -> Habit | None:
    """Read what was kept; None for figures that are none of ours."""
    if len(figures) not in _LENGTHS or not _sound(figures):
        return None
    parts, at = [], _SCALARS
    for length in (HOURS, DAYS, SLOTS, _AGES, _AGES):
        parts.append(tuple(figures[at : at + length]))
        at += length
    as_of, last, watched, events, items, came, awaited = figures[:_SCALARS]
    roll, rolled_at, late, waits, waited = figures[_LENGTH:] or (0.0,) * _SINCE_THEN
    return Habit(
        as_of=as_of,
        last=min(last, as_of),
        watched=watched,
        events=events,
        items=max(items, events),
        came=came,
        awaited=awaited,
        hours=parts[0],
        days=parts[1],
        slots=parts[2],
        ages=parts[3],
        ages_awaited=parts[4],
        roll=roll,
        rolled_at=rolled_at,
        late=late,
        waits=waits,
        waited=waited,
    )


def figures_of(habit: Habit) -> Figures:
    """Return what is to be kept: times to the second, the rest to four digits."""
    rest = (habit.watched, habit.events, habit.items, habit.came, habit.awaited)
    counts = (*rest, *habit.hours, *habit.days, *habit.slots, *habit.ages, *habit.ages_awaited)
    times = (float(round(habit.as_of)), float(round(habit.last)))
    later = (habit.late, habit.waits, habit.waited)
    return (
        *times,
        *map(_rounded, counts),
        _rounded(habit.roll),
        float(round(habit.rolled_at)),
        *map(_rounded, later),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How a habit's events are spread over the week, and how many turns lie between times.

    `hours`, `days` and `slots` say how many times the mean each of them brings.
    """

    per_day: float
    hours: Figures
    days: Figures
    slots: Figures
    before_hour: Figures
    before_day: Figures

    def rate(self, at: float) -> float:
        """Return how many events an hour are usual at `at`, its minute left aside."""
        into = (at - MONDAY) % WEEK
        return self.per_day / 24 * self.days[int(into // DAY)] * self.hours[int(into % DAY // HOUR)]

    def slot(self, at: float) -> float:
        """Return how many times the usual the minute at `at` brings."""
        return self.slots[int(at % HOUR // SLOT)]

    def turns(self, begin: float, end: float) -> float:
        """Return how many events are usual between two times."""
        return max(0.0, self._until(end) - self._until(begin)) * self.per_day

    def _until(self, at: float) -> float:
        weeks, into = divmod(at - MONDAY, WEEK)
        day, rest = divmod(into, DAY)
        hour, left = divmod(rest, HOUR)
        part = (self.before_hour[int(hour)] + self.hours[int(hour)] * left / HOUR) / HOURS
        return weeks * DAYS + self.before_day[int(day)] + self.days[int(day)] * part


def share_of(habit: Habit, now: float) -> Share:
    """Read how a habit's events are spread; `now` is at or after all that is known."""
    hours, days = _shares(habit.hours, _HOUR_DOUBT), _shares(habit.days, _DAY_DOUBT)
    return Share(
        per_day=_per_day(habit, now),
        hours=hours,
        days=days,
        slots=_shares(habit.slots, _SLOT_DOUBT),
        before_hour=(0.0, *accumulate(hours)),
        before_day=(0.0, *accumulate(days)),
    )


def age_of(turns: float) -> int:
    """Return which of the ages begins last at or before `turns`."""
    return max(bisect_right(TURNS, turns) - 1, 0)


def times_by_age(habit: Habit) -> list[float]:
    """Return how many times the usual each age after an event brings the next."""
    return [
        min(max((came + 2) / (awaited + 2), LEAST), MOST)
        for came, awaited in zip(habit.ages, habit.ages_awaited, strict=True)
    ]


def memory(watched: float, events: float) -> float:
    """Return the seconds in which news loses most of its weight: longer where there is little."""
    per_event = watched * DAY / max(events, 0.5)
    return max(_MEMORY, min(_MEMORY_EVENTS * per_event, _LONGEST_MEMORY))


def _rounded(count: float) -> float:
    return float(f"{count:.4g}")


def _sound(figures: Sequence[float]) -> bool:
    """Tell whether all of them are numbers of a size that they can have."""
    return (
        _NUMBERS.issuperset(map(type, figures))
        and all(map((0.0).__le__, figures))
        and all(map(_MOST.__gt__, figures))
    )


def _per_day(habit: Habit, now: float) -> float:
    """Return events a day; what was hardly watched is taken to bring one an hour."""
    whole = memory(habit.watched, habit.events)
    kept = math.exp(-max(0.0, now - habit.as_of) / whole)
    watched = habit.watched * kept + whole / DAY * (1 - kept)
    return (habit.events * kept + 0.5) / (watched + 0.5 / 24)


def _shares(counts: Figures, doubt: float) -> Figures:
    """Return how many times the mean each part brings; `doubt` events of each are made up."""
    mean = sum(counts) / len(counts) + doubt
    return tuple((count + doubt) / mean for count in counts)
