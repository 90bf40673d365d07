"""How soon a source's document is full of other entries, so that a visit comes before; pure.

A document that holds nothing that was known has rolled over: visits have to be so close that half
of it would still be known. How soon it rolls over is read from the dates that it tells, or failing
that from the time since the visit before. It is remembered, and believed half as much with every
day on which it does not happen again; so one wild hour does not make for a month of visits.

The same is done before anything is lost, where little of what was known is left in the document.
What publishes all at once rolls over however often it is visited: a shorter interval is tried then,
but no shorter than an eighth of the one before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.habit import DAY, Habit

SHARE = 0.5
"""A visit comes at the latest after so much of the time in which the document rolls over."""

_SHORTEST = 1 / 8
_LITTLE_LEFT = 0.25
_FEWEST = 4
_AT_ONCE = 0.25
_MOST_DAYS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a document held at `now`: so many entries, `new` of them since the visit at `since`.

    `dates` are those of its entries that have one, in seconds, in any order; `gap` tells that
    nothing in it was known, and that this was no fault of ours.
    """

    now: float
    since: float
    entries: int
    new: int
    dates: Sequence[float] = ()
    gap: bool = False


def rolled(habit: Habit, held: Held) -> Habit:
    """Return what is known after a document rolled over, or nearly did; else the same."""
    elapsed = held.now - held.since
    if elapsed <= 0:
        return habit
    if held.gap:
        span = _span(held)
        found = elapsed if span is None else span
    elif held.entries >= _FEWEST and held.entries - held.new <= held.entries * _LITTLE_LEFT:
        span = _span(held)
        if span is not None and span < elapsed * _AT_ONCE:
            return habit
        found = elapsed * held.entries / max(held.new, 1)
    else:
        return habit
    found = min(max(found, elapsed * _SHORTEST), 2 * elapsed)
    known = rolls_over_in(habit, held.now)
    return replace(habit, roll=found if known is None else min(found, known), rolled_at=held.now)


def rolls_over_in(habit: Habit, now: float) -> float | None:
    """Return the seconds in which the document is to be expected to roll over; None if unknown."""
    if not habit.roll:
        return None
    days = max(0.0, now - habit.rolled_at) / DAY
    return None if days > _MOST_DAYS else float(habit.roll * 2.0**days)


def _span(held: Held) -> float | None:
    """Return the time that the new entries span by their dates, if enough of them tell one."""
    inside = sorted(date for date in held.dates if held.since < date <= held.now)
    if len(inside) < 2 or len(inside) * 2 < held.new:  # noqa: PLR2004 - one date spans nothing
        return None
    return inside[-1] - inside[0]
