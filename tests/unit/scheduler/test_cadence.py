"""When a source is visited next, by tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.cadence import NextVisit
from news.entry import Entry
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Failed, Outcome, Told, Unchanged
from scheduler.cadence import Bounds, VisitMoment, explained, next_visit
from scheduler.reach import FIRST_TRY, Excuse

NOW = datetime(2024, 11, 5, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BOUNDS = Bounds(min=MINUTE, max=2 * HOUR)
UNCHANGED = Unchanged(validators=Validators())
FAILED = Failed(reason="HTTP 500")
UNREACHABLE = Failed(reason="no way to a.test", unreachable=True)


def told(wait: timedelta | None = None) -> Told:
    return Told(entries=(), validators=Validators(), wait=wait)


def told_every(seconds: float, *, count: int = 30) -> Told:
    """Tell as many items as a feed holds, so long apart on average, the newest a while ago."""
    chance = Random(5)
    at, entries = NOW, []
    for number in range(count):
        at -= timedelta(seconds=seconds * chance.expovariate(1))
        entries.append(Entry(url=f"https://a.test/{number}", published=at))
    return Told(entries=tuple(entries), validators=Validators())


def source(
    *,
    every: timedelta | None = None,
    cron: str | None = None,
    rhythm: Rhythm | None = None,
    first_visit: bool = False,
) -> DueSource:
    return DueSource(
        id=1,
        settings=SourceSettings(
            name="News", kind="feed", url="https://a.test/", every=every, cron=cron
        ),
        validators=Validators(),
        rhythm=rhythm or Rhythm(),
        added_at=NOW,
        claim_no=1,
        first_visit=first_visit,
    )


def after(visited: DueSource, outcome: Outcome, *, new: int = 0, jitter: float = 0.0) -> NextVisit:
    moment = VisitMoment(source=visited, outcome=outcome, new=new)
    return next_visit(moment, BOUNDS, now=NOW, jitter=jitter)


@pytest.mark.parametrize("outcome", [told(), told(wait=DAY), UNCHANGED])
@pytest.mark.parametrize("new", [0, 9])
@pytest.mark.parametrize("every", [timedelta(seconds=1), MINUTE, 3 * DAY])
def test_every_is_as_written(outcome: Outcome, new: int, every: timedelta) -> None:
    assert after(source(every=every), outcome, new=new, jitter=0.9).at == NOW + every


@pytest.mark.parametrize(
    ("ago", "seconds"),
    [(0, 60), (0.5, 59.5), (20, 40), (30, 30), (45, 45), (59, 59), (60, 60), (900, 60), (-5, 60)],
)
def test_every_counts_from_when_it_was_due_and_leaves_as_much_rest_as_it_took(
    ago: float, seconds: float
) -> None:
    visited = replace(source(every=MINUTE), due_at=NOW - timedelta(seconds=ago))
    assert after(visited, UNCHANGED).at == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("outcome", [told(), told(wait=DAY), UNCHANGED])
def test_cron_is_as_written(outcome: Outcome) -> None:
    assert after(source(cron="15 * * * *"), outcome, jitter=0.9).at == NOW + 15 * MINUTE


@pytest.mark.parametrize(
    ("every_minutes", "shortest", "longest"),
    [(1, 1, 2), (10, 2, 6), (60, 4, 15), (24 * 60, 20, 80), (7 * 24 * 60, 60, 120)],
)
def test_adaptive_cadence_begins_with_the_feeds_own_past(
    every_minutes: int, shortest: int, longest: int
) -> None:
    visited = source(first_visit=True)
    found = after(visited, told_every(every_minutes * 60), new=30)
    assert found.rhythm.interval is not None
    assert shortest * MINUTE <= found.rhythm.interval <= longest * MINUTE
    assert found.at == NOW + found.rhythm.interval
    assert found.rhythm.habit


def test_what_tells_nothing_is_left_alone_for_longer_and_longer() -> None:
    rhythm, at, waits = Rhythm(), NOW, []
    while at < NOW + 60 * DAY:
        moment = VisitMoment(source=source(rhythm=rhythm), outcome=UNCHANGED)
        plan = next_visit(moment, Bounds(), now=at, jitter=0)
        waits.append(plan.at - at)
        at, rhythm = plan.at, plan.rhythm
    assert waits[0] < 10 * MINUTE
    assert waits[-1] > 2 * HOUR
    assert rhythm.empty_visits == len(waits)


@pytest.mark.parametrize("wait", [None, MINUTE, 30 * MINUTE, 5 * HOUR])
def test_adaptive_cadence_respects_what_the_answer_asks(wait: timedelta | None) -> None:
    visited = source(rhythm=after(source(), told_every(1_800), new=30).rhythm)
    free = after(visited, UNCHANGED)
    found = after(visited, Unchanged(validators=Validators(), wait=wait))
    assert found.at == max(free.at, NOW + (wait or timedelta()))
    assert found.rhythm == replace(free.rhythm, empty_visits=1)
    assert ("TTL" in found.why) == (found.at > free.at)


def test_empty_visits_are_counted_until_there_is_news() -> None:
    visited = source(every=MINUTE, rhythm=Rhythm(failures=3, empty_visits=4))
    assert after(visited, UNCHANGED).rhythm.empty_visits == 5
    assert after(visited, told(), new=1).rhythm.empty_visits == 0
    assert after(visited, told(), new=1).rhythm.failures == 0


def test_jitter_stretches_by_a_tenth_at_most() -> None:
    visited = source(rhythm=after(source(), told_every(1_800), new=30).rhythm)
    usual, late = (after(visited, UNCHANGED, jitter=jitter).at - NOW for jitter in (0, 0.99))
    assert usual < late <= 1.1 * usual
    assert after(source(every=HOUR), FAILED, jitter=0.5).at == NOW + HOUR * 1.05


@pytest.mark.parametrize(
    ("failures", "expected"),
    [(0, MINUTE), (1, 2 * MINUTE), (2, 4 * MINUTE), (10, 1024 * MINUTE), (11, DAY), (999, DAY)],
)
def test_failures_back_off(failures: int, expected: timedelta) -> None:
    visited = source(every=MINUTE, rhythm=Rhythm(failures=failures))
    found = after(visited, FAILED)
    assert (found.at, found.rhythm) == (NOW + expected, Rhythm(failures=failures + 1))
    assert found.why == ("failed once" if failures == 0 else f"failed {failures + 1} times")


def test_a_slow_schedule_is_not_hurried_by_failures() -> None:
    assert after(source(every=7 * DAY, rhythm=Rhythm(failures=9)), FAILED).at == NOW + 7 * DAY


def test_adaptive_failures_back_off_from_the_interval() -> None:
    visited = source(rhythm=Rhythm(failures=2, interval=10 * MINUTE, empty_visits=3))
    found = after(visited, FAILED)
    assert found.at == NOW + 40 * MINUTE
    assert found.rhythm == Rhythm(failures=3, interval=10 * MINUTE, empty_visits=3)
    assert after(source(), FAILED).at == NOW + 5 * MINUTE


@pytest.mark.parametrize(
    ("failures", "expected"),
    [(0, 5), (1, 5), (2, 5), (3, 5), (4, 10), (5, 20), (11, 1025), (99, 1445)],
)
def test_cron_leaves_out_times_while_it_fails(failures: int, expected: int) -> None:
    visited = source(cron="*/5 * * * *", rhythm=Rhythm(failures=failures))
    assert after(visited, FAILED).at == NOW + expected * MINUTE


@pytest.mark.parametrize(
    "visited",
    [source(every=MINUTE), source(cron="* * * * *"), source(rhythm=Rhythm(interval=MINUTE))],
)
def test_a_server_that_asks_for_rest_gets_it(visited: DueSource) -> None:
    found = after(visited, Failed(reason="HTTP 429", wait=6 * HOUR))
    assert NOW + 6 * HOUR <= found.at <= NOW + 6 * HOUR + MINUTE
    assert found.stop is None


@pytest.mark.parametrize(
    ("failures", "intervals"),
    [(0, 1), (1, 1), (4, 1), (5, 2), (6, 4), (7, 4), (10**6, 4)],
)
def test_a_server_that_says_how_long_is_taken_at_its_word(failures: int, intervals: int) -> None:
    asks = Failed(reason="HTTP 429", wait=timedelta(seconds=20))
    fixed = source(every=MINUTE, rhythm=Rhythm(failures=failures))
    adaptive = source(rhythm=Rhythm(failures=failures, interval=10 * MINUTE))
    by_cron = source(cron="*/5 * * * *", rhythm=Rhythm(failures=failures))
    found = after(fixed, asks)
    assert (found.at, found.why) == (NOW + intervals * MINUTE, "asked to wait by the server")
    assert after(adaptive, asks).at == NOW + intervals * 10 * MINUTE
    assert after(by_cron, asks).at == NOW + 5 * MINUTE


@pytest.mark.parametrize("failures", [0, 1, 5, 10**6])
def test_a_short_rest_shortens_no_interval_and_no_back_off_beyond_a_day(failures: int) -> None:
    asks = Failed(reason="HTTP 503", wait=MINUTE)
    for usual in (HOUR, 7 * DAY):
        found = after(source(every=usual, rhythm=Rhythm(failures=failures)), asks)
        assert NOW + usual <= found.at <= NOW + max(4 * usual if usual < DAY else usual, usual)


def test_what_is_gone_stops_with_words() -> None:
    found = after(source(every=MINUTE), Failed(reason="HTTP 410", gone=True))
    assert found.stop == "HTTP 410; it is not visited again"
    assert found.rhythm.failures == 1


@pytest.mark.parametrize("failures", [0, 1, 5, 50])
@pytest.mark.parametrize(
    ("visited", "rest", "in_place_of_all"),
    [
        (source(), 4 * MINUTE, 4 * MINUTE),
        (source(rhythm=Rhythm(interval=2 * HOUR)), 4 * MINUTE, 4 * MINUTE),
        (source(every=HOUR), HOUR, 4 * MINUTE),
        (source(every=MINUTE), 4 * MINUTE, 4 * MINUTE),
        (source(cron="0 0 * * *"), 18 * HOUR, 4 * MINUTE),
    ],
)
def test_an_outage_of_our_own_counts_no_failure(
    visited: DueSource, rest: timedelta, in_place_of_all: timedelta, failures: int
) -> None:
    visited = replace(visited, rhythm=replace(visited.rhythm, failures=failures))
    for chosen, expected in ((False, rest), (True, in_place_of_all)):
        excuse = Excuse(rest=4 * MINUTE, in_place_of_all=chosen)
        moment = VisitMoment(source=visited, outcome=UNREACHABLE, excuse=excuse)
        found = next_visit(moment, BOUNDS, now=NOW, jitter=0.5)
        assert (found.at, found.rhythm) == (NOW + expected, visited.rhythm)
        assert found.why == "the network seems down"


def test_an_outage_hurries_nothing_past_the_operators_bounds() -> None:
    moment = VisitMoment(source=source(), outcome=UNREACHABLE, excuse=Excuse(rest=MINUTE))
    found = next_visit(moment, Bounds(min=HOUR), now=NOW, jitter=0)
    assert found.at == NOW + HOUR


@pytest.mark.parametrize(
    ("visited", "first", "second"),
    [
        (source(rhythm=Rhythm(interval=2 * HOUR)), FIRST_TRY, 4 * HOUR),
        (source(every=HOUR), FIRST_TRY, 2 * HOUR),
        (source(every=MINUTE), MINUTE, 2 * MINUTE),
    ],
)
def test_where_nothing_answers_a_second_try_follows_soon(
    visited: DueSource, first: timedelta, second: timedelta
) -> None:
    found = after(visited, UNREACHABLE)
    assert (found.at, found.rhythm.failures) == (NOW + first, 1)
    assert after(replace(visited, rhythm=found.rhythm), UNREACHABLE).at == NOW + second


def test_a_server_that_answers_is_to_blame_itself_also_in_an_outage() -> None:
    excuse = Excuse(rest=MINUTE)
    moment = VisitMoment(source=source(every=MINUTE), outcome=FAILED, excuse=excuse)
    assert next_visit(moment, BOUNDS, now=NOW, jitter=0).rhythm.failures == 1


@pytest.mark.parametrize(
    ("settings", "rhythm", "words"),
    [
        ({}, Rhythm(), "nothing is known of its rhythm yet"),
        ({}, Rhythm(failures=1), "failed once"),
        ({"every": MINUTE}, Rhythm(failures=3), "failed 3 times"),
        ({"every": MINUTE}, Rhythm(), "as every or cron says"),
        ({"cron": "0 0 * * *"}, Rhythm(), "as every or cron says"),
    ],
)
def test_every_time_is_explained(settings: dict[str, Any], rhythm: Rhythm, words: str) -> None:
    assert explained(source(**settings).settings, rhythm, BOUNDS, now=NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1_000, "items an hour"),
        (20_000, "items a day"),
        (400_000, "a week"),
        (9_000_000, "less than an item a week"),
    ],
)
def test_a_learned_rhythm_is_told_in_words(seconds: float, words: str) -> None:
    rhythm = after(source(), told_every(seconds), new=30).rhythm
    assert words in explained(source().settings, rhythm, BOUNDS, now=NOW)


def test_where_nothing_was_ever_told_no_rhythm_is_claimed() -> None:
    rhythm = after(source(), Told(entries=(), validators=Validators())).rhythm
    words = explained(source().settings, rhythm, BOUNDS, now=NOW)
    assert words == "no item yet, so nothing is known of its rhythm"


def test_bounds_are_named_where_they_decide() -> None:
    rhythm = after(source(), told_every(600), new=30).rhythm

    def words(least: timedelta, most: timedelta) -> str:
        return explained(source().settings, rhythm, Bounds(min=least, max=most), now=NOW)

    assert words(HOUR, DAY).endswith("as often as [cadence] min allows")
    assert words(MINUTE, MINUTE).endswith("as seldom as [cadence] max allows")


def test_busy_and_quiet_hours_are_told() -> None:
    days = [NOW - DAY * at - MINUTE * (at % 50) for at in range(30)]
    entries = tuple(Entry(url=str(day), published=day) for day in days)
    rhythm = after(source(), Told(entries=entries, validators=Validators()), new=30).rhythm

    def words(later: timedelta) -> str:
        return explained(source().settings, rhythm, Bounds(), now=NOW + later)

    assert words(23.2 * HOUR).startswith("busy hour: about ")
    assert words(12 * HOUR).startswith("quiet hour: it brings about ")


GARBAGE = st.lists(st.floats(-1e15, 1e15) | st.just(float("nan")), max_size=70).map(tuple)
RIGHT_LENGTH = st.lists(st.floats(0, 1e11), min_size=64, max_size=64).map(tuple)
RHYTHMS = st.builds(
    Rhythm,
    failures=st.integers(0, 10**6),
    empty_visits=st.integers(0, 10**6),
    interval=st.none() | st.timedeltas(timedelta(seconds=1), 400 * DAY),
    habit=GARBAGE | RIGHT_LENGTH,
)
OUTCOMES = st.sampled_from(
    [told(), UNCHANGED, FAILED, Failed(reason="x", wait=DAY), told(wait=DAY), told_every(600)]
)


@given(RHYTHMS, OUTCOMES, st.floats(0, 1, exclude_max=True), st.integers(0, 1_000))
def test_the_next_visit_is_always_ahead_and_never_far(
    rhythm: Rhythm, outcome: Outcome, jitter: float, new: int
) -> None:
    for visited in (source(every=MINUTE), source(cron="7 * * * *"), source()):
        found = after(replace(visited, rhythm=rhythm), outcome, new=new, jitter=jitter)
        assert NOW < found.at <= NOW + 1.1 * DAY + HOUR
        assert found.stop is None
        assert found.why


@given(RHYTHMS, st.timedeltas(timedelta(), 3 * DAY), st.integers(0, 50))
def test_adaptive_cadence_keeps_its_bounds_and_what_was_asked(
    rhythm: Rhythm, wait: timedelta, new: int
) -> None:
    found = after(source(rhythm=rhythm), replace(told_every(700), wait=wait), new=new)
    assert found.rhythm.interval is not None
    assert BOUNDS.min <= found.rhythm.interval <= BOUNDS.max
    assert found.at == NOW + max(found.rhythm.interval, wait)


@given(st.integers(0, 100), st.none() | st.timedeltas(MINUTE, 9 * DAY))
def test_more_failures_never_mean_an_earlier_visit(
    failures: int, interval: timedelta | None
) -> None:
    few = Rhythm(failures=failures, interval=interval)
    more = Rhythm(failures=failures + 1, interval=interval)
    for visited in (source(every=MINUTE), source(cron="7 * * * *"), source()):
        first, second = (after(replace(visited, rhythm=r), FAILED) for r in (few, more))
        assert first.at <= second.at


@given(st.timedeltas(-400 * DAY, 400 * DAY), st.integers(0, 5))
def test_a_clock_that_leaps_does_no_harm(leap: timedelta, new: int) -> None:
    """Whatever the clock did, the next visit is within the bounds from now on."""
    rhythm = after(source(), told_every(600), new=30).rhythm
    visited = replace(source(rhythm=rhythm), last_good_at=NOW)
    now = NOW + leap
    moment = VisitMoment(source=visited, outcome=told_every(600), new=new)
    found = next_visit(moment, BOUNDS, now=now, jitter=0)
    assert now + BOUNDS.min <= found.at <= now + BOUNDS.max


@pytest.mark.parametrize(
    ("visited", "wait"),
    [
        (source(every=MINUTE), MINUTE),
        (source(every=9 * HOUR), FIRST_TRY),
        (source(cron="15 8 * * *"), FIRST_TRY),
        (source(rhythm=Rhythm(failures=7, interval=2 * HOUR)), FIRST_TRY),
    ],
)
def test_who_was_passed_over_is_looked_at_soon_and_nothing_is_counted(
    visited: DueSource, wait: timedelta
) -> None:
    plan = after(visited, Failed(reason="no room", ours=True, crowded=True))
    assert (plan.at, plan.rhythm, plan.stop) == (NOW + wait, visited.rhythm, None)
