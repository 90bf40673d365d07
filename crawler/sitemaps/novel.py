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
proves to be recent by its page is news. Nothing is remembered that was not told: the document
stays known as it was before, with what was told of it since, until nothing waits any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from crawler.sitemaps.document import Document
from crawler.sitemaps.learned import MOST_HASHES, Known, joined, marks_of
from crawler.sitemaps.plausible import published_since
from crawler.sitemaps.rows import Row, are_dated, newest_first, rows_of

MOST_ENTRIES = 1_000
"""So many are told at one visit; what is seen and not told waits for the next ones."""
MOST_BARE_AT_FIRST = 100
"""Addresses without a title cost a page each; of a first visit so many are told."""
MOST_BARE = 300
"""More than so many new ones that no dates speak for are a sitemap that was written anew."""
MOST_WAITING = 1_500
"""So many are told over the next visits: what was told of them has to be remembered till then."""

_FEWEST = 3
"""A document of one or two entries may be replaced by as many new ones, and nothing is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What novelty is judged by, besides the document itself.

    `first` tells of a source's first visit; `newest` is the latest date (seconds) that was seen
    in any of its documents, `share` how many addresses may be remembered of this one, `fresh`
    tells that its index names it for the first time, `room` how many may be told of it.
    """

    now: datetime
    first: bool
    child: bool = False
    fresh: bool = False
    newest: float = 0
    share: int = MOST_HASHES
    room: int = MOST_ENTRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Novel:
    """The new rows, newest first, and what to remember; `rewritten` counts those of a rewriting.

    `since` is when the document was read before (seconds; 0: nobody knows). `lost` counts those
    that are never told; `rolled` tells that nothing stands there that was listed before.
    """

    rows: tuple[Row, ...]
    known: int
    after: Known
    anew: bool = False
    rewritten: int = 0
    since: float = 0
    lost: int = 0
    rolled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """New rows and `base`, that by which they are new; `lost` tells that all was forgotten."""

    rows: list[Row]
    base: Known
    known: int
    strange: bool = False
    lost: bool = False
    anew: bool = False
    flood: bool = False


def novel_in(document: Document, url: str, known: Known | None, ground: Ground) -> Novel:
    """Tell what in `document`, which stands at `url`, is new."""
    rows = rows_of(document.listed, ground.now)
    new = _judged(rows, url, known, ground)
    most = MOST_ENTRIES if ground.first else ground.room
    few = ground.first or new.anew
    ordered = newest_first(new.rows)
    taken = limited(ordered, bare=min(MOST_BARE_AT_FIRST, most) if few else most, most=most)
    told = {row.mark for row in taken} | frozenset(marks_of(new.base.told))
    rest = sum(1 for row in ordered if row.mark not in told)
    begins = ground.first or new.lost
    waits = rest and not begins and _may_wait(new, rest=rest, told=len(told))
    brought = bool(taken) and not new.anew and not ground.first
    after = _remembered(rows, url, ground, brought=brought)
    if waits:
        listed = [row.mark for row in rows if row.mark in told]
        after = _waiting(after, new, told=listed, rest=rest, now=ground.now)
    return Novel(
        rows=tuple(taken),
        known=new.known,
        after=after,
        anew=new.anew,
        rewritten=len(new.rows) if new.flood else 0,
        since=known.at if known is not None else 0.0,
        lost=0 if begins or waits else rest,
        rolled=new.strange and not new.anew and not ground.first and len(rows) >= _FEWEST,
    )


def limited(rows: Sequence[Row], *, bare: int, most: int = MOST_ENTRIES) -> list[Row]:
    """Return the first of `rows`, at most `bare` of those without a title."""
    taken: list[Row] = []
    for row in rows:
        if row.bare:
            bare -= 1
        if not row.bare or bare >= 0:
            taken.append(row)
    return taken[:most]


def _judged(rows: Sequence[Row], url: str, known: Known | None, ground: Ground) -> _Judged:
    told = frozenset(marks_of(known.told)) if known is not None else frozenset()
    marks = (frozenset(marks_of(known.marks)) if known is not None else frozenset()) | told
    unknown = [row for row in rows if row.mark not in marks]
    strange = bool(marks) and len(unknown) == len(rows) and bool(rows)
    lost = known is None and not ground.child
    base = known
    if base is None or strange:
        all_new = strange or lost or ground.first
        at = 0.0 if known is None else known.at
        floor = 0.0 if all_new else ground.newest
        base = Known(url=url, whole=all_new or ground.fresh, floor=floor, at=at)
    found = unknown if ground.first else [row for row in _new(rows, base) if row.mark not in told]
    since = base.at
    flood = not ground.first and _is_flood(found, base)
    anew = not ground.first and (
        lost or base.anew or flood or (strange and not _are_recent(found, since))
    )
    return _Judged(
        rows=found,
        base=base,
        known=len(rows) - len(unknown),
        strange=strange,
        lost=lost,
        anew=anew and bool(found),
        flood=flood and anew,
    )


def _is_flood(found: Sequence[Row], base: Known) -> bool:
    """Tell whether more are new than newsrooms write and no dates speak for them."""
    bare = [row for row in found if not row.claimed]
    if base.anew:
        return True
    return len(bare) > MOST_BARE + base.waiting and not _are_recent(bare, base.at)


def _are_recent(rows: Sequence[Row], since: float) -> bool:
    dates, claimed = [row.date for row in rows], [row.claimed for row in rows]
    return published_since(dates, since, claimed=claimed)


def _may_wait(new: _Judged, *, rest: int, told: int) -> bool:
    """Tell whether what is not told now can be told later: old pages by the thousand need not."""
    most = MOST_ENTRIES if new.anew and not new.base.waiting else MOST_WAITING
    return rest <= most and told <= MOST_WAITING


def _waiting(
    after: Known, new: _Judged, *, told: Sequence[bytes], rest: int, now: datetime
) -> Known:
    """Remember the document as it was, what was told of it since, and that more is to be told."""
    return replace(
        new.base,
        many=after.many,
        news_at=now.timestamp(),
        told=joined(told),
        waiting=rest,
        anew=new.anew,
    )


def _new(rows: Sequence[Row], known: Known) -> list[Row]:
    if not known.marks:
        return [row for row in rows if (row.at > known.floor if row.date else known.whole)]
    marks = frozenset(marks_of(known.marks))
    unknown = [row for row in rows if row.mark not in marks]
    if known.whole:
        return unknown
    if known.dated and are_dated(rows):
        return [row for row in unknown if row.at > known.floor]
    head = list(takewhile(lambda row: row.mark not in marks, rows))
    tail = list(takewhile(lambda row: row.mark not in marks, reversed(rows)))
    # What was remembered by date stands at one end only; behind the other are all that is older.
    runs = [run for run in (head, tail) if not known.dated or len(run) <= MOST_BARE]
    return [row for run in runs for row in run]


def _remembered(rows: Sequence[Row], url: str, ground: Ground, *, brought: bool) -> Known:
    dated = are_dated(rows)
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
    return Known(
        url=url,
        at=ground.now.timestamp(),
        many=len(rows),
        news_at=max(newest, ground.now.timestamp() if brought else 0.0),
        dated=dated,
        whole=whole,
        floor=kept[-1].at if dated and not whole else 0.0,
        marks=joined(row.mark for row in kept),
    )
