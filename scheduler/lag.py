"""How long items wait between their date and the visit that sees them, and why; pure.

Two things make that time. Some sources let an item stand in the feed only minutes after its date:
caches, slow machines. No visit mends that, but once it is known, visits are planned for when items
appear and not for when they are dated. The rest is the wait for the next visit. By mere chance that
is half the interval; where items turn out to wait longer, visits come at the wrong moments, and
until that is learned they have to come oftener: then less patience is had with that source.
"""

from collections.abc import Sequence
from dataclasses import replace

from scheduler.habit import HOUR, Habit

LEAST_PATIENCE = 0.8
"""Patience shrinks to no less than this share of the usual."""

_LATEST = 2 * HOUR
"""What appears later than that after its date was dated back, and was not late."""

_STEP = 0.1
_KEPT = 0.98
_DOUBT = 20.0


def lagged(habit: Habit, *, since: float, now: float, dates: Sequence[float]) -> Habit:
    """Return what is known after a visit at `now` saw items of these dates, unseen at `since`.

    An item that was not seen at the visit after its date was late by so much at least; none was
    late by more than the time between its date and now.
    """
    late, waits, waited = habit.late, habit.waits, habit.waited
    half = (now - since) / 2
    for date in dates:
        if date > now or since - date > _LATEST or half <= 0:
            continue
        least, most = max(0.0, since - date), now - date
        late += _STEP * (min(max(late, least), most) - late)
        waits = waits * _KEPT + (now - min(max(date + late, since), now)) / half
        waited = waited * _KEPT + 1
    return replace(habit, late=late, waits=waits, waited=waited)


def patience_with(habit: Habit) -> float:
    """Return the share of the usual patience that is had with a source."""
    share = (habit.waited + _DOUBT) / (habit.waits + _DOUBT)
    return min(max(share, LEAST_PATIENCE), 1.0)
