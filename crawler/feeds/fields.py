"""The fields of an entry, whichever format they come from: cut, cleaned, and in UTC."""

import calendar
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import struct_time

from crawler.feeds.plain import clean
from news.entry import Entry
from news.url import absolute

MOST_TITLE = 1_000
MOST_SUMMARY = 20_000
MOST_CONTENT = 500_000

_MOST_ADDRESS = 4_000
USUAL_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9][A-Za-z0-9.-]*+"
    r"(?:/[A-Za-z0-9._~%!$&'()*+,=:@/-]*+(?:\?[A-Za-z0-9._~%!$&'()*+,=:@/-]++)?+)?+"
)
"""Absolute, and spelled in one way: joined to whatever base, it stays as it is."""

_MOST_NAME = 200
_MOST_AUTHORS = 20
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_MAIL = re.compile(r"\s*\(mailto:.*")
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./年년]\s*(\d{1,2})\s*[-./月월]\s*(\d{1,2})(?!\d)")
_TIME = re.compile(
    r"(오전|오후|午前|午後|上午|下午)?\s*(\d{1,2})\s*[:時时시]\s*(\d{2})(?::(\d{2}))?"
)
_AFTERNOON = {"오후", "午後", "下午"}
EARLIEST = datetime(1970, 1, 3, tzinfo=UTC)
"""Dates before this are somebody's zero, not a date."""


def moment(parsed: struct_time | tuple[int, ...] | None, said: str) -> datetime | None:
    """Return the moment that feedparser read out of what was `said`, in UTC; None if it cannot be.

    It takes what it does not understand for the first of a month or year: a story of today would
    be old news. So it is believed only where year and day stand in the text.
    """
    if parsed is None:
        return None
    try:
        found = datetime.fromtimestamp(calendar.timegm(tuple(parsed)), UTC)
        return _plausible(found) if _is_said(found, said) else moment_of(said)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _is_said(found: datetime, said: str) -> bool:
    numbers = {int(number) for number in _NUMBER.findall(said[:100])}
    days = [found]
    for shift in (-1, 1):  # a zone may carry the day, and so the year, over its edge
        with suppress(OverflowError):
            days.append(found + timedelta(days=shift))
    return any(day.day in numbers and {day.year, day.year % 100} & numbers for day in days)


def moment_of(text: object) -> datetime | None:
    """Return the moment that an ISO 8601 or mail date names, UTC assumed where it names no zone."""
    if not isinstance(text, str):
        return None
    bare = text.strip()[:64]
    for read in (datetime.fromisoformat, parsedate_to_datetime, _year_first):
        try:
            found = read(bare)
            return _plausible(found if found.tzinfo else found.replace(tzinfo=UTC))
        except (ValueError, OverflowError):
            continue
    return None


def _year_first(text: str) -> datetime:
    """Read dates such as "2026.11.23 15:00" and "2026년 11월 23일 오후 3:00"."""
    date = _YEAR_FIRST.match(text)
    if date is None:
        raise ValueError(text)
    year, month, number = map(int, date.groups())
    day = datetime(year, month, number, tzinfo=UTC)
    time = _TIME.search(text, date.end())
    if time is None:
        return day
    noon, hour, minute, second = time.groups()
    half = 12 if noon in _AFTERNOON and int(hour) < 12 else 0  # noqa: PLR2004 - noon
    return day.replace(hour=int(hour) + half, minute=int(minute), second=int(second or 0))


def _plausible(found: datetime) -> datetime | None:
    found = found.astimezone(UTC)
    return found if found >= EARLIEST else None


def address(base: str, link: object) -> str | None:
    """Return where `link` leads: http(s) only, and not longer than an address can be."""
    if not isinstance(link, str):
        return None
    if len(link) <= _MOST_ADDRESS and USUAL_ADDRESS.fullmatch(link):
        return link
    found = absolute(base, clean(link, most=_MOST_ADDRESS + 1).replace("\n", ""))
    return found if found is not None and len(found) <= _MOST_ADDRESS else None


def own_id(text: object) -> str | None:
    """Return the source's own name for an entry; one too long to keep is none."""
    name = clean(text, most=_MOST_ADDRESS + 1) if isinstance(text, str) else ""
    return name if 0 < len(name) <= _MOST_ADDRESS else None


def language(text: object) -> str | None:
    """Return a language tag such as `ko` or `en-US`, None for anything else."""
    bare = text.strip() if isinstance(text, str) else ""
    return bare.replace("_", "-") if _LANGUAGE.fullmatch(bare) else None


def authors(names: list[object]) -> tuple[str, ...]:
    """Return the names among `names`, each once and in order."""
    cleaned = (
        _MAIL.sub("", clean(name, most=_MOST_NAME).replace("\n", " "))
        for name in names
        if isinstance(name, str)
    )
    return tuple(dict.fromkeys(filter(None, cleaned)))[:_MOST_AUTHORS]


def says_something(entry: Entry) -> bool:
    """Tell whether an entry has an address, a title or a summary; without, it is not told."""
    return bool(entry.url or entry.title or entry.summary or entry.content)
