"""Dates that are read at once are the dates that feedparser reads."""

from datetime import UTC, datetime

import pytest
from feedparser.datetimes import _parse_date
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds.fields import moment, moment_of
from crawler.feeds.said_dates import moment_said

TIMES = st.datetimes().filter(lambda time: 1900 <= time.year < 2200)
WAYS = st.sampled_from(
    [
        "%a, %d %b %Y %H:%M:%S GMT",
        "%d %b %Y %H:%M:%S +0930",
        "%a, %d %b %Y %H:%M:%S -1200",
        "%a, %d %b %Y %H:%M:%S UTC",
        "%a, %d %b %Y %H:%M:%S PST",
        "%d %b %y %H:%M",
        "%Y-%m-%dT%H:%M:%SZ",
        "%Y-%m-%dT%H:%M:%S.%f+05:30",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d",
        "%Y.%m.%d %H:%M",
    ]
)


def as_feedparser_reads(text: str) -> datetime | None:
    parsed = _parse_date(text)
    return moment(parsed, text) if parsed is not None else moment_of(text)


@given(TIMES, WAYS)
def test_every_way_to_write_a_date_is_read_the_same(time: datetime, way: str) -> None:
    text = time.strftime(way)
    assert moment_said(text) == as_feedparser_reads(text)


@given(st.from_regex(r"\A[0-9A-Za-z ,:+.T-]{0,40}\Z"))
def test_whatever_stands_there_is_read_the_same(text: str) -> None:
    assert moment_said(text) == as_feedparser_reads(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Tue, 05 Nov 2024 06:00:00 +0900", datetime(2024, 11, 4, 21, tzinfo=UTC)),
        ("31 Feb 2024 10:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("2024-11-05T06:00:00.9Z", datetime(2024, 11, 5, 6, tzinfo=UTC)),
    ],
)
def test_dates_are_moments_in_utc(text: str, read: datetime | None) -> None:
    assert moment_said(text) == read
