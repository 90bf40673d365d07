"""When it is worth telling that a source is in trouble, and when that it is over.

failing     not at its first failure: after three in a row that span a quarter of an hour, or, of
            what is visited seldom, two that lie half a day apart; at once where its server says
            that it is gone for good
overdue     it answers, and tells nothing for far longer than it ever does
gap         it told nothing of what it told before, so some may have been missed (news/gap.py)
recovered   it answers again, or tells again, and its trouble had been told

Nothing is told of a failure that our own network excuses, or that was our own fault. What is told
once is not told again as long as it lasts. What fails is left alone for longer and longer, so it is
decided at the last visit before the quarter of an hour is over, and told when it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from news.notice import NoticeKind

ENOUGH = 3
"""Failures in a row, if they span..."""
LONG_ENOUGH = timedelta(minutes=15)

FEW = 2
"""Failures are enough of a source that is visited seldom, if they span..."""
LONG = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A visit that was noted at `at`, and what was known of its source's trouble before.

    `trouble` is the kind of notice that holds still. `failures` are those in a row, this one
    included, none where it was good; they began at `since`. `stopped` tells that it is not visited
    again; `excused` that the failure is not the source's. `new` counts entries that it brought.
    `gap` tells that some may have been missed, and that this was not told lately.
    """

    at: datetime
    trouble: NoticeKind | None = None
    failures: int = 0
    since: datetime | None = None
    stopped: bool = False
    excused: bool = False
    new: int = 0
    overdue: bool = False
    gap: bool = False
    next_at: datetime | None = None
    """When it is visited next: nobody looks at it before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The notices to give, in this order, and the trouble that holds from now on.

    They are not to be told before `due_at`, where that is there.
    """

    notices: tuple[NoticeKind, ...] = ()
    trouble: NoticeKind | None = None
    due_at: datetime | None = None


def judged(seen: Seen) -> Judged:
    """Decide what a visit gives notice of."""
    if seen.excused:
        return Judged(trouble=seen.trouble)
    if seen.failures:
        return _failed(seen)
    return _answered(seen)


def _failed(seen: Seen) -> Judged:
    known = seen.trouble is NoticeKind.FAILING
    if seen.stopped or (not known and _long_enough(seen)):
        return Judged(notices=(NoticeKind.FAILING,), trouble=NoticeKind.FAILING)
    if not known and (due_at := _surely_from(seen)) is not None:
        return Judged(notices=(NoticeKind.FAILING,), trouble=NoticeKind.FAILING, due_at=due_at)
    return Judged(trouble=seen.trouble)


def _surely_from(seen: Seen) -> datetime | None:
    """Return when it will have failed for long enough, if it is not visited before that."""
    if seen.failures < ENOUGH or seen.next_at is None:
        return None
    over = (seen.since or seen.at) + LONG_ENOUGH
    return over if seen.next_at >= over else None


def _long_enough(seen: Seen) -> bool:
    lasted = seen.at - (seen.since or seen.at)
    often = seen.failures >= ENOUGH and lasted >= LONG_ENOUGH
    return often or (seen.failures >= FEW and lasted >= LONG)


def _answered(seen: Seen) -> Judged:
    gap = (NoticeKind.GAP,) if seen.gap else ()
    over = seen.trouble is NoticeKind.FAILING or seen.new > 0
    if seen.trouble is not None and over:
        return Judged(notices=(NoticeKind.RECOVERED, *gap))
    if seen.trouble is None and seen.overdue:
        return Judged(notices=(NoticeKind.OVERDUE, *gap), trouble=NoticeKind.OVERDUE)
    return Judged(notices=gap, trouble=seen.trouble)
