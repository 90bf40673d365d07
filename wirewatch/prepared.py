"""What is known of an entry before it is owed: its reading, and the watches that hold for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from news.article import Reading
from news.entry import DueEntry
from news.match import Match
from news.text import Analyzed, analyze
from news.trail import Reason
from wirewatch.desk import Desk
from wirewatch.settle import read_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An entry that was read and matched by `desk`; `again_at` (UTC) has its page read once more.

    `reasons` is the trail so far: how it was read.
    """

    due: DueEntry
    reading: Reading
    analyzed: Analyzed
    matches: Sequence[Match]
    desk: Desk
    reasons: tuple[Reason, ...]
    again_at: datetime | None = None


def prepared(
    due: DueEntry, reading: Reading, desk: Desk, again_at: datetime | None = None
) -> Prepared:
    """Hold every watch of `desk` against `reading`; pure, and slow for very long texts."""
    analyzed = analyze(reading.title, reading.body, reading.lead)
    return Prepared(
        due=due,
        reading=reading,
        analyzed=analyzed,
        matches=desk.matcher.match(analyzed, reading.title, reading.body),
        desk=desk,
        reasons=(read_reason(reading),),
        again_at=again_at,
    )
