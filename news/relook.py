"""Whether what a page shows now is still the piece that stood there, changed; pure.

Papers take pieces down softly: the address shows the front page, another piece, a login, a word on
lawyers or on where one lives, or the first lines for those who do not pay. None of that is what the
author changed. But a few lines that grow into a report, or are written anew under another
headline, are the piece: it is known by its title, by its words, or by what its feed calls it now.

    as long as before, or longer    with words of before         the piece
                                    its title, or its feed's     the piece
                                    neither                      another
    much shorter                    its title, and still long    the piece
                                    its title, and "withdrawn"   the piece
                                    anything else                passed over
"""

import re
from collections import Counter

from news.article import Read, Reading
from news.slips import said

STILL_IT = 0.5
"""Of the shorter of two texts at two addresses so much stands in the other, or they are two."""

SHRUNK = 0.3
"""A page that has less than this share of its words left shows no longer what stood there."""

ENOUGH = 120
"""So many words under the same title are a piece all the same, as the last lines of a ticker."""

STUB = 20
"""Of fewer words little can be lost, and nothing told: whatever follows them is their piece."""

_KIN_ROWS, _KIN_WORDS = 0.05, 0.15
"""Of three words in a row, or of long words, two reports of one thing share so much, and two that
have nothing to do with each other hardly ever do."""

_LONG = 5
_TELLING = 4
_FEW = 3
_LONGEST = 100_000

_TAKEN_BACK = re.compile(
    r"\b(?:withdrawn|withdrawal|withdraws?|retract(?:ed|ion|s)|correct(?:ed|ion|s)|kill|erratum"
    r"|zurückgezogen|berichtigung|korrektur|korrigiert|richtigstellung"
    r"|rectificatif|correction|erratum|rétractation|retir[ée]e?"
    r"|rectificación|corrección|fe de erratas|retractación|retirad[oa]|errata|correção|retratação"
    r"|rettifica|correzione|ritirat[oa]|исправлен[а-я]*|опровержен[а-я]*|отозван[а-я]*"
    r"|уточнен[а-я]*|تصحيح|سحب)\b|정정|철회|취소|訂正|撤回|取り消し|更正|撤稿|撤销",
    re.IGNORECASE,
)


def why_another(before: Reading, after: Reading, *, told: str = "") -> str | None:
    """Return in words why `after` is no revision of `before`; None where it may be one.

    `told` is the title that its entry has now: a page that bears it is what the feed speaks of.
    """
    if before.read is Read.FALLBACK or not before.body:
        return None
    old, new = (said(one.body[:_LONGEST]) for one in (before, after))
    titled = titles_alike(before.title, after.title)
    if after.paywalled and not before.paywalled and len(new) < len(old):
        return "its page shows less to those who do not pay"
    if len(new) < SHRUNK * len(old) and not _stands(before, after, len(new), titled=titled):
        return "its page shows something else now, or next to nothing"
    named = titled or titles_alike(told, after.title)
    if after.url != before.url:
        moved = _shared(Counter(old), Counter(new)) >= STILL_IT or (named and _kin(old, new))
        return None if moved else "its address leads to something else now"
    if named or len(old) < STUB or _kin(old, new):
        return None
    return "its page shows something else now"


def titles_alike(one: str, other: str) -> bool:
    """Tell whether two titles have most of their words in common; one word alone tells nothing."""
    ours, theirs = _telling(one), _telling(other)
    shared = len(ours & theirs)
    fewer = min(len(ours), len(theirs))
    return (ours == theirs and shared > 0) or (shared > 1 and shared >= STILL_IT * fewer)


def _stands(before: Reading, after: Reading, many: int, *, titled: bool) -> bool:
    """Tell whether so few words are the piece all the same: a long rest, or its withdrawal."""
    taken_back = _takes_back(after.title) and not _takes_back(before.title)
    return titled and (many >= ENOUGH or taken_back)


def _takes_back(title: str) -> bool:
    return _TAKEN_BACK.search(title) is not None


def _kin(old: list[str], new: list[str]) -> bool:
    """Tell whether two texts have more in common than their language."""
    rows = [frozenset(zip(text, text[1:], text[2:], strict=False)) for text in (old, new)]
    if _part(*rows) >= _KIN_ROWS:
        return True
    long = [frozenset(word for word in text if len(word) >= _LONG) for text in (old, new)]
    return len(long[0] & long[1]) >= _FEW and _part(*long) >= _KIN_WORDS


def _part(one: frozenset[object], other: frozenset[object]) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0


def _shared(one: Counter[str], other: Counter[str]) -> float:
    shorter = min(one.total(), other.total())
    return (one & other).total() / shorter if shorter else 0.0


def _telling(title: str) -> set[str]:
    """Return the words of a title without its short ones, which any title has."""
    words = set(said(title))
    long = {word for word in words if len(word) >= _TELLING or not word.isascii()}
    return long or words
