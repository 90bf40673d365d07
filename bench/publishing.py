"""Publishing histories shaped like real ones, for measuring cadences; the same for a seed.

The shapes are those that are known of news sites and were seen in the dates of real feeds: working
days and nights in the publisher's own zone, quieter weekends, items that follow each other within
the hour, posts that are scheduled for a round minute, batches from a machine at its own minute, and
dates that hold only the day or come before the item stands in the feed. No shape is made with a
cadence in mind.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
BEFORE, MONTH = 35, 30
"""Days before the month that only the first visit may see, and days of the month itself."""

ZONES = (-8, -6, -5, -5, 0, 0, 1, 1, 2, 3, 3, 5.5, 8, 8, 9, 9, 9, 10)


def _hours(weights: str) -> tuple[int, ...]:
    return tuple(map(int, weights.split()))


NIGHT_AND_DAY = _hours("3 2 2 2 3 8 16 22 26 28 28 26 24 25 26 27 28 26 22 18 15 12 9 5")
OFFICE = _hours("0 0 0 0 0 0 1 4 12 20 22 20 12 16 20 20 18 9 4 2 1 1 0 0")
EVENING = _hours("3 1 1 0 0 0 1 2 3 4 4 4 4 4 4 5 6 7 9 12 13 12 9 6")
ROUND = (0, 0, 0, 0, 5, 10, 15, 15, 20, 30, 30, 30, 40, 45, 45, 50)


@dataclass(frozen=True, slots=True)
class Item:
    """`out` is when it first stood in its feed, `dated` what that says, if it does (seconds)."""

    out: float
    dated: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What one source put out, in the order of its standing in the feed."""

    kind: str
    items: tuple[Item, ...]


Moments = list[float]
Maker = Callable[[random.Random], Moments]


def histories(count: int, seed: int) -> list[History]:
    """Make `count` histories; every kind has its share of them."""
    chance = random.Random(seed)
    names = [name for name, (share, _) in KINDS.items() for _ in range(share)]
    return [_history(names[at % len(names)], chance) for at in range(count)]


def _history(kind: str, chance: random.Random) -> History:
    moments = KINDS[kind][1](chance)
    inside = sorted(at for at in moments if -BEFORE * DAY <= at < MONTH * DAY)
    lag, way = _dating(chance, kind)
    items = [Item(at + lag(), at) for at in inside]
    if way == "day":
        items = [Item(at + lag(), math.floor(at / DAY) * DAY) for at in inside]
    return History(kind=kind, items=tuple(sorted(items, key=lambda item: item.out)))


def _dating(chance: random.Random, kind: str) -> tuple[Callable[[], float], str]:
    """Most dates are true; some items stand in the feed minutes later, some tell only the day."""
    if chance.random() < (0.3 if kind in {"blog", "weekly"} else 0.03):
        return (lambda: 0.0), "day"
    if chance.random() < 0.2:
        usual = chance.uniform(1, 8) * MINUTE
        return (lambda: usual * chance.uniform(0.5, 1.5)), "true"
    return (lambda: chance.uniform(0, 20)), "true"


def _week(hours: Sequence[float], weekend: float, chance: random.Random) -> list[float]:
    """Return the weight of each hour of a week in UTC, bent a little for this publisher."""
    zone, weekend = chance.choice(ZONES), weekend * chance.uniform(0.6, 1.4)
    bent = [weight * chance.lognormvariate(0, 0.25) for weight in hours]
    local = [bent[at % 24] * (weekend if at // 24 > 4 else 1) for at in range(168)]
    moved = [local[int(at + zone) % 168] for at in range(168)]
    return [weight * 168 / sum(moved) for weight in moved]


def _flow(per_day: float, week: Sequence[float], chance: random.Random) -> Moments:
    """Draw moments at a mean rate that follows the week."""
    found: Moments = []
    for hour in range(-BEFORE * 24, MONTH * 24):
        expected = per_day / 24 * week[hour % 168]
        count = _poisson(expected, chance)
        found += [(hour + chance.random()) * HOUR for _ in range(count)]
    return found


def _poisson(expected: float, chance: random.Random) -> int:
    bound, product, count = math.exp(-expected), chance.random(), 0
    while product > bound:
        product *= chance.random()
        count += 1
    return count


def _followed(
    parents: Iterable[float], share: float, within: float, chance: random.Random
) -> Moments:
    """Let each moment be followed by others, and those by theirs: `share` of them on average."""
    found: Moments = []
    waiting = list(parents)
    while waiting:
        at = waiting.pop()
        found.append(at)
        waiting += [at + chance.expovariate(1 / within) for _ in range(_poisson(share, chance))]
    return found


def _rounded(moments: Moments, share: float, chance: random.Random) -> Moments:
    """Let a share of the posts be scheduled for round minutes."""
    return [
        at // HOUR * HOUR + chance.choice(ROUND) * MINUTE if chance.random() < share else at
        for at in moments
    ]


def _agency(chance: random.Random) -> Moments:
    week = _week([weight + 8 for weight in NIGHT_AND_DAY], 0.7, chance)
    share = chance.uniform(0.15, 0.4)
    parents = _flow(chance.uniform(100, 300) * (1 - share), week, chance)
    return _rounded(_followed(parents, share, chance.uniform(4, 20) * MINUTE, chance), 0.08, chance)


def _newspaper(chance: random.Random) -> Moments:
    week = _week(NIGHT_AND_DAY, 0.55, chance)
    share = chance.uniform(0.1, 0.4)
    parents = _flow(chance.lognormvariate(math.log(35), 0.6) * (1 - share), week, chance)
    found = _followed(parents, share, chance.uniform(10, 40) * MINUTE, chance)
    if chance.random() < 0.4:  # the printed paper, put online at once
        hour, zone = chance.choice((0, 3, 4, 5, 6)), chance.choice(ZONES)
        for day in range(-BEFORE, MONTH):
            at = day * DAY + (hour - zone) * HOUR + chance.gauss(0, 4) * MINUTE
            found += [at + chance.uniform(0, 90) for _ in range(chance.randint(4, 25))]
    return _rounded(found, chance.uniform(0.05, 0.25), chance)


def _magazine(chance: random.Random) -> Moments:
    week = _week(OFFICE, 0.15, chance)
    parents = _flow(chance.lognormvariate(math.log(5), 0.6), week, chance)
    found = _followed(parents, 0.1, 30 * MINUTE, chance)
    return _rounded(found, chance.uniform(0.1, 0.6), chance)


def _machine(chance: random.Random) -> Moments:
    """Let a batch come out every so many hours, at its minute; nights and odd runs are empty."""
    step, minute = chance.choice((1, 1, 1, 2, 3)), chance.randrange(60)
    week = _week(NIGHT_AND_DAY, 0.6, chance)
    size, wander = chance.uniform(0.5, 5), chance.uniform(5, 120)
    found: Moments = []
    for hour in range(-BEFORE * 24, MONTH * 24, step):
        at = hour * HOUR + minute * MINUTE + abs(chance.gauss(0, wander))
        found += [
            at + chance.uniform(0, 20) for _ in range(_poisson(size * week[hour % 168], chance))
        ]
    return found


def _office(chance: random.Random) -> Moments:
    week = _week(OFFICE, 0.03, chance)
    return _rounded(_flow(chance.uniform(0.5, 6), week, chance), chance.uniform(0.1, 0.5), chance)


def _bulletin(chance: random.Random) -> Moments:
    """Let a state's agency put out its day at one or two hours, in a rush, never quite in time."""
    hours = chance.sample(range(24), chance.choice((1, 1, 2)))
    wander = chance.uniform(5, 40) * MINUTE
    found: Moments = []
    for day in range(-BEFORE, MONTH):
        for hour in hours:
            at = day * DAY + hour * HOUR + chance.gauss(0, wander)
            for _ in range(chance.randint(5, 20)):
                at += chance.expovariate(1 / (2 * MINUTE))
                found.append(at)
    return found


def _blog(chance: random.Random) -> Moments:
    mean = DAY * chance.lognormvariate(math.log(4), 0.9)
    spread = chance.uniform(0.5, 1.4)
    zone, at, found = chance.choice(ZONES), -BEFORE * DAY - mean * 10, []
    while at < MONTH * DAY:
        at += mean * chance.lognormvariate(-(spread**2) / 2, spread)
        hour = chance.choices(range(24), EVENING)[0] - zone
        found.append(at // DAY * DAY + (hour + chance.random()) * HOUR)
    return _rounded(found, 0.2, chance)


def _weekly(chance: random.Random) -> Moments:
    hour, wander = chance.randrange(168), chance.choice((0.5, 10, 45, 240)) * MINUTE
    found: Moments = []
    for week in range(-BEFORE // 7 - 1, MONTH // 7 + 2):
        at = (week * 168 + hour) * HOUR + chance.gauss(0, wander)
        found += [at + chance.uniform(0, 5) * MINUTE for _ in range(chance.choice((1, 1, 2, 8)))]
    return found


def _events(chance: random.Random) -> Moments:
    """Let a quiet source be woken by events that keep it busy for hours or days."""
    week = _week(NIGHT_AND_DAY, 0.9, chance)
    parents = _flow(chance.uniform(0.5, 4), week, chance)
    return _followed(parents, chance.uniform(0.6, 0.9), chance.uniform(20, 120) * MINUTE, chance)


def _changing(chance: random.Random) -> Moments:
    """Let a source take another rhythm on some day of the month."""
    turn = chance.uniform(5, 25) * DAY
    before, after = chance.sample((_newspaper, _magazine, _machine, _office, _events, _bulletin), 2)
    return [at for at in before(chance) if at < turn] + [at for at in after(chance) if at >= turn]


KINDS: dict[str, tuple[int, Maker]] = {
    "agency": (3, _agency),
    "newspaper": (11, _newspaper),
    "magazine": (10, _magazine),
    "machine": (3, _machine),
    "office": (7, _office),
    "bulletin": (2, _bulletin),
    "blog": (6, _blog),
    "weekly": (3, _weekly),
    "events": (3, _events),
    "changing": (2, _changing),
}
"""Kinds of sources: shares of fifty, and how each publishes."""
