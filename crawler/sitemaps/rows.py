"""What a sitemap lists, row by row, with its mark and the date that can be believed. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.sitemaps.dates import Said, said_date
from crawler.sitemaps.document import Listed
from crawler.sitemaps.learned import mark_of

_AT_ONCE = timedelta(hours=1)
_ENOUGH = 50
_NUMBERS = re.compile(r"\d+")
_SAMPLE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An address with its mark, when it was published or touched, and which of both `date` is."""

    listed: Listed
    mark: bytes
    date: Said | None
    claimed: bool

    @property
    def bare(self) -> bool:
        """Tell whether nothing but an address is known, so that its page must be read."""
        return not self.listed.title

    @property
    def at(self) -> float:
        """Return its date in seconds, 0 where there is none."""
        return self.date.latest.timestamp() if self.date else 0.0


def rows_of(listed: Sequence[Listed], now: datetime) -> list[Row]:
    """Return what a document lists, with the dates that can be believed."""
    touched = [said_date(one.lastmod, now=now) if one.lastmod else None for one in listed]
    trusted = not _written_at_once([said.latest for said in touched if said])
    rows = []
    for one, lastmod in zip(listed, touched, strict=True):
        published = said_date(one.published, now=now) if one.published else None
        mark = mark_of(f"{one.url}\n{one.title}" if one.title else one.url)
        date = published or (lastmod if trusted else None)
        rows.append(Row(listed=one, mark=mark, date=date, claimed=published is not None))
    return rows


def are_dated(rows: Sequence[Row]) -> bool:
    """Tell whether most of them bear a date."""
    return sum(1 for row in rows if row.date) * 2 > len(rows)


def newest_first(rows: Sequence[Row]) -> list[Row]:
    """Return them by their dates; where these say nothing, by where the newest stand."""
    ordered = list(reversed(rows)) if _grows_downwards(rows) else list(rows)
    return sorted(ordered, key=lambda row: -row.at)


def _grows_downwards(rows: Sequence[Row]) -> bool:
    """Tell by the numbers in addresses (dates, or counted up) whether the newest stand last."""
    first = sorted(_numbers(row) for row in rows[:_SAMPLE])
    last = sorted(_numbers(row) for row in rows[-_SAMPLE:])
    return bool(rows) and last[len(last) // 2] > first[len(first) // 2]


def _numbers(row: Row) -> list[int]:
    return [int(number[:12]) for number in _NUMBERS.findall(row.listed.url)]


def _written_at_once(dates: list[datetime]) -> bool:
    """Tell whether most pages were touched within one hour: that is when the sitemap was made."""
    if len(dates) < _ENOUGH:
        return False
    dates.sort()
    return dates[-1] - dates[len(dates) // 2] < _AT_ONCE
