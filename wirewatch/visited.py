"""What there is to say of a visit that was noted, as events."""

from collections.abc import Iterator
from datetime import timedelta
from typing import assert_never

from archive.entries import NotedEntries
from news.cadence import NextVisit
from news.ids import wire_id
from news.source import DueSource
from news.visit import Failed, Told, Unchanged, Visit
from wirewatch.events import Event, SourceRecovered, SourceVisited, VisitFailed


def said_of(
    source: DueSource, visit: Visit, noted: NotedEntries, plan: NextVisit, catch_up: timedelta
) -> Iterator[Event]:
    """Yield what people are told of a visit: failures, recoveries, and what was brought.

    `catch_up` says how long before a source was added its articles may have been published.
    """
    name, failures = source.settings.name, source.rhythm.failures
    match visit.outcome:
        case Failed(reason=reason):
            yield VisitFailed(
                id=wire_id("so", source.id),
                source=name,
                reason=plan.stop or reason,
                failures=plan.rhythm.failures,
                next_at=None if plan.stop else plan.at,
            )
        case Told() | Unchanged():
            if failures:
                yield SourceRecovered(source=name, failures=failures)
            if noted.new or noted.changed:
                yield SourceVisited(
                    source=name,
                    new=noted.new,
                    changed=noted.changed,
                    ms=visit.ms,
                    old=_old(source, visit, catch_up),
                    lost_since=None if noted.gap is None else noted.gap.since,
                    next_at=plan.at,
                )
        case _:
            assert_never(visit.outcome)


def _old(source: DueSource, visit: Visit, catch_up: timedelta) -> int:
    """Count what a first visit told, be it first again, that is too old to raise anything."""
    if not isinstance(visit.outcome, Told) or not (source.first_visit or visit.outcome.anew):
        return 0
    begin = source.added_at - catch_up
    dates = [entry.published or entry.updated for entry in visit.outcome.entries]
    return sum(date is None or date < begin for date in dates)
