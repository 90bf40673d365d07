"""How times are written in wirewatch.toml."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.config.times import clock, duration, quiet_hours, when, written, zone


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("0s", timedelta()),
        ("250ms", timedelta(milliseconds=250)),
        ("90s", timedelta(seconds=90)),
        ("2m", timedelta(minutes=2)),
        ("1h30m", timedelta(hours=1, minutes=30)),
        ("400d", timedelta(days=400)),
        ("2w", timedelta(days=14)),
    ],
)
def test_a_duration_is_a_number_and_a_unit(text: str, length: timedelta) -> None:
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "1", "h", "1 h", "-1h", "1.5h", "1H", "1h ", "1month", "١h"])
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r'is no duration; write one like "90s"'):
        duration(text)


@pytest.mark.parametrize("text", ["999999999w", "36500d", "36499d999999h"])
def test_a_duration_ends_below_a_hundred_years(text: str) -> None:
    with pytest.raises(ValueError, match="longer than a hundred years"):
        duration(text)


@given(st.integers(0, 10**9).map(lambda n: timedelta(milliseconds=n)))
def test_a_written_duration_is_read_back(length: timedelta) -> None:
    assert duration(written(length)) == length


FAULTS: list[tuple[Callable[[str], str], str, str]] = [
    (zone, "Asia/Soul", '"Asia/Soul" is no time zone (did you mean "Asia/Seoul"?)'),
    (zone, "Asia", '"Asia" is no time zone'),
    (zone, "../../etc/passwd", '"../../etc/passwd" is no time zone'),
    (zone, "nowhere", '"nowhere" is no time zone; write one like "Asia/Seoul"'),
    (clock, "7:30", '"7:30" is no time of day; write one like "07:30"'),
    (clock, "24:00", '"24:00" is no time of day'),
    (quiet_hours, "23", '"23" names no hours; write them like "23:00-07:00 Asia/Seoul"'),
    (quiet_hours, "23:00-23:00", '"23:00-23:00" begins and ends at the same time'),
    (quiet_hours, "23:00-7:00", '"7:00" is no time of day'),
    (quiet_hours, "23:00-07:00 Seoul", '"Seoul" is no time zone'),
    (when, "hourly", '"hourly" does not say when; write "now", "every 30m", "daily 07:30" or'),
    (when, "every 5s", '"every 5s": the least is "every 1m"'),
    (when, "every day", '"day" is no duration'),
    (when, "daily 25:00", '"25:00" is no time of day'),
    (when, "weekly mo 07:30", '"mo" is no day of the week (did you mean "mon"?)'),
]


@pytest.mark.parametrize(("check", "text", "words"), FAULTS)
def test_a_wrong_time_is_told_in_words(check: Callable[[str], str], text: str, words: str) -> None:
    with pytest.raises(ValueError) as fault:
        check(text)
    assert str(fault.value).startswith(words)


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (zone, "UTC"),
        (zone, "Asia/Seoul"),
        (quiet_hours, "23:00-07:00"),
        (quiet_hours, "12:00-13:30 Europe/Berlin"),
        (when, "now"),
        (when, "every 90s"),
        (when, "daily 07:30"),
        (when, "weekly sun 00:00"),
    ],
)
def test_a_right_time_stays_as_it_is(check: Callable[[str], str], text: str) -> None:
    assert check(text) == text
