"""Whether a page is the article at the address that it names, or names another one's.

Templates fill in the address of a related story. Believing that, a new story would be taken for
one that is known, and told to nobody. So where a page came from elsewhere and neither its title nor
its text are those of the article that is kept there, it is known by where it came from.
"""

from dataclasses import replace

from archive import articles
from archive.database import Transaction
from news.article import Reading
from news.article_key import article_key
from news.entry import DueEntry
from news.page import Page, PageOutcome
from news.text import tokens
from news.url import canonical_url

_ALIKE = 0.5
_SHARED = 0.2
_WORDS_COMPARED = 2_000


def elsewhere(outcome: PageOutcome, reading: Reading) -> str | None:
    """Return the address where a page was found, None unless it names another one."""
    if not isinstance(outcome, Page) or article_key(reading.url) == article_key(outcome.url):
        return None
    return canonical_url(outcome.url)


def at_its_own(conn: Transaction, due: DueEntry, reading: Reading, found_at: str) -> Reading:
    """Return `reading` at the address where it was found, if that which it names is another's."""
    kept = articles.by_url(conn, reading.url)
    if kept is None or kept.id == due.article:
        return reading
    before = articles.reading_of(conn, kept.id)
    if _alike(kept.title, reading.title) or before is None or _repeats(before.body, reading.body):
        return reading
    return replace(reading, url=found_at)


def _alike(one: str, other: str) -> bool:
    ours, theirs = set(tokens(one)), set(tokens(other))
    return len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs))


def _repeats(before: str, now: str) -> bool:
    """Tell whether a fair part of the shorter text stands in the other, three words at a time."""
    ours, theirs = _rows(before), _rows(now)
    return len(ours & theirs) >= _SHARED * min(len(ours), len(theirs))


def _rows(text: str) -> set[tuple[str, ...]]:
    words = tokens(text)[:_WORDS_COMPARED]
    return set(zip(words, words[1:], words[2:], strict=False))
