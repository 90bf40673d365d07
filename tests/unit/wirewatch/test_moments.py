"""Moments as people name them, at both edges of summer time and in between."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.moments import moment

SEOUL, BERLIN, LORD_HOWE = "Asia/Seoul", "Europe/Berlin", "Australia/Lord_Howe"
NOW = "2026-11-23 06:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "after", "named"),
    [
        ("08:00", "UTC", NOW, "2026-11-23 08:00"),
        ("8:00", "UTC", NOW, "2026-11-23 08:00"),
        (" 08:00 ", "UTC", NOW, "2026-11-23 08:00"),
        ("06:00", "UTC", NOW, "2026-11-24 06:00"),
        ("08:00", SEOUL, NOW, "2026-11-23 23:00"),
        ("15:01", SEOUL, NOW, "2026-11-23 06:01"),
        ("14:59", SEOUL, NOW, "2026-11-24 05:59"),
        ("23:59", "UTC", "2026-12-31 23:59", "2027-01-01 23:59"),
        # Berlin's clock is put forward from 02:00 to 03:00 at 01:00 UTC on 29 March 2026.
        ("02:30", BERLIN, "2026-03-28 12:00", "2026-03-29 01:30"),
        ("03:30", BERLIN, "2026-03-28 12:00", "2026-03-29 01:30"),
        ("01:59", BERLIN, "2026-03-28 12:00", "2026-03-29 00:59"),
        ("02:30", BERLIN, "2026-03-29 01:30", "2026-03-30 00:30"),
        # It is put back from 03:00 to 02:00 at 01:00 UTC on 25 October 2026.
        ("02:30", BERLIN, "2026-10-24 12:00", "2026-10-25 00:30"),
        ("02:30", BERLIN, "2026-10-25 00:30", "2026-10-25 01:30"),
        ("02:30", BERLIN, "2026-10-25 01:30", "2026-10-26 01:30"),
        ("03:00", BERLIN, "2026-10-24 12:00", "2026-10-25 02:00"),
        # Lord Howe moves by half an hour, on 5 April 2026 at 15:00 UTC of the day before.
        ("01:45", LORD_HOWE, "2026-04-04 12:00", "2026-04-04 14:45"),
        ("01:45", LORD_HOWE, "2026-04-04 14:45", "2026-04-04 15:15"),
        ("2026-11-24 08:00", SEOUL, NOW, "2026-11-23 23:00"),
        ("2026-11-24T08:00:30", SEOUL, NOW, "2026-11-23 23:00:30"),
        ("2026-11-24T08:00Z", SEOUL, NOW, "2026-11-24 08:00"),
        ("2026-11-24T08:00+01:00", SEOUL, NOW, "2026-11-24 07:00"),
        ("2026-11-25", SEOUL, NOW, "2026-11-24 15:00"),
        ("2026-03-29 02:30", BERLIN, "2026-03-28 12:00", "2026-03-29 01:30"),
    ],
)
def test_a_moment_is_the_next_that_the_clock_shows(
    text: str, zone: str, after: str, named: str
) -> None:
    assert moment(text, zone=zone, after=at(after)) == at(named)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("24:00", "names no time"),
        ("8", "names no time"),
        ("tomorrow", 'write one like "08:00"'),
        ("", "names no time"),
        ("08:0٠", "names no time"),
        ("2026-13-01", "names no time"),
        ("2026-11-24 25:00", "names no time"),
        ("0001-01-01T00:00+14:00", "names no time"),
        ("9999-12-31 23:59-10:00", "names no time"),
        ("2026-11-23 05:59", "is over already"),
        ("2026-11-23 06:00", "is over already"),
    ],
)
def test_what_names_no_moment_to_come_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        moment(text, zone="UTC", after=at(NOW))


@given(
    after=st.integers(0, 2_100_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    zone=st.sampled_from([SEOUL, BERLIN, LORD_HOWE, "America/St_Johns", "Africa/Casablanca"]),
)
def test_the_next_time_of_day_is_ahead_and_near(
    after: datetime, hour: int, minute: int, zone: str
) -> None:
    named = moment(f"{hour:02}:{minute:02}", zone=zone, after=after)
    assert timedelta() < named - after <= timedelta(hours=26)
    shown = named.astimezone(ZoneInfo(zone))
    late = (shown.hour * 60 + shown.minute - hour * 60 - minute) % 1440
    assert late in {0, 30, 60}  # later only where the clock was put forward over it
