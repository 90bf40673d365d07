"""A gap: a source told nothing that it told before, so what came in between was never seen.

A feed holds its newest entries. If none of those that a visit finds was known, more was published
since the visit before than the document holds, or everything was replaced; either way nobody can
say that nothing was lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from news.source import DueSource
from news.visit import Told, Visit

ONE_A_DAY = timedelta(days=1)
"""A source that rolls over all the time is spoken of so often."""

_FEWEST = 3
"""A document of one or two entries may be replaced by as many new ones, and nothing is lost."""

_LATE = timedelta(minutes=10)


class Missed(Enum):
    """Why nothing that was known stood there any more."""

    ROLLED = "rolled"
    """It published more between two visits than it lists."""
    AWAY = "away"
    """It was not visited when it was due: wirewatch did not run, or it was paused."""
    UNANSWERED = "unanswered"
    """It could not be read for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What was published between `since` and `until` (UTC) may never have been seen.

    `entries` is how many the document holds. `repeated` tells that a gap of this source was spoken
    of within the last day, so that this one need not be.
    """

    since: datetime
    until: datetime
    entries: int
    because: Missed = Missed.ROLLED
    repeated: bool = False


def gap_before(source: DueSource, visit: Visit, *, new: int, known: int) -> Gap | None:
    """Return the gap before `visit`, which told so many unknown and known entries; None if none is.

    What a first visit tells, or one that found its entries another way, was never there before;
    neither was anything where the visit before found an empty document, nor what a part
    of the source tells that is looked at for the first time. A reader that knows of a
    loss says so (`rolled`).
    """
    told, since = visit.outcome, source.last_good_at
    if not isinstance(told, Told) or told.anew or source.first_visit:
        return None
    if since is None or not source.listed or not new:
        return None
    only_opened = len(told.opened) == len(told.entries)
    few = len(told.entries) < _FEWEST
    if not told.rolled and (told.dropped or known or only_opened or few):
        return None
    return Gap(
        since=since,
        until=visit.at,
        entries=new,
        because=_because(source, visit),
        repeated=source.gap_at is not None and visit.at - source.gap_at < ONE_A_DAY,
    )


def _because(source: DueSource, visit: Visit) -> Missed:
    if source.failing_since is not None:
        return Missed.UNANSWERED
    usual = source.settings.every or source.rhythm.interval or timedelta()
    late = visit.at - _planned(source, usual, visit.at)
    return Missed.AWAY if late > max(_LATE, usual) else Missed.ROLLED


def _planned(source: DueSource, usual: timedelta, at: datetime) -> datetime:
    """Return when the visit should have been: being paused or put off makes it due anew."""
    if source.planned_at is not None:
        return source.planned_at
    due = source.due_at or at
    if source.last_good_at is None or source.settings.cron is not None:
        return due
    return min(due, source.last_good_at + max(usual, ONE_A_DAY))
