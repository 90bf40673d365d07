"""Whether a page is the article at the address that it names, or names another one's.

Templates fill in the address of a related story. Believing that, a new story would be taken for
one that is known, and told to nobody. So where a page came from elsewhere and neither its title nor
its text are those of the article that is kept there, it is known by where it came from. Where no
text is kept, the titles alone decide; and it is found out where the article is owed, for two pages
read at once may name one address that nobody has yet.
"""

from dataclasses import replace

from archive import articles, forgotten
from archive.database import Transaction
from news.article import Reading
from news.article_key import article_key
from news.entry import DueEntry
from news.page import Page, PageOutcome
from news.relook import titles_alike
from news.text import tokens
from news.url import canonical_url

_SHARED = 0.2
_FEWEST = 5
_WORDS_COMPARED = 2_000


def elsewhere(outcome: PageOutcome, reading: Reading) -> str | None:
    """Return the address where a page was found, None unless it names another one."""
    if not isinstance(outcome, Page) or article_key(reading.url) == article_key(outcome.url):
        return None
    return canonical_url(outcome.url)


def at_its_own(conn: Transaction, due: DueEntry, reading: Reading, found_at: str) -> Reading:
    """Return `reading` at the address where it was found, if that which it names is another's."""
    kept = articles.by_url(conn, reading.url)
    if kept is None or kept.id == due.article or titles_alike(kept.title, reading.title):
        return reading
    if forgotten.barring(conn, [reading.url]):
        return reading  # what was forgotten does not come back at a second address
    before = articles.reading_of(conn, kept.id)
    if before is not None and _repeats(before.body, reading.body):
        return reading
    return replace(reading, url=found_at)


def _repeats(before: str, now: str) -> bool:
    """Tell whether a fair part of the shorter text stands in the other, three words at a time.

    What is too short to tell, or is not kept, repeats nothing.
    """
    ours, theirs = _rows(before), _rows(now)
    fewer = min(len(ours), len(theirs))
    return fewer >= _FEWEST and len(ours & theirs) >= _SHARED * fewer


def _rows(text: str) -> set[tuple[str, ...]]:
    words = tokens(text)[:_WORDS_COMPARED]
    return set(zip(words, words[1:], words[2:], strict=False))
