"""How long a feed wants to be left alone between two visits."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

_LONGEST_WAIT = timedelta(hours=24)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}


def wait_of(feed: Mapping[str, Any]) -> timedelta | None:
    """Return what the feed asks for between visits: ttl in minutes, or sy:updatePeriod."""
    waits = []
    ttl = str(feed.get("ttl", "")).strip()
    if ttl.isascii() and ttl.isdigit():
        waits.append(timedelta(minutes=min(int(ttl[:9]), 1_440)))
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    if period is not None:
        times = str(feed.get("sy_updatefrequency", "")).strip()
        often = int(times[:6]) if times.isascii() and times.isdigit() else 1
        waits.append(period / max(often, 1))
    longest = max(waits, default=timedelta())
    return min(longest, _LONGEST_WAIT) if longest > timedelta() else None
