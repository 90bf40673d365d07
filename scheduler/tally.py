"""A habit while it is being learned: its figures, changed in place.

A feed may tell a thousand items at once, so an event must cost next to nothing. What ages loses its
weight all alike, so one weight is kept for all of it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from scheduler.habit import (
    DAY,
    HOUR,
    HOURS,
    MONDAY,
    SLOT,
    TURNS,
    WEEK,
    Habit,
    age_of,
    memory,
)

_RECENT_TURNS = 10.0
_LIGHTEST = 1e-9

Spread: TypeAlias = Sequence[tuple[float, float]]
"""Moments at which an event may have been, and how likely each is."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """A `Habit` that can be added to; `weight` is that of the counts, as they stand here."""

    as_of: float
    last: float
    watched: float
    events: float
    items: float
    came: float
    awaited: float
    hours: list[float]
    days: list[float]
    slots: list[float]
    ages: list[float]
    ages_awaited: list[float]
    weight: float = 1.0

    def habit(self) -> Habit:
        """Return what is known by now."""
        self._weigh()
        return Habit(
            as_of=self.as_of,
            last=self.last,
            watched=self.watched,
            events=self.events,
            items=self.items,
            came=self.came,
            awaited=self.awaited,
            hours=tuple(self.hours),
            days=tuple(self.days),
            slots=tuple(self.slots),
            ages=tuple(self.ages),
            ages_awaited=tuple(self.ages_awaited),
        )

    def age(self, at: float) -> None:
        """Let what is known lose its weight until `at`, and the time until then count."""
        whole = memory(self.watched, self.events)
        kept = math.exp(-(at - self.as_of) / whole)
        self.as_of = at
        self.watched = self.watched * kept + whole / DAY * (1 - kept)
        self.events *= kept
        self.items *= kept
        self.weight *= kept
        if self.weight < _LIGHTEST:
            self._weigh()

    def place(self, spread: Spread, items: float, *, events: float = 1.0) -> None:
        """Count events that were all at the moments of `spread` and brought so many items."""
        at = sum([moment * likely for moment, likely in spread])
        self.age(max(at, self.as_of))
        self.last = max(self.last, at)
        self.events += events
        self.items += items
        unit = events / self.weight
        for moment, likely in spread:
            weight = likely * unit
            self._add_hour(moment, weight)
            self.days[int((moment - MONDAY) % WEEK // DAY)] += weight
            self.slots[int(moment % HOUR // SLOT)] += weight

    def gap(self, turns: float, *, events: float = 1.0) -> None:
        """Count events each so many turns after the one before, and where else they could be."""
        unit = events / self.weight
        age = age_of(turns)
        self.ages[age] += unit
        for before in range(age):
            self.ages_awaited[before] += unit * (TURNS[before + 1] - TURNS[before])
        self.ages_awaited[age] += unit * (turns - TURNS[age])
        one = math.exp(-min(turns, 10 * _RECENT_TURNS) / _RECENT_TURNS)
        kept = one**events
        self.came = self.came * kept + ((1 - kept) / (1 - one) if one < 1 else events)
        self.awaited = self.awaited * kept + _RECENT_TURNS * (1 - kept)

    def _add_hour(self, moment: float, weight: float) -> None:
        """Add to its own hour and, by its place in it, a neighbour."""
        hour, from_middle = int(moment % DAY // HOUR), moment % HOUR / HOUR - 0.5
        aside = abs(from_middle) / 2
        self.hours[hour] += weight * (1 - aside)
        self.hours[(hour + (1 if from_middle > 0 else -1)) % HOURS] += weight * aside

    def _weigh(self) -> None:
        if self.weight == 1.0:
            return
        for counts in (self.hours, self.days, self.slots, self.ages, self.ages_awaited):
            counts[:] = [count * self.weight for count in counts]
        self.weight = 1.0


def tally_of(habit: Habit) -> Tally:
    """Begin with what is known."""
    return Tally(
        as_of=habit.as_of,
        last=habit.last,
        watched=habit.watched,
        events=habit.events,
        items=habit.items,
        came=habit.came,
        awaited=habit.awaited,
        hours=list(habit.hours),
        days=list(habit.days),
        slots=list(habit.slots),
        ages=list(habit.ages),
        ages_awaited=list(habit.ages_awaited),
    )
