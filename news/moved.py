"""A source that its server sends elsewhere for good: when that is believed, and when forgotten.

    301 or 308 to one address, and a document to read there ── ENOUGH visits in a row ──> believed
    believed: it is asked there, and not where a person said ── it fails there FORGOTTEN_AFTER
    times in a row, is gone, or sends us back ──> forgotten, and asked at its own address again
    once a day its own address is asked ── it answers itself, or leads elsewhere ──> forgotten

So neither a mistake nor a hijack is remembered for longer than a day after it ended. What a person
wrote stays as it is. An address that holds a name and a password is always asked itself: nothing
else may come to know them. Nor is https given up for http.
"""

from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from news.source import DueSource, Moved
from news.url import canonical_url
from news.visit import Failed, Told, Visit

FORGOTTEN_AFTER = 3


def moved_after(source: DueSource, visit: Visit, *, failures: int) -> Moved | None:
    """Return what is to be remembered after `visit`, the last of `failures` that failed in a row.

    None: it stands where a person said.
    """
    known, to = source.moved, visit.permanent
    if known is None and to is None:  # by far the most
        return None
    if known is not None and source.asks_own:
        return _confirmed(source, known, visit)
    match visit.outcome:
        case Failed(ours=ours):
            return None if not ours and _is_over(source, visit, failures) else known
        case Told(entries=(), dropped=0) if source.moved_to is None:
            return None  # an empty page that took its place is no place that it moved to
        case _:
            return _counted(source, known, to, visit)


def spared(source: DueSource, visit: Visit) -> Visit:
    """Return `visit`, of which "gone" is not final where it was said at the address moved to."""
    outcome = visit.outcome
    if source.moved_to is None or not isinstance(outcome, Failed) or not outcome.gone:
        return visit
    if source.asks_own:
        reason = f"its own address is gone (HTTP {visit.status}); it is asked where it moved to"
    else:
        words = f"it is gone from the address that it moved to (HTTP {visit.status})"
        reason = f"{words}; its own is asked again"
    return replace(visit, outcome=replace(outcome, reason=reason, gone=False))


def _is_over(source: DueSource, visit: Visit, failures: int) -> bool:
    """Tell whether a failed visit ends what was believed, or what was being counted."""
    if source.moved_to is None:
        return visit.status is not None
    return failures >= FORGOTTEN_AFTER or visit.status == HTTPStatus.GONE


def _confirmed(source: DueSource, known: Moved, visit: Visit) -> Moved | None:
    """Return what is remembered after its own address was asked whether the move still holds."""
    match visit.outcome:
        case Failed(ours=True):
            return known  # the next visit asks again
        case Failed() | Told(entries=(), dropped=0):
            return replace(known, asked_at=visit.at)  # a document stands only where it moved to
        case _ if visit.permanent == known.to:
            return replace(known, asked_at=visit.at)
        case _:
            return _counted(source, None, visit.permanent, visit)


def _counted(source: DueSource, known: Moved | None, to: str | None, visit: Visit) -> Moved | None:
    if source.moved_to is not None and to is None and not source.asks_own:
        return known
    if to is None or not _may_move(source.settings.url, to):
        return None
    if known is None or known.to != to:
        return Moved(to=to, times=1, since=visit.at, asked_at=visit.at)
    return replace(known, times=known.times + 1, asked_at=visit.at)


def _may_move(own: str, to: str) -> bool:
    """Tell whether `to` is another place than `own`, and one that may be asked in its stead."""
    before, after = urlsplit(own), urlsplit(to)
    if "@" in before.netloc or (before.scheme == "https" and after.scheme != "https"):
        return False
    return canonical_url(to) != canonical_url(own)
