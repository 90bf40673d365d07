"""Whether the network is down, told from visits one after the other."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Failed, Unchanged, Visit
from scheduler.cadence import Bounds, VisitMoment, next_visit
from scheduler.reach import FIRST_TRY, LONGEST_TRY, Excuse, Reach, Turn

AT = datetime(2024, 11, 5, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SILENT = Visit(at=AT, outcome=Failed(reason="no way", unreachable=True))
ANSWERED = Visit(at=AT, outcome=Unchanged(validators=Validators()), status=304)
VISITS = {
    "silent": SILENT,
    "fails": Visit(at=AT, outcome=Failed(reason="HTTP 500"), status=500),
    "answers": ANSWERED,
    "forbidden": Visit(at=AT, outcome=Failed(reason="a private address")),
    "broke": Visit(at=AT, outcome=Failed(reason="the engine ended", ours=True)),
}


def source(
    host: str,
    failures: int = 0,
    *,
    good: datetime | None = AT,
    every: timedelta | None = None,
    cron: str | None = None,
) -> DueSource:
    return DueSource(
        id=sum(host.encode()),
        settings=SourceSettings(
            name=host, kind="feed", url=f"https://{host}.test/rss", every=every, cron=cron
        ),
        validators=Validators(),
        rhythm=Rhythm(failures=failures),
        added_at=AT,
        claim_no=1,
        first_visit=False,
        last_good_at=good,
    )


def visited(reach: Reach, story: str) -> list[Turn | None]:
    """Let hosts do what is said of them: `a silent, b answers`."""
    turns = []
    for line in story.split(", "):
        host, _, deed = line.partition(" ")
        turns.append(reach.noted(source(host), VISITS[deed]))
    return turns


@pytest.mark.parametrize(
    ("story", "down"),
    [
        ("a silent, b silent", False),
        ("a silent, b silent, c silent", True),
        ("a silent, a silent, a silent, a silent", False),
        ("a silent, b silent, a silent", True),
        ("c answers, a silent, b silent, a silent, b silent", False),
        ("c answers, a silent, b silent, a silent, c silent", True),
        ("a silent, b silent, c answers, d silent", False),
        ("a silent, b silent, c fails, d silent, e silent", False),
        ("a fails, b fails, c fails", False),
        ("a forbidden, b forbidden, c forbidden", False),
        ("a broke, b broke, c broke", False),
        ("a silent, b silent, c silent, d answers", False),
        ("a silent, b silent, c silent, d fails", False),
        ("a silent, b silent, c silent, d silent", True),
        ("a silent, d broke, b silent, e forbidden, c silent", True),
        ("a silent, b silent, c silent, d broke, e forbidden", True),
    ],
)
def test_many_hosts_that_are_silent_at_once_mean_the_network(story: str, down: bool) -> None:
    reach = Reach()
    visited(reach, story)
    assert reach.down is down


def test_each_turn_is_told_once() -> None:
    story = "a silent, b silent, c silent, d silent, a answers, b answers"
    assert visited(Reach(), story) == [None, None, Turn.DOWN, None, Turn.BACK, None]


def test_an_outage_may_come_again_and_its_begin_is_known() -> None:
    reach = Reach()
    for hours in (1, 5):
        turns = []
        for number, host in enumerate("abc"):
            at = AT + hours * HOUR + (2 - number) * MINUTE  # as they began, not as they ended
            turns.append(reach.noted(source(host), replace(SILENT, at=at)))
        turns.append(reach.noted(source("a"), ANSWERED))
        assert turns == [None, None, Turn.DOWN, Turn.BACK]
        assert reach.since == AT + hours * HOUR


@pytest.mark.parametrize(
    "dead",
    [
        source("x", failures=2),
        source("x", good=None),
        source("x", good=AT - 25 * HOUR),
        source("x", good=AT - 25 * HOUR, every=12 * HOUR),
    ],
)
def test_sources_that_are_long_dead_say_nothing_of_the_network(dead: DueSource) -> None:
    reach = Reach()
    for host in "abcdef":
        settings = replace(dead.settings, url=f"https://{host}.test/")
        assert reach.noted(replace(dead, settings=settings), SILENT) is None
    assert not reach.down


@pytest.mark.parametrize(
    ("of", "excused"),
    [
        (source("z"), True),
        (source("z", failures=7), True),
        (source("z", good=AT - 23 * HOUR), True),
        (source("z", good=AT - 25 * HOUR), False),
        (source("z", good=AT - 25 * HOUR, every=13 * HOUR), True),
        (source("z", good=None), False),
    ],
)
def test_only_what_answered_lately_is_excused(of: DueSource, excused: bool) -> None:
    reach = Reach()
    assert reach.excuse(of, SILENT) is None
    visited(reach, "a silent, b silent, c silent")
    assert (reach.excuse(of, SILENT) is not None) is excused
    for deed in ("fails", "answers", "broke", "forbidden"):
        assert reach.excuse(of, VISITS[deed]) is None


@pytest.mark.parametrize(
    ("lasted", "every", "rest"),
    [
        (0 * MINUTE, None, FIRST_TRY),
        (6 * MINUTE, None, 6 * MINUTE),
        (9 * HOUR, None, LONGEST_TRY),
        (0 * MINUTE, MINUTE, MINUTE),
        (2 * MINUTE, MINUTE, 2 * MINUTE),
        (9 * HOUR, MINUTE, LONGEST_TRY),
    ],
)
def test_a_long_outage_is_tried_more_seldom(
    lasted: timedelta, every: timedelta | None, rest: timedelta
) -> None:
    reach = Reach()
    visited(reach, "a silent, b silent, c silent")
    found = reach.excuse(source("a", every=every), replace(SILENT, at=AT + lasted))
    assert found == Excuse(rest=rest)


@pytest.mark.parametrize("written", [{"every": DAY}, {"cron": "0 0 * * *"}])
def test_of_sources_with_written_times_one_is_tried_in_place_of_all(
    written: dict[str, Any],
) -> None:
    reach = Reach()
    visited(reach, "a silent, b silent, c silent")
    chosen = []
    for host in "aabbcc":  # asked twice, it says the same
        found = reach.excuse(source(host, **written), SILENT)
        assert found is not None
        chosen.append(found.in_place_of_all)
    assert chosen == [True, True, False, False, False, False]
    later = reach.excuse(source("b", **written), replace(SILENT, at=AT + HOUR))
    assert later is not None
    assert later.in_place_of_all  # the one that was chosen is gone


def lived(
    sources: list[DueSource], answers: Callable[[int, datetime], bool], until: datetime
) -> tuple[Counter[int], list[int], dict[int, datetime]]:
    """Let sources be visited for so long; tell how often, the failures, and the last good visit."""
    reach, chance = Reach(), Random(1)
    queue = [(AT + chance.random() * MINUTE, at) for at in range(len(sources))]
    heapq.heapify(queue)
    counted, good = Counter[int](), dict[int, datetime]()
    while queue[0][0] < until:
        now, at = heapq.heappop(queue)
        one = sources[at]
        visit = replace(ANSWERED if answers(at, now) else SILENT, at=now)
        if reach.noted(one, visit) is Turn.BACK and reach.since is not None:
            since = reach.since
            queue = [
                (now, n) if good.get(n, AT - DAY) < since and due > now else (due, n)
                for due, n in queue
            ]
            heapq.heapify(queue)
        excuse = reach.excuse(one, visit)
        moment = VisitMoment(source=one, outcome=visit.outcome, excuse=excuse)
        plan = next_visit(moment, Bounds(), now=now, jitter=chance.random())
        if visit.status:
            good[at] = now
        last = good.get(at, one.last_good_at)
        sources[at] = replace(one, rhythm=plan.rhythm, last_good_at=last)
        counted[at] += 1
        heapq.heappush(queue, (plan.at, at))
    return counted, [one.rhythm.failures for one in sources], good


@pytest.mark.parametrize("every", [None, DAY])
@pytest.mark.parametrize(("dead", "alive"), [(3, 0), (10, 1), (100, 1), (100, 20)])
def test_dead_sources_are_not_hammered(every: timedelta | None, dead: int, alive: int) -> None:
    sources = [source(f"d{n}", good=None, every=every) for n in range(dead)]
    sources += [source(f"a{n}", every=6 * HOUR) for n in range(alive)]
    counted, failures, _ = lived(sources, lambda at, _: at >= dead, AT + 2 * DAY)
    assert max(counted[at] for at in range(dead)) <= (4 if every else 15)
    assert min(failures[:dead]) >= 3


@pytest.mark.parametrize("every", [None, HOUR, DAY])
@pytest.mark.parametrize("dead", [0, 30])
def test_after_an_outage_of_hours_all_are_visited_within_minutes(
    every: timedelta | None, dead: int
) -> None:
    alive = 12
    sources = [source(f"a{n}", every=every) for n in range(alive)]
    sources += [source(f"d{n}", good=None) for n in range(dead)]
    end = AT + 8 * HOUR
    until = end + LONGEST_TRY + MINUTE
    counted, _, good = lived(sources, lambda at, now: at < alive and now >= end, until)
    assert min(good[at] for at in range(alive)) >= end
    assert sum(counted[at] for at in range(alive)) <= alive * 45


def test_what_died_all_at_once_is_tried_seldom_and_blamed_after_a_day() -> None:
    sources = [source(f"d{n}", every=DAY) for n in range(3)]
    counted, failures, _ = lived(sources, lambda *_: False, AT + 4 * DAY)
    assert sum(counted.values()) <= 220
    assert min(failures) >= 2
