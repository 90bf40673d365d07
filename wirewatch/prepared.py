"""What is known of an entry before it is owed: its reading, and the watches that hold for it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from news.article import Reading
from news.entry import DueEntry
from news.gist import Gist, gist_of
from news.likeness import Sketch, sketch_of
from news.match import Match
from news.text import Analyzed, analyze
from news.trail import Reason
from wirewatch.desk import Desk
from wirewatch.settle import read_reason

LONG_BODY = 50_000
"""Characters from which a text is analyzed and matched beside the loop, which goes on meanwhile."""

MUCH_WORK = 500
"""As much work of a watch set (`WatchSet.work`) is done beside the loop, however short the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An entry that was read and matched by `desk`; `again_at` (UTC) has its page read once more.

    `sketch` and `gist` are what copies and stories are recognised by, `reasons` is the trail so
    far: how it was read. `kept` is the article whose kept words these are, if they are; after the
    `last` no other words are matched, and a known article stays.
    """

    due: DueEntry
    reading: Reading
    analyzed: Analyzed
    sketch: Sketch
    gist: Gist
    matches: Sequence[Match]
    desk: Desk
    reasons: tuple[Reason, ...]
    again_at: datetime | None = None
    kept: int | None = None
    last: bool = False


async def prepared_beside(
    due: DueEntry, reading: Reading, desk: Desk, again_at: datetime | None = None
) -> Prepared:
    """Return what `prepared` does, made beside the loop where that takes long."""
    ready = partial(prepared, due, reading, desk, again_at)
    if len(reading.body) > LONG_BODY:
        return await asyncio.to_thread(ready)
    analyzed = _analyzed(reading)
    if desk.matcher.work(analyzed) > MUCH_WORK:
        return await asyncio.to_thread(ready, analyzed=analyzed)
    return ready(analyzed=analyzed)


def prepared(
    due: DueEntry,
    reading: Reading,
    desk: Desk,
    again_at: datetime | None = None,
    *,
    analyzed: Analyzed | None = None,
) -> Prepared:
    """Hold every watch of `desk` against `reading`; pure, and slow where there is much to match."""
    analyzed = analyzed or _analyzed(reading)
    return Prepared(
        due=due,
        reading=reading,
        analyzed=analyzed,
        sketch=sketch_of(analyzed.body),
        gist=gist_of(reading.title, reading.body, analyzed, reading.language, desk.rarity),
        matches=desk.matcher.match(analyzed, reading.title, reading.body),
        desk=desk,
        reasons=(read_reason(reading),),
        again_at=again_at,
    )


def _analyzed(reading: Reading) -> Analyzed:
    return analyze(reading.title, reading.body, reading.lead)
