"""Forgetting at a person's word, and what becomes of an entry whose address was forgotten.

The article is known from then on, nothing that it said is kept, and its trail says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive import forgotten, trail
from archive.articles import NewArticle
from archive.database import Database, Transaction
from archive.forgotten import Barred, Erased
from news.trail import Reason, Step, TrailLine
from wirewatch.prepared import Prepared, prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What is to be forgotten, and why: addresses, and the article where one is known."""

    urls: Sequence[str]
    article: int | None
    why: str


def forget(
    database: Database,
    conn: Transaction,
    demand: Demand,
    *,
    at: datetime,
) -> Erased:
    """Erase what is meant, bar its return, and write it in its trail."""
    article, why = demand.article, demand.why
    database.alone(conn)  # what is being owed just now is erased, or sees the bar
    erased = forgotten.forget(conn, demand.urls, article=article, why=why, now=at)
    if article is not None:
        words = f"a person had it forgotten: {why}" if why else "a person had it forgotten"
        reason = Reason(step=Step.READ, code="forgotten", words=words)
        trail.write(conn, [TrailLine(at=at, reason=reason, article=article)])
    return erased


def barring(conn: Transaction, ready: Prepared, new: NewArticle) -> Barred | None:
    """Return what bars the address that an entry told, the one that it led to, or its words."""
    due = ready.due
    told = due.entry.url if not due.shared_address else None
    return forgotten.barring(conn, [ready.reading.url, *([told] if told else [])], new)


def unsaid(ready: Prepared, barred: Barred) -> Prepared:
    """Return an entry as it is owed where its address is barred: without words or matches."""
    what = f"the article at {barred.url}" if barred.by_words else "its address"
    words = f"{what} was forgotten at {barred.at:%Y-%m-%d %H:%M} UTC: no text is kept"
    reason = Reason(step=Step.READ, code="forgotten", words=words)
    empty = prepared(ready.due, forgotten.empty_reading(ready.reading.url), ready.desk)
    return replace(empty, matches=(), reasons=(reason,))
