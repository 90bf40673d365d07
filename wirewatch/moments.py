"""Moments as a person names them on the command line: "08:00", or a date with a time.

A time of day is the next one that the clock of the configuration's time zone shows. In autumn, when
it shows one twice, either will do, whichever comes first. In spring, when it leaves one out, it is
taken as if the clock had not been put forward yet: "02:30" is the moment at which it shows 03:30.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?", re.ASCII)


HOUR = timedelta(hours=1)


def said_moment(at: datetime, zone: str, *, of: timedelta) -> str:
    """Return a moment as it is said, in `zone`: to the second where it bounds less than an hour."""
    seconds = ":%S" if of < HOUR else ""
    return at.astimezone(ZoneInfo(zone)).strftime(f"%Y-%m-%d %H:%M{seconds}")


def moment(text: str, *, zone: str, after: datetime) -> datetime:
    """Return the moment (UTC) that `text` names, later than `after`; ValueError in plain words."""
    place = ZoneInfo(zone)
    bare = text.strip()
    if found := _CLOCK.fullmatch(bare):
        return _next(time(int(found[1]), int(found[2])), place, after)
    named = _dated(bare, place)
    if named is None:
        raise ValueError(
            f'"{text}" names no time; write one like "08:00" or "2026-11-24 08:00" ({zone})'
        )
    if named <= after:
        raise ValueError(f'"{text}" is over already')
    return named


def _dated(text: str, place: ZoneInfo) -> datetime | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        named = datetime.fromisoformat(text)
        return (named if named.tzinfo else named.replace(tzinfo=place)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _next(clock: time, place: ZoneInfo, after: datetime) -> datetime:
    today = after.astimezone(place).date()
    days = (today + timedelta(days=ahead) for ahead in (-1, 0, 1, 2))
    shown = (at for day in days for at in _shown(day, clock, place))
    return min(at for at in shown if at > after)


def _shown(day: date, clock: time, place: ZoneInfo) -> Iterator[datetime]:
    """Yield the moments of `day` at which the clock shows that: one, or two in autumn."""
    plain = datetime.combine(day, clock)
    for fold in (0, 1):
        at = plain.replace(tzinfo=place, fold=fold).astimezone(UTC)
        if fold == 0 or at.astimezone(place).replace(tzinfo=None, fold=0) == plain:
            yield at
