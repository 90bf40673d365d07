"""The dates of feeds: as feedparser reads them, the usual ones without it."""

import re
from datetime import UTC, datetime, timedelta

from feedparser.datetimes import _parse_date

from crawler.feeds.fields import EARLIEST, moment, moment_of

_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
_MAIL = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-3]?[0-9]) ([A-Z][a-z]{2}) ([12][0-9]{3}) "
    r"([0-2][0-9]):([0-5][0-9]):([0-5][0-9]) (?:GMT|UTC|Z|([+-])([01][0-9])([0-5][0-9]))"
)
_ISO = re.compile(
    r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{1,9})?(?:Z|[+-][01][0-9]:[0-5][0-9])"
)


def moment_said(text: str) -> datetime | None:
    """Return the moment that a date of a feed names, in UTC; None if it names none."""
    found = _usual(text)
    if found is not None:
        return found if found >= EARLIEST else None
    parsed = _parse_date(text)
    return moment(parsed, text) if parsed is not None else moment_of(text)


def _usual(text: str) -> datetime | None:
    mail = _MAIL.fullmatch(text)
    try:
        if mail is None:
            if _ISO.fullmatch(text) is None:
                return None
            return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
        day, month, year, hour, minute, second, sign, hours, minutes = mail.groups()
        found = datetime(
            int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
    except (ValueError, KeyError, OverflowError):
        return None
    if sign is None:
        return found
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return found - away if sign == "+" else found + away
