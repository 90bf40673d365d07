"""When a refusal is a request for rest."""

from datetime import UTC, datetime, timedelta

import pytest

from news.cooling import Cooling, Refusal
from scheduler.cooling import LONGEST_REST, cooled

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def rests(known: Cooling | None, refusal: Refusal, times: int = 1) -> list[timedelta | None]:
    """Return the rest after each of so many refusals in a row, each right after the last rest."""
    told: list[timedelta | None] = []
    now = NOW
    for _ in range(times):
        known = cooled(known, refusal, now=now)
        assert known is not None
        told.append(None if known.until is None else known.until - now)
        now = known.until or now
    return told


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("asked", "rest"), [(MINUTE, MINUTE), (99 * HOUR, LONGEST_REST)])
def test_a_rest_that_is_asked_for_is_given(status: int, asked: timedelta, rest: timedelta) -> None:
    assert rests(None, Refusal(status=status, wait=asked)) == [rest]


def test_too_many_requests_without_a_time_rest_longer_each_time() -> None:
    told = rests(None, Refusal(status=429), 10)
    assert told[:3] == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE]
    assert told[-1] == LONGEST_REST


def test_the_third_refusal_in_a_row_asks_for_rest_and_each_more_for_twice_as_much() -> None:
    told = rests(None, Refusal(status=403, worked=True), 12)
    assert told[:5] == [None, None, 15 * MINUTE, 30 * MINUTE, HOUR]
    assert told[-1] == LONGEST_REST


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(status=403),
        Refusal(status=401, worked=True),
        Refusal(status=404, worked=True),
        Refusal(status=500, wait=MINUTE, worked=True),
        Refusal(status=503, worked=True),
        Refusal(status=None, wait=MINUTE, worked=True),
    ],
)
def test_all_else_says_nothing_of_the_host(refusal: Refusal) -> None:
    assert cooled(None, refusal, now=NOW) is None


def test_what_was_under_way_when_the_rest_began_does_not_lengthen_it() -> None:
    known = Cooling(until=NOW + HOUR, refusals=3, why="403")
    assert cooled(known, Refusal(status=403, worked=True), now=NOW) == known
    assert cooled(known, Refusal(status=429), now=NOW) == known
    assert cooled(known, Refusal(status=429, wait=MINUTE), now=NOW) == known
    longer = cooled(known, Refusal(status=429, wait=2 * HOUR), now=NOW)
    assert longer == Cooling(until=NOW + 2 * HOUR, refusals=3, why="it answered HTTP 429")
