"""Times as a mail says them, and how far back its commands reach."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC = ZoneInfo("UTC")
_HOURS = 48
_DAY = 24


def reaching_back(moments: Sequence[datetime], now: datetime) -> str:
    """Return a length of time that reaches behind all of `moments`, also a day after `now`."""
    oldest = min(moments, default=now)
    hours = math.ceil((now - oldest) / timedelta(hours=1)) + _DAY
    return f"{hours}h" if hours <= _HOURS else f"{math.ceil(hours / _DAY)}d"


def published_and_seen(published: datetime | None, seen: datetime, zone: ZoneInfo) -> str:
    """Return when it was published and when seen, in one zone; on one day, the day once."""
    if published is None:
        return f"undated, seen {dated(seen, zone)} ({zone.key})"
    then = clock_or_date(seen, published, zone)
    return f"published {dated(published, zone)}, seen {then} ({zone.key})"


def clock_or_date(moment: datetime, other: datetime, zone: ZoneInfo) -> str:
    """Return a moment without its day where that is the day of the other."""
    same = _day(moment, zone) == _day(other, zone)
    return f"{moment.astimezone(zone):%H:%M}" if same else dated(moment, zone)


def dated(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment with its day: "23 Nov 2026, 06:00"."""
    return f"{_day(moment, zone)}, {moment.astimezone(zone):%H:%M}"


def _day(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %Y}"


def zone_of(name: str) -> ZoneInfo:
    """Return the zone of that name, UTC where this machine knows none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):  # this machine's tables know fewer than the file's
        return UTC
