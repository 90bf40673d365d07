"""Which text an article goes on with: the page's, the one kept before, or the entry's own words."""

from dataclasses import dataclass, replace
from typing import assert_never

from archive import articles, forgotten
from archive.database import Transaction
from news.article import Article, Read, Reading
from news.entry import DueEntry, Entry
from news.page import Page, PageOutcome, Unread
from news.piece_time import is_later
from news.reading import kept_text, reading_of
from news.relook import titles_alike, why_another
from news.trail import Reason, Step
from news.url import canonical_url
from wirewatch.limits import limits_of

_READ = ("full", "the page was read")
_DRAWN = ("drawn", "drawn by Chromium, for the page had no text without it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The article as it was read before.

    `joins` tells that a further source tells it now, so that its page need not be read again.
    """

    reading: Reading
    joins: bool


def stored_reading(conn: Transaction, due: DueEntry) -> Stored | None:
    """Return what the archive keeps of the article that `due` tells, if it does."""
    if (empty := _forgotten(conn, due)) is not None:
        return Stored(reading=empty, joins=True)
    if due.article is not None:
        reading = articles.reading_of(conn, due.article)
        return None if reading is None else Stored(reading=reading, joins=False)
    own = due.entry.url if not due.shared_address else None
    article = articles.by_url(conn, canonical_url(own)) if own else None
    if article is None or _may_be_another(due.entry, article):
        return None
    reading = articles.reading_of(conn, article.id)
    if reading is None:
        return None
    return Stored(reading=reading, joins=reading.read is Read.FULL and not reading.noarchive)


def _may_be_another(told: Entry, kept: Article) -> bool:
    """Tell whether an entry may speak of another piece than was read at its address before."""
    later = is_later(told.published, kept.published_at)
    return later and not titles_alike(told.title, kept.title)


def _forgotten(conn: Transaction, due: DueEntry) -> Reading | None:
    """Return the empty reading of an entry whose address is barred: its page is not fetched."""
    kept = articles.get(conn, due.article) if due.article is not None else None
    told = due.entry.url if not due.shared_address else None
    urls = [url for url in (kept.url if kept else None, told) if url]
    return forgotten.empty_reading(urls[0]) if forgotten.barring(conn, urls) else None


def settled_reading(due: DueEntry, outcome: PageOutcome, stored: Stored | None) -> Reading | None:
    """Return the reading to go on with; None where there is nothing to read at all.

    A text that was read in full is never replaced by an entry's own words, nor by those of a page
    that shows something else by now.
    """
    match outcome:
        case Page():
            reading = reading_of(due, outcome, stored.reading if stored else None)
            if stored is None or reading is None:
                return reading
            why = passed_over(due, outcome, stored.reading, reading)
            return reading if why is None else kept_text(due, stored.reading, why)
        case Unread(reason=reason):
            if stored is not None and stored.joins:
                return stored.reading
            if stored is None or stored.reading.read is Read.FALLBACK or stored.reading.noarchive:
                return reading_of(due, outcome)
            return kept_text(due, stored.reading, reason)
        case _:
            assert_never(outcome)


def passed_over(due: DueEntry, page: Page, before: Reading, reading: Reading) -> str | None:
    """Return why what a page shows now does not take the place of `before`; None where it does."""
    shown = replace(reading, title=page.title)  # and not what its entry lends it
    return why_another(before, shown, told=due.entry.title)


def read_reason(reading: Reading) -> Reason:
    """Return the trail's line on how the text came to us."""
    match reading.read:
        case Read.FULL if reading.note:
            return Reason(step=Step.READ, code="kept", words=reading.note)
        case Read.FULL:
            code, how = _DRAWN if reading.drawn else _READ
            words = "; ".join([f"{how}: {len(reading.body)} characters", *limits_of(reading)])
            return Reason(step=Step.READ, code=code, words=words)
        case Read.FALLBACK:
            words = f"the page could not be read ({reading.note}); title and summary were matched"
            return Reason(step=Step.READ, code="fallback", words=words)
        case _:
            assert_never(reading.read)
