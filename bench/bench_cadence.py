"""A month of 500 publishing histories, visited by wirewatch's own code and by its rivals.

What counts is how long an item stands in its feed before a visit finds it, at equal numbers of
visits: for each source as many as wirewatch made there (fixed, per source), or as many for all
together. The histories have a seed that nothing was tuned on. A visit is told the newest 30 items;
what left them before a visit is lost.
"""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import fmean, median
from typing import TypeAlias

from bench.publishing import DAY, MINUTE, MONTH, History, histories
from news.entry import Entry
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Told, Unchanged
from scheduler.cadence import Bounds, VisitMoment, next_visit

SEED, COUNT, FEWER = 31_337, 500, 100
WINDOW = 30
END = MONTH * DAY
WEEK = 7 * DAY
BOUNDS = Bounds(min=timedelta(minutes=1), max=timedelta(hours=24))
LEAST, MOST = BOUNDS.min.total_seconds(), BOUNDS.max.total_seconds()
BEGIN = datetime(2024, 9, 30, tzinfo=UTC)
NONE = Validators()
SOURCE = DueSource(
    id=1,
    settings=SourceSettings(name="one", kind="feed", url="https://one.test/rss"),
    validators=NONE,
    rhythm=Rhythm(),
    added_at=BEGIN,
    claim_no=1,
    first_visit=False,
)

Moments: TypeAlias = Sequence[float]
Waiting: TypeAlias = Callable[[float, int, float], float]
"""Chooses the next interval by the one before, how much was new, and items a week."""


def main() -> None:
    """Print delays in minutes: the median and the slowest tenth of all items, and of sources."""
    world = histories(COUNT, SEED)
    _print("with dates", world, [None] * COUNT)
    few = world[:FEWER]
    _print("without dates", [_undated(history) for history in few], [None] * FEWER)
    asked = [timedelta(minutes=10) if at % 3 == 0 else None for at in range(FEWER)]
    _print("a third ask by TTL or max-age for 10 min", few, asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How long the items of one source waited, and how many were never seen."""

    kind: str
    delays: list[float]
    lost: int


def _print(title: str, world: Sequence[History], asked: Sequence[timedelta | None]) -> None:
    with ProcessPoolExecutor() as pool:
        ours = list(pool.map(_ours, world, range(len(world)), asked, chunksize=5))
    total = sum(map(len, ours))
    least = [max(LEAST, wait.total_seconds() if wait else 0) for wait in asked]
    each = round(total / len(world))
    chance = random.Random(3)
    plans = {
        "wirewatch": ours,
        "fixed, each source its own": [_evenly(len(visits), chance) for visits in ours],
        "fixed, one for all": [_evenly(min(each, int(END / wait)), chance) for wait in least],
        "by entries a week": _equal(world, least, total, _by_frequency),
        "halved and stretched": _equal(world, least, total, _by_halves),
    }
    print(f"\n{title}: {len(world)} sources, {total / len(world) / MONTH:.0f} visits a day each")
    print(
        f"{'minutes':27} {'visits':>9} {'median':>8}{'p90':>8}{'mean':>8}{'sources':>8}{'lost':>6}"
    )
    found = {name: _found(world, plan) for name, plan in plans.items()}
    for name, results in found.items():
        print(_line(name, sum(map(len, plans[name])), results))
    _print_ratios(found)


def _print_ratios(found: dict[str, list[Found]]) -> None:
    mine, own, one = list(found.values())[:3]
    kinds = sorted({each.kind for each in mine})
    print(
        f"of fixed: {_ratio(mine, own):.2f} (each its own), {_ratio(mine, one):.2f} (one for all)"
    )
    unclocked = {*kinds} - {"machine", "bulletin", "weekly"}
    mine, own, one = (_of(unclocked, side) for side in (mine, own, one))
    print(f"of those without a clock: {_ratio(mine, own):.2f}, {_ratio(mine, one):.2f}")
    mine, own = list(found.values())[:2]
    ratios = (f"{kind} {_ratio(_of({kind}, mine), _of({kind}, own)):.2f}" for kind in kinds)
    print(f"of its own fixed, by kind: {', '.join(ratios)}")


def _of(kinds: set[str], results: Sequence[Found]) -> list[Found]:
    return [each for each in results if each.kind in kinds]


def _line(name: str, visits: int, results: Sequence[Found]) -> str:
    pooled = sorted(delay for each in results for delay in each.delays)
    own = median(median(each.delays) for each in results if each.delays)
    slow = pooled[int(len(pooled) * 0.9)]
    figures = (median(pooled), slow, fmean(pooled), own)
    lost = sum(each.lost for each in results)
    columns = " ".join(f"{figure / MINUTE:7.2f}" for figure in figures)
    return f"{name:27} {visits:9} {columns:>31}{lost:6}"


def _ratio(mine: Sequence[Found], theirs: Sequence[Found]) -> float:
    first, second = (median(d for each in side for d in each.delays) for side in (mine, theirs))
    return first / second


def _undated(history: History) -> History:
    return replace(history, items=tuple(replace(item, dated=None) for item in history.items))


def _ours(history: History, seed: int, asked: timedelta | None) -> list[float]:
    """Return when the code of the product visits a source in the month."""
    chance = random.Random(seed)
    outs = [item.out for item in history.items]
    told = [
        Entry(url=str(at), published=None if item.dated is None else _moment(item.dated))
        for at, item in enumerate(history.items)
    ]
    source, at, known = SOURCE, chance.uniform(0, 5 * MINUTE), 0
    visits: list[float] = []
    while at < END:
        there = bisect_right(outs, at)
        new = min(there - known, WINDOW)
        entries = tuple(told[max(0, there - WINDOW) : there])
        outcome = (
            Told(entries=entries, validators=NONE, wait=asked)
            if new or not visits
            else Unchanged(validators=NONE, wait=asked)
        )
        moment = VisitMoment(source=source, outcome=outcome, new=new)
        plan = next_visit(moment, BOUNDS, now=_moment(at), jitter=chance.random())
        source = replace(source, rhythm=plan.rhythm, last_good_at=_moment(at))
        visits.append(at)
        known, at = there, (plan.at - BEGIN).total_seconds()
    return visits


def _moment(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


def _evenly(count: int, chance: random.Random) -> list[float]:
    step = END / count
    begin = chance.uniform(0, step)
    return [begin + step * at for at in range(count)]


def _equal(
    world: Sequence[History], least: Moments, total: int, rule: Callable[[float], Waiting]
) -> list[list[float]]:
    """Return a rival's visits, its one figure chosen so that they are as many as ours."""
    low, high = 0.02, 10.0
    found: list[list[float]] = []
    for _ in range(11):
        middle = (low * high) ** 0.5
        found = [
            _by_rule(history, rule(middle), wait)
            for history, wait in zip(world, least, strict=True)
        ]
        low, high = (middle, high) if sum(map(len, found)) > total else (low, middle)
    return found


def _by_frequency(factor: float) -> Waiting:
    """Wait as long as an item usually takes: as readers do that count the entries of a week."""
    return lambda _interval, _new, weekly: factor * WEEK / max(weekly, 1)


def _by_halves(stretch: float) -> Waiting:
    """Halve the interval after news and stretch it after none: what wirewatch did before."""
    return lambda interval, new, _weekly: interval * (0.5 if new else 1 + stretch)


def _by_rule(history: History, rule: Waiting, least: float) -> list[float]:
    outs = [item.out for item in history.items]
    at = interval = 5 * MINUTE
    visits: list[float] = []
    known = bisect_right(outs, 0)
    while at < END:
        visits.append(at)
        there = bisect_right(outs, at)
        weekly = there - bisect_left(outs, at - WEEK)
        interval = min(max(rule(interval, there - known, weekly), least), MOST)
        known, at = there, at + interval
    return visits


def _found(world: Sequence[History], plan: Sequence[Moments]) -> list[Found]:
    return [_delays(history, visits) for history, visits in zip(world, plan, strict=True)]


def _delays(history: History, visits: Moments) -> Found:
    """Count what came in the month and before the last visit."""
    outs = [item.out for item in history.items]
    delays, lost = [], 0
    for at in range(bisect_left(outs, 0), len(outs)):
        place = bisect_left(visits, outs[at])
        if place == len(visits):
            break
        delays.append(visits[place] - outs[at])
        lost += at + WINDOW < len(outs) and outs[at + WINDOW] <= visits[place]
    return Found(kind=history.kind, delays=delays, lost=lost)


if __name__ == "__main__":
    main()
