"""Retry-After in all the ways servers write it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.retry_after import LONGEST_WAIT, wait_asked_for

NOW = datetime(2024, 11, 5, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("90", 90),
        (" 90 ", 90),
        ("007", 7),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("soon", None),
        ("٣", None),
        ("9" * 400, 86_400),
        ("86401", 86_400),
        ("Tue, 05 Nov 2024 06:10:00 GMT", 600),
        ("Tue, 05 Nov 2024 09:10:00 +0300", 600),
        ("Tue, 05 Nov 2024 05:59:00 GMT", None),
        ("Fri, 31 Dec 2199 23:59:59 GMT", 86_400),
        ("Tue, 05 Nov 2024 06:10:00 -0000", None),
        ("Tue, 99 Nov 2024 06:10:00 GMT", None),
        (None, None),
    ],
)
def test_a_header_becomes_a_wait(header: str | None, seconds: int | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert wait_asked_for(header, now=NOW) == expected


@given(st.text())
def test_no_header_is_too_strange(header: str) -> None:
    wait = wait_asked_for(header, now=NOW)
    assert wait is None or timedelta() < wait <= LONGEST_WAIT
