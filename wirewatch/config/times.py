"""How times are written in wirewatch.toml: durations, time zones, quiet hours, `when`.

Each function takes the text and returns what it means, or raises ValueError with words for the
person who wrote it.
"""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from wirewatch.config.fault import did_you_mean

_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_PIECE = re.compile(r"([0-9]{1,9})(ms|s|m|h|d|w)", re.ASCII)
_DURATION = re.compile(rf"(?:{_PIECE.pattern})+", re.ASCII)
_LONGEST = timedelta(days=36_500)
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHEN = '"now", "every 30m", "daily 07:30" or "weekly mon 07:30"'


def duration(text: str) -> timedelta:
    """Return the length of "90s", "2m", "1h30m" or "400d"."""
    if not _DURATION.fullmatch(text):
        raise ValueError(f'"{text}" is no duration; write one like "90s", "2m", "1h" or "400d"')
    length = timedelta()
    for number, unit in _PIECE.findall(text):
        length = min(
            length + min(int(number), _LONGEST // _UNITS[unit] + 1) * _UNITS[unit], _LONGEST
        )
    if length >= _LONGEST:
        raise ValueError(f'"{text}" is longer than a hundred years')
    return length


def written(length: timedelta) -> str:
    """Return `length` as a person would write it: "1h30m"; parsing that gives it back."""
    rest, pieces = length, []
    for unit in ("d", "h", "m", "s", "ms"):
        number, rest = divmod(rest, _UNITS[unit])
        if number:
            pieces.append(f"{number}{unit}")
    return "".join(pieces) or "0s"


def zone(text: str) -> str:
    """Return `text` if it names a time zone of the IANA list."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(text, available_timezones()) or '; write one like "Asia/Seoul"'
        raise ValueError(f'"{text}" is no time zone{hint}') from None
    return text


def clock(text: str) -> str:
    """Return `text` if it is a time of day, "07:30"."""
    if not _CLOCK.fullmatch(text):
        raise ValueError(f'"{text}" is no time of day; write one like "07:30"')
    return text


def quiet_hours(text: str) -> str:
    """Return `text` if it names hours, "23:00-07:00", with a time zone behind them or without."""
    hours, _, place = text.partition(" ")
    begin, dash, end = hours.partition("-")
    if not dash:
        raise ValueError(f'"{text}" names no hours; write them like "23:00-07:00 Asia/Seoul"')
    if clock(begin) == clock(end):
        raise ValueError(f'"{text}" begins and ends at the same time')
    if place.strip():
        zone(place.strip())
    return text


def when(text: str) -> str:
    """Return `text` if it says when to tell: at once, at intervals, daily or weekly."""
    match text.split():
        case ["now"]:
            pass
        case ["every", length]:
            if duration(length) < timedelta(minutes=1):
                raise ValueError(f'"{text}": the least is "every 1m"')
        case ["daily", time]:
            clock(time)
        case ["weekly", day, time]:
            if day not in _WEEKDAYS:
                raise ValueError(f'"{day}" is no day of the week{did_you_mean(day, _WEEKDAYS)}')
            clock(time)
        case _:
            raise ValueError(f'"{text}" does not say when; write {_WHEN}')
    return " ".join(text.split())
