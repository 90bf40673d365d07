"""What of a sitemap is new: pure, for one document and what is remembered of it.

| the document | new is |
|---|---|
| read for the first time, with its source | all of it, the newest first, up to a bound |
| a further one of an index, met later | what bears a date later than all seen before |
| remembered whole | each address that is not remembered |
| remembered by its newest, dated | not remembered, and later than the oldest remembered |
| remembered by its ends, undated | what stands before the first or behind the last remembered |

When pages were touched says when they were published only at the latest, and says nothing at all
where a site writes its sitemap anew and dates everything by that. Far more new addresses than a
newsroom writes are such a rewriting, too: they are told as at a first visit, so that only what
proves to be recent by its page is news.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from crawler.sitemaps.dates import Said, said_date
from crawler.sitemaps.document import Document, Listed
from crawler.sitemaps.learned import MOST_HASHES, Known, joined, mark_of, marks_of

MOST_ENTRIES = 1_000
MOST_BARE_AT_FIRST = 100
"""Addresses without a title cost a page each; of a first visit so many are told."""
MOST_BARE = 300
"""More than so many at one later visit are no news, but a sitemap that was written anew."""

_AT_ONCE = timedelta(hours=1)
_ENOUGH = 50
_NUMBERS = re.compile(r"\d+")
_SAMPLE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What novelty is judged by, besides the document itself.

    `first` tells of a source's first visit; `newest` is the latest date (seconds) that was seen
    in any of its documents, `share` how many addresses may be remembered of this one, `fresh`
    tells that its index names it for the first time.
    """

    now: datetime
    first: bool
    child: bool = False
    fresh: bool = False
    newest: float = 0
    share: int = MOST_HASHES


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Novel:
    """The new rows, newest first, and what to remember; `rewritten` counts those of a rewriting."""

    rows: tuple[Row, ...]
    known: int
    after: Known
    anew: bool = False
    rewritten: int = 0


def novel_in(document: Document, url: str, known: Known | None, ground: Ground) -> Novel:
    """Tell what in `document`, which stands at `url`, is new."""
    rows = _rows(document.listed, ground.now)
    dated = _are_dated(rows)
    marks = frozenset(marks_of(known.marks)) if known is not None else frozenset()
    unknown = [row for row in rows if row.mark not in marks]
    strange = known is not None and bool(marks) and len(unknown) == len(rows) and bool(rows)
    lost = known is None and not ground.child
    found = unknown if ground.first or strange or lost else _new(rows, known, marks, ground)
    bare = sum(1 for row in found if not row.claimed)
    flood = not ground.first and bare > MOST_BARE
    anew = not ground.first and (strange or lost or flood)
    ordered = _newest_first(found)
    return Novel(
        rows=tuple(
            limited(ordered, bare=MOST_BARE_AT_FIRST if ground.first or anew else MOST_BARE)
        ),
        known=len(rows) - len(unknown),
        after=_remembered(rows, url, ground, dated=dated, told=bool(found) and not anew),
        anew=anew and bool(found),
        rewritten=len(found) if flood else 0,
    )


def limited(rows: Sequence[Row], *, bare: int) -> list[Row]:
    """Return the first of `rows`, at most `bare` of those without a title."""
    taken: list[Row] = []
    for row in rows:
        if row.bare:
            bare -= 1
        if not row.bare or bare >= 0:
            taken.append(row)
    return taken[:MOST_ENTRIES]


def _rows(listed: Sequence[Listed], now: datetime) -> list[Row]:
    touched = [said_date(one.lastmod, now=now) if one.lastmod else None for one in listed]
    trusted = not _written_at_once([said.latest for said in touched if said])
    rows = []
    for one, lastmod in zip(listed, touched, strict=True):
        published = said_date(one.published, now=now) if one.published else None
        mark = mark_of(f"{one.url}\n{one.title}" if one.title else one.url)
        date = published or (lastmod if trusted else None)
        rows.append(Row(listed=one, mark=mark, date=date, claimed=published is not None))
    return rows


def _written_at_once(dates: list[datetime]) -> bool:
    """Tell whether most pages were touched within one hour: that is when the sitemap was made."""
    if len(dates) < _ENOUGH:
        return False
    dates.sort()
    return dates[-1] - dates[len(dates) // 2] < _AT_ONCE


def _are_dated(rows: Sequence[Row]) -> bool:
    return sum(1 for row in rows if row.date) * 2 > len(rows)


def _new(
    rows: Sequence[Row], known: Known | None, marks: frozenset[bytes], ground: Ground
) -> list[Row]:
    if known is None:
        return [row for row in rows if (row.at > ground.newest if row.date else ground.fresh)]
    unknown = [row for row in rows if row.mark not in marks]
    if known.whole:
        return unknown
    if known.dated and _are_dated(rows):
        return [row for row in unknown if row.at > known.floor]
    head = list(takewhile(lambda row: row.mark not in marks, rows))
    tail = list(takewhile(lambda row: row.mark not in marks, reversed(rows)))
    # What was remembered by date stands at one end only; behind the other are all that is older.
    runs = [run for run in (head, tail) if not known.dated or len(run) <= MOST_BARE]
    return [row for run in runs for row in run]


def _newest_first(rows: Sequence[Row]) -> list[Row]:
    ordered = list(reversed(rows)) if _grows_downwards(rows) else list(rows)
    return sorted(ordered, key=lambda row: -row.at)


def _grows_downwards(rows: Sequence[Row]) -> bool:
    """Tell by the numbers in addresses (dates, or counted up) whether the newest stand last."""
    first = sorted(_numbers(row) for row in rows[:_SAMPLE])
    last = sorted(_numbers(row) for row in rows[-_SAMPLE:])
    return bool(rows) and last[len(last) // 2] > first[len(first) // 2]


def _numbers(row: Row) -> list[int]:
    return [int(number[:12]) for number in _NUMBERS.findall(row.listed.url)]


def _remembered(rows: Sequence[Row], url: str, ground: Ground, *, dated: bool, told: bool) -> Known:
    whole = len(rows) <= ground.share
    kept = list(rows)
    if not whole and dated:
        kept = sorted(rows, key=lambda row: -row.at)[: ground.share]
    elif not whole:
        half = ground.share // 2
        kept = [*rows[:half], *rows[-half:]]
    elif dated:
        kept = sorted(rows, key=lambda row: -row.at)
    newest = max((row.at for row in rows), default=0.0)
    brought = told and not ground.first
    return Known(
        url=url,
        many=len(rows),
        news_at=max(newest, ground.now.timestamp() if brought else 0.0),
        dated=dated,
        whole=whole,
        floor=kept[-1].at if dated and not whole else 0.0,
        marks=joined(row.mark for row in kept),
    )
