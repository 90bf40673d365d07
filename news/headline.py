"""Whose headline an article bears when its feed has a newer one than its page."""

from collections import Counter
from itertools import pairwise

_ALIKE = 0.4


def headline_of(*, page: str, entry: str, kept: str | None) -> str:
    """Return the title of an article whose page was read.

    A page's own headline comes first. But some publishers correct a headline in their feed before
    they do on the page: where the entry changed, its page bears the headline that we `kept`, and
    the entry's is that one reworded, the entry's is the newer one. `kept` is None where the entry
    did not change. A title that only goes on, with the name of the site, or breaks off is no other.
    """
    if not page:
        return entry
    if kept is None or page != kept or not entry:
        return page
    return entry if _is_reworded(_letters(page), _letters(entry)) else page


def _is_reworded(before: str, after: str) -> bool:
    if before in after or after in before:
        return False
    old, new = _pairs(before), _pairs(after)
    return 2 * (old & new).total() >= _ALIKE * (old.total() + new.total())


def _letters(title: str) -> str:
    return "".join(filter(str.isalnum, title)).casefold()


def _pairs(letters: str) -> Counter[str]:
    """Count pairs of letters, which do for scripts without blanks as well."""
    return Counter(map("".join, pairwise(letters)))
