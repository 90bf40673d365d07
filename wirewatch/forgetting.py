"""What becomes of an entry whose address was forgotten: it is known, and nothing of it is kept."""

from dataclasses import replace

from archive import forgotten
from archive.database import Transaction
from archive.forgotten import Barred
from news.trail import Reason, Step
from wirewatch.prepared import Prepared, prepared


def barring(conn: Transaction, ready: Prepared) -> Barred | None:
    """Return what bars the address that an entry told, or the one that it led to."""
    due = ready.due
    told = due.entry.url if not due.shared_address else None
    return forgotten.barring(conn, [ready.reading.url, *([told] if told else [])])


def unsaid(ready: Prepared, barred: Barred) -> Prepared:
    """Return an entry as it is owed where its address is barred: without words or matches."""
    words = f"its address was forgotten at {barred.at:%Y-%m-%d %H:%M} UTC: no text is kept"
    reason = Reason(step=Step.READ, code="forgotten", words=words)
    empty = prepared(ready.due, forgotten.empty_reading(ready.reading.url), ready.desk)
    return replace(empty, matches=(), reasons=(reason,))
