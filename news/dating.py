"""Which date an article has where its feed and its page tell two: a pure decision."""

import re
from datetime import UTC, datetime, time, timedelta

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_HALF_HOUR = timedelta(minutes=30)
_FARTHEST = timedelta(hours=14)
_DAY = timedelta(days=1)
_AHEAD = timedelta(minutes=10)
_UPDATED = timedelta(days=3)
"""So much earlier than its feed's may a page's date be by itself: a piece that was updated."""
_IN_ADDRESS = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:([/_.-]?)(0?[1-9]|1[0-2])(?:\2(0?[1-9]|[12][0-9]|3[01]))?)(?![0-9])"
)


def published_at(
    *,
    feed: datetime | None,
    page: datetime | None,
    changed: datetime | None,
    seen: datetime,
    url: str = "",
) -> datetime | None:
    """Return when an article was published, in UTC, by its feed, its page and its last change.

    Nobody publishes after the moment at which the entry was `seen`, nor before news stood in the
    web: 1970 is a clock that was never set. `changed` is the feed's word on the last change, `url`
    the address of the page. A page's date that lies days before its feed's makes old news of it,
    and templates bear dates, too (that of a site's founding): so it needs a witness, the address.

    | the feed tells      | the page tells             | taken                                  |
    |---------------------|----------------------------|----------------------------------------|
    | nothing, 1970       | a date                     | the page's                             |
    | nothing, 1970       | nothing, 1970              | `changed`, else nothing                |
    | a date              | nothing, 1970, a day alone | the feed's                             |
    | a day alone         | a time of that day         | the page's                             |
    | a date              | that clock in another zone | the page's, if it bears a zone         |
    | a date              | one up to 3 days earlier   | the page's: an update, or listed again |
    | a date              | one much earlier           | the page's, if its address says so,    |
    |                     |                            | else the feed's: in doubt it is told   |
    | a date              | a later one                | the feed's: it was there before        |
    | one ahead of `seen` | any that is not            | the page's                             |
    | one ahead of `seen` | nothing, one ahead too     | `seen`                                 |
    """
    told, read = _known(feed), _known(page)
    if told is None or read is None:
        found = told or read or _known(changed)
    else:
        found = _of_two(told, read, seen, url)
    return None if found is None else min(found.astimezone(UTC), seen)


def updated_at(
    *,
    page: datetime | None,
    feed: datetime | None,
    published: datetime | None,
    seen: datetime | None,
) -> datetime | None:
    """Return when an article last changed, in UTC; None where that is not after its publication.

    `seen` is None where it may have changed since it was first seen.
    """
    found = _known(page) or _known(feed)
    if found is None:
        return None
    moment = min(found.astimezone(UTC), seen or found)
    return moment if published is None or moment >= published + _MINUTE else None


def _known(moment: datetime | None) -> datetime | None:
    return moment if moment is not None and moment >= _EARLIEST else None


def _of_two(told: datetime, read: datetime, seen: datetime, url: str) -> datetime:
    ahead, read_ahead = told > seen + _AHEAD, read > seen + _AHEAD
    if ahead or read_ahead:
        return told if read_ahead else read
    if is_day(read):
        return told
    if is_day(told) and -_FARTHEST <= read - told <= _DAY + _FARTHEST:
        return read
    if _a_zone_apart(told, read):
        return read if read.utcoffset() else told
    if told - read > _UPDATED and not _says(url, read):
        return told
    return min(told, read)


def _says(url: str, moment: datetime) -> bool:
    """Tell whether an address bears the day of `moment`, or its month, in the publisher's zone."""
    for year, _, month, day in _IN_ADDRESS.findall(url):
        if day:
            days = (moment.date() + _DAY * apart for apart in (-1, 0, 1))
            if any((d.year, d.month, d.day) == (int(year), int(month), int(day)) for d in days):
                return True
        elif (moment.year, moment.month) == (int(year), int(month)):
            return True
    return False


def is_day(moment: datetime) -> bool:
    """Tell whether `moment` stands for a day whose time nobody told: midnight in UTC."""
    return not moment.utcoffset() and moment.timetz().replace(tzinfo=None) == time()


def _a_zone_apart(one: datetime, other: datetime) -> bool:
    apart = abs(one - other)
    return _MINUTE <= apart <= _FARTHEST and apart % _HALF_HOUR < _MINUTE
