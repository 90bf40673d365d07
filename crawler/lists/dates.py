"""The date that stands beside a link, in whatever way newsrooms write it.

Only a moment with its zone is one of publication. A day, or a clock without its zone, tells no
more than that it was not later than that day's end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from lxml.html import HtmlElement

from crawler.feeds.fields import moment_of

_YEAR = r"(20\d\d|19[89]\d)"
_YEAR_FIRST = re.compile(
    rf"(?<!\d){_YEAR}\s*[-./年년]\s*(\d{{1,2}})\s*[-./月월]\s*(\d{{1,2}})(?!\d)"
)
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})([-./])(\d{{1,2}})[-./]{_YEAR}(?!\d)")
_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:\.|st|nd|rd|th)?\s+(?:de\s+)?([^\W\d_]{{3,12}})\.?,?\s+(?:de\s+)?{_YEAR}"
)
_NAME_FIRST = re.compile(rf"([^\W\d_]{{3,12}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}")
_SOME_TIME = re.compile(
    r"\b\d{1,2}[:h]\d{2}\b|\b\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}\b|\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일]"
    r"|\b\d+\s*(?:m|h|d|min|mins|minutes?|hours?|days?|hrs?)\.?\s+ago\b|\bvor \d+|\bil y a \d+"
    r"|\bhace \d+|\bhá \d+|\d+\s*(?:分|時間|小时|小時|分钟|分鐘|日|天)前|\d+\s*(?:분|시간|일)\s*전"
    r"|\d+\s*\w+ назад|منذ|\byang lalu\b|\btemu\b|\bgeleden\b|\bsiden\b|\bsedan\b|\bfa\b|\bönce\b",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen sty янв jän",
            "feb fév fev lut фев",
            "mar mär мар",
            "apr abr avr kwi апр",
            "may mai mei maj mag мая май",
            "jun juin giu cze июн",
            "jul juil lug lip июл",
            "aug ago aoû agu sie авг",
            "sep set wrz сен",
            "oct okt out ott paź окт",
            "nov lis ноя",
            "dec dez dic déc des gru дек",
        ),
        1,
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDate:
    """What stands beside a link: `published` to the moment, or `day` at the latest; both UTC.

    `seen` tells that a date or time stands there at all.
    """

    published: datetime | None = None
    day: datetime | None = None
    seen: bool = False


def date_near(item: HtmlElement, text: str) -> NearDate:
    """Look for a date in the item's own elements, then in its `text`."""
    for element in item.iter("time", "relative-time"):
        said = (element.get("datetime") or "").strip()
        if found := moment_of(said):
            if _has_zone(said):
                return NearDate(published=found, seen=True)
            return NearDate(day=_end_of(found.date()), seen=True)
    day = next(_days(text), None)
    if day is not None:
        return NearDate(day=_end_of(day), seen=True)
    return NearDate(seen=bool(_SOME_TIME.search(text)))


def _has_zone(said: str) -> bool:
    clock = re.split(r"[T ]", said, maxsplit=1)
    return len(clock) > 1 and bool(re.search(r"Z|[+-]\d\d:?\d\d|GMT|UTC", clock[1]))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


def _days(text: str) -> Iterator[date]:
    for year, month, day in _YEAR_FIRST.findall(text):
        yield from _day(year, month, day)
    for first, mark, second, year in _DAY_FIRST.findall(text):
        if int(second) > 12:  # noqa: PLR2004 - no month, so the month stands first
            yield from _day(year, first, second)
        elif int(first) > 12 or mark != "/":  # noqa: PLR2004 - else it could be either
            yield from _day(year, second, first)
    for day, name, year in _NAMED.findall(text):
        yield from _day(year, _month(name), day)
    for name, day, year in _NAME_FIRST.findall(text):
        yield from _day(year, _month(name), day)


def _month(name: str) -> int:
    lower = name.lower()
    return _MONTHS.get(lower[:4]) or _MONTHS.get(lower[:3]) or 0


def _day(year: str, month: str | int, day: str) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return
