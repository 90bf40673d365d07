"""What there is to say of a visit that was noted, as events."""

from collections.abc import Iterator
from datetime import timedelta
from typing import assert_never

from archive.entries import NotedEntries
from crawler.sites.address import scope_of
from crawler.sites.memory import turned
from news.cadence import NextVisit
from news.ids import wire_id
from news.moved import moved_after
from news.source import DueSource
from news.visit import Failed, Told, Unchanged, Visit
from wirewatch.events import (
    Event,
    SectionTurned,
    SourceMoved,
    SourceRecovered,
    SourceVisited,
    VisitFailed,
)

_MOST_SECTIONS = 5
"""So many lines are said of a site's sections at one visit."""


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
            yield from _sections(source, visit)
        case _:
            assert_never(visit.outcome)
    yield from _moved(source, visit, plan)


def _moved(source: DueSource, visit: Visit, plan: NextVisit) -> Iterator[Event]:
    moved = moved_after(source, visit, failures=plan.rhythm.failures)
    to = moved.to if moved is not None and moved.believed else None
    if to != source.moved_to:
        yield SourceMoved(source=source.settings.name, to=to)


def _sections(source: DueSource, visit: Visit) -> Iterator[Event]:
    settings = source.settings
    if settings.kind != "site" or visit.outcome.learned is None:
        return
    named = scope_of(settings.url, settings.spider.sections).ours()
    for one in turned(source.learned, visit.outcome.learned, named)[:_MOST_SECTIONS]:
        yield SectionTurned(
            id=wire_id("so", source.id),
            source=settings.name,
            section=one.url,
            reason=one.fault or None,
        )


def _old(source: DueSource, visit: Visit, catch_up: timedelta) -> int:
    """Count what a first visit told, be it first again, that is too old to raise anything."""
    if not isinstance(visit.outcome, Told) or not (source.first_visit or visit.outcome.anew):
        return 0
    begin = source.added_at - catch_up
    dates = [entry.published or entry.updated for entry in visit.outcome.entries]
    return sum(date is None or date < begin for date in dates)
