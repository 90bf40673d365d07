"""When a source is visited next, by tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.cadence import NextVisit
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Failed, Outcome, Told, Unchanged
from scheduler.cadence import Bounds, VisitMoment, next_visit

NOW = datetime(2024, 11, 5, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BOUNDS = Bounds(min=MINUTE, max=2 * HOUR)
UNCHANGED = Unchanged(validators=Validators())
FAILED = Failed(reason="HTTP 500")


def told(wait: timedelta | None = None) -> Told:
    return Told(entries=(), validators=Validators(), wait=wait)


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


@pytest.mark.parametrize("outcome", [told(), told(wait=DAY), UNCHANGED])
def test_cron_is_as_written(outcome: Outcome) -> None:
    assert after(source(cron="15 * * * *"), outcome, jitter=0.9).at == NOW + 15 * MINUTE


@pytest.mark.parametrize(
    ("interval", "new", "expected"),
    [
        (10 * MINUTE, 1, 5 * MINUTE),
        (10 * MINUTE, 30, 5 * MINUTE),
        (10 * MINUTE, 0, 12 * MINUTE),
        (MINUTE, 5, MINUTE),
        (2 * HOUR, 0, 2 * HOUR),
        (9 * HOUR, 0, 2 * HOUR),
        (None, 0, 5 * MINUTE),
        (None, 9, 5 * MINUTE),
    ],
)
def test_adaptive_cadence_follows_the_news(
    interval: timedelta | None, new: int, expected: timedelta
) -> None:
    found = after(source(rhythm=Rhythm(interval=interval)), told(), new=new)
    assert (found.at, found.rhythm.interval) == (NOW + expected, expected)


def test_the_first_visit_says_nothing_about_the_rhythm() -> None:
    found = after(source(first_visit=True, rhythm=Rhythm(interval=HOUR)), told(), new=50)
    assert found.rhythm.interval == HOUR


@pytest.mark.parametrize(
    ("wait", "expected"), [(None, 12), (5 * MINUTE, 12), (30 * MINUTE, 30), (5 * HOUR, 300)]
)
def test_adaptive_cadence_respects_what_the_answer_asks(
    wait: timedelta | None, expected: int
) -> None:
    visited = source(rhythm=Rhythm(interval=10 * MINUTE))
    found = after(visited, Unchanged(validators=Validators(), wait=wait))
    assert found.at == NOW + expected * MINUTE
    assert found.rhythm.interval == 12 * MINUTE


def test_empty_visits_are_counted_until_there_is_news() -> None:
    visited = source(every=MINUTE, rhythm=Rhythm(failures=3, empty_visits=4))
    assert after(visited, UNCHANGED).rhythm.empty_visits == 5
    assert after(visited, told(), new=1).rhythm.empty_visits == 0
    assert after(visited, told(), new=1).rhythm.failures == 0


def test_jitter_stretches_by_a_tenth_at_most() -> None:
    visited = source(rhythm=Rhythm(interval=10 * MINUTE))
    assert after(visited, told(), new=1, jitter=0.5).at == NOW + 5 * MINUTE * 1.05
    assert after(source(every=HOUR), FAILED, jitter=0.5).at == NOW + HOUR * 1.05


@pytest.mark.parametrize(
    ("failures", "expected"),
    [(0, MINUTE), (1, 2 * MINUTE), (2, 4 * MINUTE), (10, 1024 * MINUTE), (11, DAY), (999, DAY)],
)
def test_failures_back_off(failures: int, expected: timedelta) -> None:
    visited = source(every=MINUTE, rhythm=Rhythm(failures=failures))
    found = after(visited, FAILED)
    assert found == NextVisit(at=NOW + expected, rhythm=Rhythm(failures=failures + 1))


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


def test_a_short_rest_does_not_shorten_the_back_off() -> None:
    visited = source(every=HOUR, rhythm=Rhythm(failures=1))
    assert after(visited, Failed(reason="HTTP 503", wait=MINUTE)).at == NOW + 2 * HOUR


def test_what_is_gone_stops_with_words() -> None:
    found = after(source(every=MINUTE), Failed(reason="HTTP 410", gone=True))
    assert found.stop == "HTTP 410; it is not visited again"
    assert found.rhythm.failures == 1


@given(
    st.builds(
        Rhythm,
        failures=st.integers(0, 10**6),
        empty_visits=st.integers(0, 10**6),
        interval=st.none() | st.timedeltas(timedelta(seconds=1), 400 * DAY),
    ),
    st.sampled_from([told(), UNCHANGED, FAILED, Failed(reason="x", wait=DAY), told(wait=DAY)]),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 1_000),
)
def test_the_next_visit_is_always_ahead_and_never_far(
    rhythm: Rhythm, outcome: Outcome, jitter: float, new: int
) -> None:
    for visited in (source(every=MINUTE), source(cron="7 * * * *"), source()):
        found = after(replace(visited, rhythm=rhythm), outcome, new=new, jitter=jitter)
        assert NOW < found.at <= NOW + 1.1 * DAY + HOUR
        assert found.stop is None
