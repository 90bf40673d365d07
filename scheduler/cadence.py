"""When a source is visited next: a pure decision, so that a table can test it.

every, cron   as written; only a server that asks for rest, or fails, makes them wait longer
neither       adaptive: news halves the interval, an empty visit stretches it by a fifth, so
              that about one visit in five brings something; TTL and max-age are respected
failed        the interval doubles with every failure, up to a day
gone          never again, and the source says why
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from news.cadence import NextVisit
from news.source import DueSource, Rhythm
from news.visit import Failed, Outcome, Told, Unchanged
from scheduler.cron import next_time

FIRST_INTERVAL = timedelta(minutes=5)
"""Where adaptive cadence begins, before anything is known of a source."""

LONGEST_REST = timedelta(hours=24)
"""A failing source is tried again at least this often, unless its own schedule is slower."""

_SHORTER = 0.5
_LONGER = 1.2
_FIRST_REST = timedelta(minutes=1)
_MOST_DOUBLINGS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The shortest and the longest interval that adaptive cadence may choose."""

    min: timedelta = timedelta(minutes=1)
    max: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMoment:
    """A visit that has just ended: of which source, how, and how many entries were new."""

    source: DueSource
    outcome: Outcome
    new: int = 0


def next_visit(moment: VisitMoment, bounds: Bounds, *, now: datetime, jitter: float) -> NextVisit:
    """Decide when the source is due again after `now`, and what to remember of this visit.

    `jitter` in [0, 1) stretches adaptive intervals and rests by up to a tenth, so that sources
    that began or failed together are not visited together for ever.
    """
    stretch = 1 + jitter / 10
    match moment.outcome:
        case Failed() as failed:
            return _after_failure(moment.source, failed, bounds, now=now, stretch=stretch)
        case Told(wait=wait) | Unchanged(wait=wait):
            rhythm = _rhythm(moment, bounds)
            at = _usual(moment.source, rhythm, wait, now=now, stretch=stretch)
            return NextVisit(at=at, rhythm=rhythm)
        case _ as never:
            assert_never(never)


def _usual(
    source: DueSource, rhythm: Rhythm, wait: timedelta | None, *, now: datetime, stretch: float
) -> datetime:
    settings = source.settings
    if settings.every is not None:
        return now + settings.every
    if settings.cron is not None:
        return next_time(settings.cron, settings.timezone, now)
    return now + max((rhythm.interval or FIRST_INTERVAL) * stretch, wait or timedelta())


def _rhythm(moment: VisitMoment, bounds: Bounds) -> Rhythm:
    """Return the history after a good visit; everything is new at the first, which says nothing."""
    known = moment.source.rhythm
    interval = known.interval or FIRST_INTERVAL
    if known.interval is not None and not moment.source.first_visit:
        interval *= _SHORTER if moment.new else _LONGER
    return Rhythm(
        failures=0,
        empty_visits=0 if moment.new else known.empty_visits + 1,
        interval=min(max(interval, bounds.min), bounds.max),
    )


def _after_failure(
    source: DueSource, failed: Failed, bounds: Bounds, *, now: datetime, stretch: float
) -> NextVisit:
    rhythm = replace(source.rhythm, failures=source.rhythm.failures + 1)
    asked = failed.wait or timedelta()
    if failed.gone:
        at = now + max(LONGEST_REST, asked)
        return NextVisit(at=at, rhythm=rhythm, stop=f"{failed.reason}; it is not visited again")
    settings = source.settings
    if settings.cron is not None and settings.every is None:
        # On its own times still, but leaving out more of them the longer it fails.
        rest = _rest(_FIRST_REST, rhythm.failures - 1) if rhythm.failures > 1 else timedelta()
        earliest = now + max(rest * stretch, asked)
        return NextVisit(at=next_time(settings.cron, settings.timezone, earliest), rhythm=rhythm)
    usual = settings.every or rhythm.interval or max(FIRST_INTERVAL, bounds.min)
    rest = max(_rest(usual, rhythm.failures), settings.every or timedelta())
    return NextVisit(at=now + max(rest * stretch, asked), rhythm=rhythm)


def _rest(usual: timedelta, failures: int) -> timedelta:
    """Return `usual` doubled with each failure after the first, a day at most."""
    doublings: int = 2 ** min(failures - 1, _MOST_DOUBLINGS)
    return usual * doublings if usual < LONGEST_REST / doublings else LONGEST_REST
