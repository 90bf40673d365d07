"""When to try again, as a table."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.channel import Deferred, Delivered, Refused, Rejected
from alerts.retry import WAITS, Closed, Done, GivenUp, SetAside, TryAt, decide

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, 5 * SECOND),
        (2, 5 * MINUTE),
        (3, 30 * MINUTE),
        (4, 2 * HOUR),
        (5, 5 * HOUR),
        (6, 10 * HOUR),
        (7, 14 * HOUR),
        (8, 20 * HOUR),
        (9, 24 * HOUR),
    ],
)
def test_the_waits_are_those_of_the_table(attempts: int, wait: timedelta) -> None:
    decision = decide(Deferred("HTTP 503"), attempts=attempts, now=NOW, jitter=0)
    assert decision == TryAt(NOW + wait, "HTTP 503")


def test_the_tenth_attempt_is_the_last() -> None:
    assert decide(Deferred("HTTP 503"), attempts=10, now=NOW, jitter=0) == GivenUp(
        "HTTP 503, after 10 attempts"
    )


def test_ten_attempts_take_about_three_days() -> None:
    assert timedelta(days=3) < sum(WAITS, timedelta()) < timedelta(days=3.5)


@pytest.mark.parametrize("attempts", range(1, 11))
def test_arrival_and_refusal_end_it_at_any_attempt(attempts: int) -> None:
    assert decide(Delivered(), attempts=attempts, now=NOW, jitter=0.5) == Done()
    spam = decide(Rejected("SMTP 554"), attempts=attempts, now=NOW, jitter=0.5)
    assert spam == SetAside("SMTP 554")
    assert decide(Refused("HTTP 410"), attempts=attempts, now=NOW, jitter=0.5) == Closed("HTTP 410")


def test_jitter_stretches_a_wait_by_up_to_a_tenth() -> None:
    assert decide(Deferred("x"), attempts=2, now=NOW, jitter=0.5) == TryAt(
        NOW + timedelta(seconds=315), "x"
    )


@pytest.mark.parametrize(
    ("asked", "wait"),
    [(1 * SECOND, 5 * SECOND), (90 * SECOND, 90 * SECOND), (24 * HOUR, 24 * HOUR)],
)
def test_a_receiver_may_ask_for_longer_but_not_for_sooner(
    asked: timedelta, wait: timedelta
) -> None:
    decision = decide(Deferred("HTTP 429", asked), attempts=1, now=NOW, jitter=0)
    assert decision == TryAt(NOW + wait, "HTTP 429")
