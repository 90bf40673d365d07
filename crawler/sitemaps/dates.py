"""Dates as sitemaps write them: a moment, or a day, month or year that tells no more than itself.

Only a moment is one of publication. What is vaguer tells that it was not later than its end.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.feeds.fields import moment_of

_VAGUE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_FARTHEST_WEST = timedelta(hours=12)
"""So long after a day ended in Greenwich it ends in the last place on earth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """When something was at the latest (UTC); `exact` tells that it was at that moment."""

    latest: datetime
    exact: bool


def said_date(text: str, *, now: datetime) -> Said | None:
    """Read a date; None where there is none to be read. None is later than `now`."""
    bare = text.strip()[:64]
    if not bare:
        return None
    vague = _VAGUE.fullmatch(bare)
    if vague is None:
        found = moment_of(bare)
        return None if found is None else Said(latest=min(found, now), exact=True)
    end = _end_of(*(int(part) if part else None for part in vague.groups()))
    return None if end is None else Said(latest=min(end, now), exact=False)


def _end_of(year: int | None, month: int | None, day: int | None) -> datetime | None:
    try:
        last = datetime(year or 0, month or 12, 1, tzinfo=UTC)
        last = last.replace(day=day or monthrange(last.year, last.month)[1])
        return last + timedelta(days=1) + _FARTHEST_WEST
    except (ValueError, OverflowError):
        return None
