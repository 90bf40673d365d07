"""How a habit is learned from what the visits of a source saw; pure.

The first visit learns from the dates of all that the source tells, so the feed's own past gives its
rhythm at once. Later ones place each new entry at its date, if that lies since the visit before;
what has no such date came at some unknown moment between, and is spread over it as the habit known
so far makes likely.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from scheduler.habit import (
    DAY,
    DAYS,
    HOUR,
    HOURS,
    MONDAY,
    SLOT,
    TURNS,
    WEEK,
    Figures,
    Habit,
    age_of,
    memory,
    share_of,
)

_BUNCH = 60.0
_RECENT_TURNS = 10.0
_SEARCHED, _MOST_PIECES = 900.0, 12
_FEW = 4
_OLDEST = 946_684_800.0
"""2000: earlier dates are no dates of publication."""

Spread: TypeAlias = Sequence[tuple[float, float]]
"""Moments at which an event may have been, and how likely each is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a visit at `now` saw: `new` unknown entries since the good visit at `since`, if any.

    `dates` are those of all entries it told that have one, in any order; all in seconds.
    """

    now: float
    since: float | None
    new: int
    dates: Sequence[float]


def learned(known: Habit | None, seen: Seen) -> Habit:
    """Return what is known after a visit; one that found nothing new teaches nothing by itself.

    The time that passes without news counts when the habit is read.
    """
    dates = sorted(date for date in seen.dates if _OLDEST < date <= seen.now)
    if known is None:
        return _from_history(dates, seen.now) if len(dates) > 1 else Habit(as_of=seen.now)
    since = min(known.as_of if seen.since is None else seen.since, seen.now)
    fresh = [date for date in dates if date > since][-seen.new :] if seen.new else []
    habit = known
    for at, items in _bunches(fresh):
        habit = _with_event(habit, [(at, 1.0)], items)
    for items in _unplaced(seen.new - len(fresh), seen.now - since):
        habit = _with_event(habit, _spread(habit, since, seen.now), items)
    return habit


def _bunches(dates: Sequence[float]) -> list[tuple[float, float]]:
    """Return events and how many items each brought; what follows within a minute is one."""
    found: list[tuple[float, float]] = []
    before = -math.inf
    for date in dates:
        if date - before < _BUNCH:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((date, 1.0))
        before = date
    return found


def _unplaced(items: int, within: float) -> Iterator[float]:
    """Yield how many items each event brought that came somewhere within so many seconds."""
    events = min(items, 1 + int(within // _SEARCHED), _MOST_PIECES)
    for _ in range(events):
        yield items / events


def _spread(habit: Habit, since: float, now: float) -> Spread:
    share = share_of(habit, now)
    count = max(1, min(_MOST_PIECES, int((now - since) // SLOT)))
    moments = [since + (now - since) * (at + 0.5) / count for at in range(count)]
    weights = [share.rate(at) * share.slot(at) for at in moments]
    return [(at, weight / sum(weights)) for at, weight in zip(moments, weights, strict=True)]


def _with_event(habit: Habit, spread: Spread, items: float) -> Habit:
    """Count an event that brought so many items, and when it was after the one before."""
    at = sum(moment * weight for moment, weight in spread)
    known = _placed(habit, spread, items)
    if not habit.last:
        return known
    return _with_gap(known, share_of(habit, max(at, habit.as_of)).turns(habit.last, at))


def _placed(habit: Habit, spread: Spread, items: float) -> Habit:
    at = sum(moment * weight for moment, weight in spread)
    known = _aged(habit, max(at, habit.as_of))
    return replace(
        known,
        last=max(habit.last, at),
        events=known.events + 1,
        items=known.items + items,
        hours=_added(known.hours, _by_hour(spread)),
        days=_added(known.days, [(int((m - MONDAY) % WEEK // DAY), w) for m, w in spread]),
        slots=_added(known.slots, [(int(m % HOUR // SLOT), w) for m, w in spread]),
    )


def _aged(habit: Habit, at: float) -> Habit:
    """Let what is known lose the weight it loses until `at`, and the time until then count."""
    whole = memory(habit)
    kept = math.exp(-(at - habit.as_of) / whole)
    return replace(
        habit,
        as_of=at,
        watched=habit.watched * kept + whole / DAY * (1 - kept),
        events=habit.events * kept,
        items=habit.items * kept,
        hours=_scaled(habit.hours, kept),
        days=_scaled(habit.days, kept),
        slots=_scaled(habit.slots, kept),
        ages=_scaled(habit.ages, kept),
        ages_awaited=_scaled(habit.ages_awaited, kept),
    )


def _with_gap(habit: Habit, turns: float) -> Habit:
    """Count an event so many turns after the one before, and where else it was to be expected."""
    spent = [
        max(0.0, min(turns, end) - begin)
        for begin, end in zip(TURNS, (*TURNS[1:], math.inf), strict=True)
    ]
    kept = math.exp(-min(turns, 10 * _RECENT_TURNS) / _RECENT_TURNS)
    return replace(
        habit,
        came=habit.came * kept + 1,
        awaited=habit.awaited * kept + _RECENT_TURNS * (1 - kept),
        ages=_added(habit.ages, [(age_of(turns), 1.0)]),
        ages_awaited=tuple(a + b for a, b in zip(habit.ages_awaited, spent, strict=True)),
    )


def _by_hour(spread: Spread) -> list[tuple[int, float]]:
    """Spread each moment over its own hour and, by its place in it, a neighbour."""
    found = []
    for moment, weight in spread:
        hour, place = int(moment % DAY // HOUR), moment % HOUR / HOUR
        from_middle = place - 0.5
        aside = abs(from_middle) / 2
        found.append((hour, weight * (1 - aside)))
        found.append(((hour + (1 if from_middle > 0 else -1)) % HOURS, weight * aside))
    return found


def _from_history(dates: Sequence[float], now: float) -> Habit:
    """Learn from the past as a feed tells it: all that it lists came since its oldest date."""
    inside = list(dates)
    while len(inside) > _FEW and inside[1] - inside[0] > now - inside[1]:
        inside.pop(0)  # an old post that is kept on top
    span = now - inside[0]
    events = _bunches(inside[1:])
    habit = Habit(as_of=inside[0], last=inside[0])
    for at, items in events:
        habit = _placed(habit, [(at, 1.0)], items)
    habit = _aged(habit, now)
    if span < WEEK:
        habit = _evened(habit, span)
    share = share_of(habit, now)
    for before, after in pairwise([inside[0], *(at for at, _ in events)]):
        habit = _with_gap(habit, share.turns(before, after))
    return habit


def _evened(habit: Habit, span: float) -> Habit:
    """Make up for the hours and days that a short past does not hold: they bring the mean."""
    hours, days = [0.0] * HOURS, [0.0] * DAYS
    at, end = habit.as_of - span, habit.as_of
    while at < end:
        part = min(HOUR - at % HOUR, end - at)
        hours[int(at % DAY // HOUR)] += part / HOUR
        days[int((at - MONDAY) % WEEK // DAY)] += part / DAY
        at += max(part, 1.0)
    return replace(
        habit,
        hours=_by_exposure(habit.hours, hours, doubt=0.5),
        days=_by_exposure(habit.days, days, doubt=1.0),
    )


def _by_exposure(counts: Figures, exposed: Sequence[float], *, doubt: float) -> Figures:
    total = sum(counts)
    mean = total / max(sum(exposed), 1e-9)
    even = [(c + doubt * mean) / (e + doubt) for c, e in zip(counts, exposed, strict=True)]
    return tuple(count * total / max(sum(even), 1e-9) for count in even)


def _added(counts: Figures, more: Sequence[tuple[int, float]]) -> Figures:
    found = list(counts)
    for place, weight in more:
        found[place] += weight
    return tuple(found)


def _scaled(counts: Figures, kept: float) -> Figures:
    return tuple(count * kept for count in counts)
