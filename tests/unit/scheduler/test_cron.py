"""Cron as crontab(5) has it, over both edges of daylight saving."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cron import cron_fault, next_time

NOW = datetime(2024, 11, 5, 6, 0, tzinfo=UTC)  # a Tuesday


def times(cron: str, after: datetime, count: int, timezone: str = "UTC") -> list[str]:
    found = []
    for _ in range(count):
        after = next_time(cron, timezone, after)
        assert after.tzinfo is UTC
        found.append(f"{after:%m-%d %H:%M}")
    return found


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("*/5 * * * *", ["11-05 06:05", "11-05 06:10"]),
        ("0 * * * *", ["11-05 07:00", "11-05 08:00"]),
        ("30 5 * * *", ["11-06 05:30", "11-07 05:30"]),
        ("0 9-17/4 * * *", ["11-05 09:00", "11-05 13:00"]),
        ("0 0 1 jan *", ["01-01 00:00", "01-01 00:00"]),
        ("0 0 * * 0", ["11-10 00:00", "11-17 00:00"]),
        ("0 0 * * 7", ["11-10 00:00", "11-17 00:00"]),
        ("0 0 * * SUN", ["11-10 00:00", "11-17 00:00"]),
        ("0 0 * * 1-5", ["11-06 00:00", "11-07 00:00", "11-08 00:00", "11-11 00:00"]),
        ("0 0 * * sat-mon", ["11-09 00:00", "11-10 00:00", "11-11 00:00", "11-16 00:00"]),
        ("0 0 * * 1,3", ["11-06 00:00", "11-11 00:00"]),
        ("0 0 * * */3", ["11-06 00:00", "11-09 00:00", "11-10 00:00", "11-13 00:00"]),
        ("0 0 13 * 5", ["11-08 00:00", "11-13 00:00", "11-15 00:00"]),
        ("0 0 13 * *", ["11-13 00:00", "12-13 00:00"]),
        ("@daily", ["11-06 00:00", "11-07 00:00"]),
        ("@hourly", ["11-05 07:00", "11-05 08:00"]),
    ],
)
def test_what_a_cron_names(cron: str, expected: list[str]) -> None:
    assert times(cron, NOW, len(expected)) == expected


def test_six_fields_begin_with_seconds() -> None:
    assert next_time("*/10 * * * * *", "UTC", NOW) == NOW + timedelta(seconds=10)


def test_a_time_zone_is_that_of_the_place() -> None:
    assert next_time("0 7 * * *", "Asia/Seoul", NOW) == datetime(2024, 11, 5, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "after", "expected"),
    [
        # 31 March 2024: 02:00 becomes 03:00 in Berlin, so 02:30 is made up for at 03:30
        ("30 2 * * *", (3, 30, 12), ["03-31 01:30", "04-01 00:30"]),
        ("0 3 * * *", (3, 30, 12), ["03-31 01:00", "04-01 01:00"]),
        ("*/30 * * * *", (3, 31, 0), ["03-31 00:30", "03-31 01:00", "03-31 01:30"]),
        # 27 October 2024: 02:00 to 03:00 comes twice, a daily job only once
        ("30 2 * * *", (10, 26, 12), ["10-27 00:30", "10-28 01:30"]),
        ("0,30 1-3 * * *", (10, 27, 0), ["10-27 00:30", "10-27 02:00", "10-27 02:30"]),
        ("0 3 * * *", (10, 26, 12), ["10-27 02:00", "10-28 02:00"]),
        ("0 * * * *", (10, 26, 23), ["10-27 00:00", "10-27 01:00", "10-27 02:00"]),
        ("*/30 */1 * * *", (10, 27, 0), ["10-27 00:30", "10-27 01:00", "10-27 01:30"]),
    ],
)
def test_both_edges_of_daylight_saving(
    cron: str, after: tuple[int, int, int], expected: list[str]
) -> None:
    month, day, hour = after
    begin = datetime(2024, month, day, hour, tzinfo=UTC)
    assert times(cron, begin, len(expected), "Europe/Berlin") == expected


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("* * * *", "a cron has five fields, or six with seconds first; not 4"),
        ("", "a cron has five fields, or six with seconds first; not 0"),
        ("61 * * * *", '"61" is not a minute (0-59)'),
        ("* 24 * * *", '"24" is not an hour (0-23)'),
        ("* * 0 * *", '"0" is not a day of the month (1-31)'),
        ("* * L * *", '"l" is not a day of the month (1-31)'),
        ("* * last * *", '"last" is not a day of the month (1-31)'),
        ("* * * 13 *", '"13" is not a month (1-12 or jan-dec)'),
        ("* * * * 8", '"8" is not a day of the week (0-7 or sun-sat)'),
        ("* * * * xyz", '"xyz" is not a day of the week (0-7 or sun-sat)'),
        ("* * * * 5#2", '"5#2" is not a day of the week (0-7 or sun-sat)'),
        ("*/0 * * * *", '"*/0" is not a minute (0-59)'),
        ("9-5 * * * *", '"9-5" is not a minute (0-59)'),
        ("60 * * * * *", '"60" is not a second (0-59)'),
        ("0 0 31 2 *", "this cron names no moment that ever comes"),
    ],
)
def test_a_wrong_cron_has_words(cron: str, words: str) -> None:
    assert cron_fault(cron, "UTC") == words
    with pytest.raises(ValueError, match=r"cron|is not"):
        next_time(cron, "UTC", NOW)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "a\x00b"])
def test_a_wrong_time_zone_has_words(zone: str) -> None:
    assert cron_fault("* * * * *", zone) == f'there is no time zone "{zone}"'


def test_a_right_cron_has_no_fault() -> None:
    assert cron_fault("*/5 6-22 * * mon-fri", "Asia/Seoul") is None


@given(st.lists(st.text("0123456789*/-,abcdfjmnostuw", min_size=1, max_size=5), max_size=6))
def test_no_cron_is_too_strange(fields: list[str]) -> None:
    cron = " ".join(fields)
    if cron_fault(cron, "Europe/Berlin") is None:
        assert next_time(cron, "Europe/Berlin", NOW) > NOW
