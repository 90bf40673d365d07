"""Whether what a page shows now is still the piece that stood there, changed; pure.

Papers take pieces down softly: the address shows the front page, another piece, a login, or the
first lines for those who do not pay. None of that is what the author changed.
"""

from collections import Counter

from news.article import Reading
from news.slips import said

STILL_IT = 0.5
"""Of the shorter of two texts at two addresses so much stands in the other, or they are two."""

SHRUNK = 0.3
"""A page that has less than this share of its words left, and another title, is something else."""

_LONGEST = 100_000


def why_another(before: Reading, after: Reading) -> str | None:
    """Return in words why `after` is no revision of `before`; None where it may be one."""
    old, new = (_counted(one.body) for one in (before, after))
    if after.url != before.url and _shared(old, new) < STILL_IT:
        return "its address leads to something else now"
    if after.paywalled and not before.paywalled and new.total() < old.total():
        return "its page shows less to those who do not pay"
    if new.total() < SHRUNK * old.total() and not _titled_alike(before, after):
        return "its page shows something else now"
    return None


def _counted(text: str) -> Counter[str]:
    return Counter(said(text[:_LONGEST]))


def _shared(one: Counter[str], other: Counter[str]) -> float:
    shorter = min(one.total(), other.total())
    return (one & other).total() / shorter if shorter else 0.0


def _titled_alike(before: Reading, after: Reading) -> bool:
    old, new = Counter(said(before.title)), Counter(said(after.title))
    return _shared(old, new) >= STILL_IT
