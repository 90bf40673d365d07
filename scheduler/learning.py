"""How a habit is learned from what the visits of a source saw; pure.

The first visit learns from the newest dates that the source tells, so the feed's own past gives its
rhythm at once. Later ones place each new entry at its date, if that lies since the visit before;
what has no such date came at some unknown moment between, and is spread over it as the habit known
so far makes likely.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scheduler.habit import DAY, DAYS, HOUR, HOURS, MONDAY, SLOT, WEEK, Figures, Habit, share_of
from scheduler.tally import Spread, Tally, tally_of

_BUNCH = 60.0
_SEARCHED, _MOST_PIECES = 900.0, 12
_FEW = 4
_OLDEST = 946_684_800.0
"""2000: earlier dates are no dates of publication."""

_MOST_DATES, _MOST_EVENTS = 200, 48
"""More than so many dates of the past are not learned from, nor more events of one visit told
apart: it has to be done in a few milliseconds, whatever a stranger's feed tells."""


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
    if known is not None and not seen.new:
        return known
    dates = sorted(date for date in seen.dates if _OLDEST < date <= seen.now)
    if known is not None and known.late:  # what counts is when they could be seen
        dates = [min(date + known.late, seen.now) for date in dates]
    if known is None:
        return _from_history(dates, seen.now) if len(dates) > 1 else Habit(as_of=seen.now)
    since = min(known.as_of if seen.since is None else seen.since, seen.now)
    fresh = [date for date in dates if date > since][-seen.new :]
    tally = tally_of(known)
    bunches = _bunches(fresh)
    together = max(1, -(-len(bunches) // _MOST_EVENTS))
    for first in range(0, len(bunches), together):
        _learn_placed(tally, bunches[first : first + together])
    for items in _unplaced(seen.new - len(fresh), seen.now - since):
        habit = tally.habit()
        _learn(tally, habit, _spread(habit, since, seen.now), items)
    return replace(
        tally.habit(),
        roll=known.roll,
        rolled_at=known.rolled_at,
        late=known.late,
        waits=known.waits,
        waited=known.waited,
    )


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


def _learn_placed(tally: Tally, bunches: Sequence[tuple[float, float]]) -> None:
    """Count events as if they were even apart; where there is one alone, that is exact."""
    (at, _), events = bunches[-1], len(bunches)
    _learn(tally, tally.habit(), [(at, 1.0)], sum(items for _, items in bunches), events=events)


def _learn(
    tally: Tally, known: Habit, spread: Spread, items: float, *, events: float = 1.0
) -> None:
    """Count an event that brought so many items, and when it was after the one before."""
    at = sum(moment * weight for moment, weight in spread)
    tally.place(spread, items, events=events)
    if known.last:
        turns = share_of(known, max(at, known.as_of)).turns(known.last, at)
        tally.gap(turns / events, events=events)


def _from_history(dates: Sequence[float], now: float) -> Habit:
    """Learn from the past as a feed tells it: all that it lists came since its oldest date."""
    inside = list(dates[-_MOST_DATES:])
    while len(inside) > _FEW and inside[1] - inside[0] > now - inside[1]:
        inside.pop(0)  # an old post that is kept on top
    span = now - inside[0]
    events = _bunches(inside[1:])
    tally = tally_of(Habit(as_of=inside[0], last=inside[0]))
    for at, items in events:
        tally.place([(at, 1.0)], items)
    tally.age(now)
    habit = _evened(tally.habit(), span) if span < WEEK else tally.habit()
    share, tally = share_of(habit, now), tally_of(habit)
    for before, after in pairwise([inside[0], *(at for at, _ in events)]):
        tally.gap(share.turns(before, after))
    return tally.habit()


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
