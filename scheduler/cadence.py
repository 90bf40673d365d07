"""When a source is visited next: a pure decision, so that a table can test it.

every, cron   as written; only a server that asks for rest, or fails, makes them wait longer
neither       adaptive: what the source was seen to do tells when its next news has waited long
              enough (scheduler/expectation.py), and before its document is full of others
              (scheduler/rolling.py); TTL and max-age are respected
failed        the interval doubles with every failure, up to a day; where nothing answered at
              all, the first is followed by a second try within minutes
asked to wait by Retry-After: for as long as that says and its own interval, whichever is longer;
              only what keeps asking is left alone for longer, up to four intervals
excused       while our own network seems down, no failure is counted, and the next try is a few
              minutes later, or when its own time comes (scheduler/reach.py)
gone          never again, and the source says why
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from news.cadence import NextVisit
from news.gap import Gap, Missed
from news.source import DueSource, Rhythm, SourceSettings
from news.visit import Failed, Outcome, Told, Unchanged
from scheduler.backoff import LONGEST_REST, asked_rest, doubled_rest
from scheduler.cron import next_time
from scheduler.expectation import PATIENCE, expected
from scheduler.habit import Habit, figures_of, habit_of
from scheduler.lag import lagged, patience_with
from scheduler.learning import Seen, learned
from scheduler.reach import FIRST_TRY, Excuse
from scheduler.rolling import SHARE, Held, rolled, rolls_over_in
from scheduler.wording import about, words_for

FIRST_INTERVAL = timedelta(minutes=5)
"""What a failing source of which nothing is known yet begins to be left alone for."""

_FIRST_REST = timedelta(minutes=1)
_MOST_LAGS = 48
_JITTERED_PATIENCE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The shortest and the longest interval that adaptive cadence may choose."""

    min: timedelta = timedelta(minutes=1)
    max: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMoment:
    """A visit that has just ended: of which source, how, how many entries were new.

    `gap` is there if what was told before stood there no more, so that some may have been lost.
    `excuse` is there if the network seems down, and the failure is not the source's own.
    """

    source: DueSource
    outcome: Outcome
    new: int = 0
    gap: Gap | None = None
    excuse: Excuse | None = None


def next_visit(moment: VisitMoment, bounds: Bounds, *, now: datetime, jitter: float) -> NextVisit:
    """Decide when the source is due again after `now`, and what to remember of this visit.

    `jitter` in [0, 1) stretches adaptive intervals and rests by up to a tenth, so that sources
    that began or failed together are not visited together for ever.
    """
    match moment.outcome:
        case Failed(unreachable=True) as failed if moment.excuse is not None:
            return _in_an_outage(moment.source, failed, moment.excuse, bounds, now=now)
        case Failed(crowded=True):
            return _passed_over(moment.source, now=now, stretch=1 + jitter / 10)
        case Failed() as failed:
            return _after_failure(moment.source, failed, bounds, now=now, stretch=1 + jitter / 10)
        case Told(wait=wait) | Unchanged(wait=wait):
            return _after_answer(moment, bounds, wait, now=now, jitter=jitter)
        case _ as never:
            assert_never(never)


def explained(settings: SourceSettings, rhythm: Rhythm, bounds: Bounds, *, now: datetime) -> str:
    """Say in a few words what decides how often a source is visited, as things stand at `now`."""
    if rhythm.failures:
        return _failed_times(rhythm.failures)
    if settings.every is not None or settings.cron is not None:
        return _AS_WRITTEN
    habit = habit_of(rhythm.habit)
    if habit is None:
        return "nothing is known of its rhythm yet"
    if not habit.items:
        return "no item yet, so nothing is known of its rhythm"
    return _chosen(habit, bounds, now=now, patience=PATIENCE * patience_with(habit)).why


def latest_visit(settings: SourceSettings, bounds: Bounds, *, now: datetime) -> datetime:
    """Return the latest time to which any visit that ends by `now` puts off the next one.

    What is put off for longer was so while the clock stood ahead.
    """
    usual = settings.every or (timedelta() if settings.cron else bounds.max)
    latest = now + 1.2 * max(usual, LONGEST_REST)
    if settings.cron is not None and settings.every is None:
        return next_time(settings.cron, settings.timezone, latest)
    return latest


def _after_answer(
    moment: VisitMoment, bounds: Bounds, wait: timedelta | None, *, now: datetime, jitter: float
) -> NextVisit:
    source = moment.source
    known = habit_of(source.rhythm.habit)
    habit = _habit(known, moment, now)
    figures = source.rhythm.habit if habit is known else figures_of(habit)
    rhythm = replace(
        source.rhythm,
        failures=0,
        empty_visits=0 if moment.new else source.rhythm.empty_visits + 1,
        habit=figures,
    )
    settings = source.settings
    if settings.every is not None:
        at = _in_step(source.due_at, settings.every, now)
        return NextVisit(at=at, rhythm=rhythm, why=_AS_WRITTEN)
    if settings.cron is not None:
        at = next_time(settings.cron, settings.timezone, now)
        return NextVisit(at=at, rhythm=rhythm, why=_AS_WRITTEN)
    patience = PATIENCE * patience_with(habit) * (1 + _JITTERED_PATIENCE * jitter)
    chosen = _chosen(habit, bounds, now=now, patience=patience)
    rhythm = replace(rhythm, interval=chosen.interval)
    if wait is not None and wait > chosen.interval:
        why = f"asked to wait by its TTL or max-age{chosen.though}"
        return NextVisit(at=now + wait, rhythm=rhythm, why=why)
    return NextVisit(at=now + chosen.interval, rhythm=rhythm, why=chosen.why)


def _in_step(due: datetime | None, every: timedelta, now: datetime) -> datetime:
    """Count from when the visit was due, but leave as much rest as it took; late, begin anew."""
    took = now - due if due is not None else every
    return now + (max(every - took, took) if timedelta() <= took < every else every)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    interval: timedelta
    why: str
    though: str = ""
    """What speaks against waiting for longer."""


def _chosen(habit: Habit, bounds: Bounds, *, now: datetime, patience: float = PATIENCE) -> _Chosen:
    """Choose the interval by what is expected, and no longer than a document that rolls over."""
    longest = bounds.max.total_seconds()
    found = expected(habit, now.timestamp(), longest=longest, patience=patience)
    rolls = rolls_over_in(habit, now.timestamp())
    if rolls is None or rolls * SHARE >= found.wait:
        interval = min(max(timedelta(seconds=found.wait), bounds.min), bounds.max)
        return _Chosen(interval=interval, why=words_for(found, least=bounds.min, most=bounds.max))
    interval = max(timedelta(seconds=rolls * SHARE), bounds.min)
    bound = ", as often as [cadence] min allows" if interval == bounds.min else ""
    words = f"all that it lists is replaced within about {about(rolls)}"
    return _Chosen(interval=interval, why=f"{words}{bound}", though=f", though {words}")


def _habit(known: Habit | None, moment: VisitMoment, now: datetime) -> Habit:
    """Return what is known of the source's habit after this visit."""
    source, outcome = moment.source, moment.outcome
    told = outcome.entries if isinstance(outcome, Told) else ()
    if known is not None and not moment.new:
        return known
    dates = [date.timestamp() for entry in told if (date := entry.published or entry.updated)]
    since = source.last_good_at.timestamp() if source.last_good_at else None
    at = now.timestamp()
    habit = learned(known, Seen(now=at, since=since, new=moment.new, dates=dates))
    if known is None or since is None or not isinstance(outcome, Told):
        return habit
    newest = sorted(date for date in dates if date <= at)[-moment.new :][-_MOST_LAGS:]
    habit = lagged(habit, since=since, now=at, dates=newest)
    if moment.gap is not None and moment.gap.because is not Missed.ROLLED:
        return habit  # that it rolled over while nobody looked is no wonder
    held = Held(
        now=at,
        since=since,
        entries=len(told) + outcome.dropped,
        new=moment.new,
        dates=newest,
        gap=moment.gap is not None,
    )
    return rolled(habit, held)


def _after_failure(
    source: DueSource, failed: Failed, bounds: Bounds, *, now: datetime, stretch: float
) -> NextVisit:
    rhythm = replace(source.rhythm, failures=source.rhythm.failures + 1)
    asked = failed.wait or timedelta()
    why = "asked to wait by the server" if asked else _failed_times(rhythm.failures)
    if failed.gone:
        at = now + max(LONGEST_REST, asked)
        stop = f"{failed.reason}; it is not visited again"
        return NextVisit(at=at, rhythm=rhythm, stop=stop, why=stop)
    settings = source.settings
    if settings.cron is not None and settings.every is None:
        # On its own times still, but leaving out more of them the longer it fails.
        rest = timedelta()
        if rhythm.failures > 1 and not asked:
            rest = doubled_rest(_FIRST_REST, rhythm.failures - 1)
        earliest = now + max(rest * stretch, asked)
        at = next_time(settings.cron, settings.timezone, earliest)
        return NextVisit(at=at, rhythm=rhythm, why=why)
    usual = settings.every or rhythm.interval or max(FIRST_INTERVAL, bounds.min)
    rest = asked_rest(usual, rhythm.failures) if asked else doubled_rest(usual, rhythm.failures)
    rest = max(rest, settings.every or timedelta())
    if failed.unreachable and rhythm.failures == 1:
        rest = min(rest, FIRST_TRY)  # it may be ours; whether it is, the next ones tell
    return NextVisit(at=now + max(rest * stretch, asked), rhythm=rhythm, why=why)


def _passed_over(source: DueSource, *, now: datetime, stretch: float) -> NextVisit:
    """Try again soon, whatever its times: others of ours took its turn, and nothing is counted."""
    usual = source.settings.every or source.rhythm.interval or FIRST_INTERVAL
    rest = min(usual, FIRST_TRY) * stretch
    return NextVisit(at=now + rest, rhythm=source.rhythm, why="others took its turn")


def _in_an_outage(
    source: DueSource, failed: Failed, excuse: Excuse, bounds: Bounds, *, now: datetime
) -> NextVisit:
    """Try again later, and blame the network: the source's history stays as it is."""
    at, settings = now + max(excuse.rest, failed.wait or timedelta()), source.settings
    if settings.every is None and settings.cron is None:
        at = max(at, now + bounds.min)
    elif excuse.in_place_of_all:
        pass  # its own time may be a day away, and somebody has to see that the network is back
    elif settings.every is not None:
        at = max(at, now + settings.every)
    elif settings.cron is not None:
        at = next_time(settings.cron, settings.timezone, at)
    return NextVisit(at=at, rhythm=source.rhythm, why="the network seems down")


def _failed_times(failures: int) -> str:
    return "failed once" if failures == 1 else f"failed {failures} times"


_AS_WRITTEN = "as every or cron says"
