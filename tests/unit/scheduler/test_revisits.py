"""When a page that was read is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.revisits import ONE_IN, UNWATCHED, WATCHED, next_look, next_slot

SEEN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def look(after: timedelta, *, watched: bool = True, published: datetime | None = SEEN) -> object:
    at = next_look(SEEN, watched=watched, published=published, now=SEEN + after)
    return None if at is None else (at - SEEN) // MINUTE


@pytest.mark.parametrize(
    ("after", "watched", "minutes"),
    [
        (0, True, 10),
        (4, True, 10),
        (6, True, 60),  # it was read late
        (10, True, 60),
        (59, True, 360),
        (400, True, 1_440),
        (1_440, True, None),
        (9_999, True, None),
        (0, False, 60),
        (60, False, 360),
        (360, False, None),
        (-60, True, 10),  # a clock that was set back
    ],
)
def test_the_next_look(after: int, *, watched: bool, minutes: int | None) -> None:
    assert look(after * MINUTE, watched=watched) == minutes


@pytest.mark.parametrize("watched", [True, False])
def test_there_are_no_more_looks_than_waits(*, watched: bool) -> None:
    now, looks = SEEN, 0
    while (at := next_look(SEEN, watched=watched, published=None, now=now)) is not None:
        assert at > now
        now, looks = at, looks + 1
    assert looks == len(WATCHED if watched else UNWATCHED)


def test_old_news_is_not_looked_at_again() -> None:
    assert look(timedelta(), published=SEEN - timedelta(hours=25)) is None
    assert look(timedelta(), published=SEEN - timedelta(hours=23)) == 10
    assert look(timedelta(), published=None) == 10


@pytest.mark.parametrize("rest", [timedelta(), timedelta(seconds=1), timedelta(seconds=30)])
def test_a_look_takes_one_slot_in_five(rest: timedelta) -> None:
    assert next_slot(rest, now=SEEN) - SEEN >= ONE_IN * rest
    assert next_slot(rest, now=SEEN) - SEEN >= timedelta(seconds=10)
