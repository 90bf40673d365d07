"""When a page that was read is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.revisits import ONE_IN, WAITS, next_look, next_slot

SEEN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def look(after: timedelta, *, published: datetime | None = SEEN) -> object:
    at = next_look(SEEN, published=published, now=SEEN + after)
    return None if at is None else (at - SEEN) // MINUTE


@pytest.mark.parametrize(
    ("after", "minutes"),
    [
        (0, 10),
        (4, 10),
        (6, 60),  # it was read late
        (10, 60),
        (59, 360),
        (400, 1_440),
        (1_440, None),
        (9_999, None),
        (-60, 10),  # a clock that was set back
    ],
)
def test_the_next_look(after: int, minutes: int | None) -> None:
    assert look(after * MINUTE) == minutes


def test_there_are_no_more_looks_than_waits() -> None:
    now, looks = SEEN, 0
    while (at := next_look(SEEN, published=None, now=now)) is not None:
        assert at > now
        now, looks = at, looks + 1
    assert looks == len(WAITS)


def test_old_news_is_not_looked_at_again() -> None:
    assert look(timedelta(), published=SEEN - timedelta(hours=25)) is None
    assert look(timedelta(), published=SEEN - timedelta(hours=23)) == 10
    assert look(timedelta(), published=None) == 10


@pytest.mark.parametrize("rest", [timedelta(), timedelta(seconds=1), timedelta(seconds=30)])
def test_a_look_takes_one_slot_in_five(rest: timedelta) -> None:
    assert next_slot(rest, now=SEEN) - SEEN >= ONE_IN * rest
    assert next_slot(rest, now=SEEN) - SEEN >= timedelta(seconds=10)
