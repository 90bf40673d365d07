"""From what was fetched to an article's reading: the page's text, or failing that the entry's own.

Nothing is dropped because its page could not be read: title and summary are matched instead, and
the reading says that it is a fallback and why.
"""

from dataclasses import replace
from datetime import datetime
from typing import assert_never
from urllib.parse import quote, urlsplit, urlunsplit

from news.article import Read, Reading
from news.entry import DueEntry, Entry
from news.page import Page, PageOutcome, Unread
from news.url import canonical_url

LONGEST_TITLE = 1_000
"""Titles are cut to this many characters."""


def reading_of(due: DueEntry, outcome: PageOutcome) -> Reading | None:
    """Return the article as read this time, or None where there is nothing at all to read.

    The entry's date of publication comes before the page's, which often lacks a zone, and the date
    of its last change where there is no other; a date in the future becomes the time the entry was
    first seen.
    """
    match outcome:
        case Page():
            return _from_page(due, outcome)
        case Unread(reason=reason):
            return _from_entry(due, reason)
        case _:
            assert_never(outcome)


def kept_text(due: DueEntry, stored: Reading, reason: str) -> Reading:
    """Return `stored` with what the entry says now, for a page that cannot be read once more.

    A fallback never takes the place of a text that was read in full.
    """
    note = f"the text is that of an earlier reading: {reason}" if reason else stored.note
    title = due.entry.title or stored.title
    return replace(stored, title=title[:LONGEST_TITLE], note=note)


def _from_page(due: DueEntry, page: Page) -> Reading:
    entry = due.entry
    return Reading(
        url=canonical_url(page.canonical or page.url),
        title=(page.title or entry.title)[:LONGEST_TITLE],
        lead=first_paragraph(page.text),
        body=page.text,
        read=Read.FULL,
        authors=page.authors or entry.authors,
        language=page.language or entry.language,
        published=_plausible(entry.published or page.published or entry.updated, due.noted_at),
        updated=_plausible(page.updated or entry.updated, due.noted_at),
        topics=page.topics,
        image=page.image,
        publisher=page.publisher,
        paywalled=page.paywalled,
        noarchive=page.noarchive,
        drawn=page.drawn,
    )


def _from_entry(due: DueEntry, reason: str) -> Reading | None:
    entry = due.entry
    body = entry.content or entry.summary
    if not (entry.title or body):
        return None
    return Reading(
        url=_address(due, entry),
        title=entry.title[:LONGEST_TITLE],
        lead=entry.summary if body == entry.summary else first_paragraph(body),
        body=body,
        read=Read.FALLBACK,
        note=reason,
        authors=entry.authors,
        language=entry.language,
        published=_plausible(entry.published or entry.updated, due.noted_at),
        updated=_plausible(entry.updated, due.noted_at),
    )


def _address(due: DueEntry, entry: Entry) -> str:
    if entry.url and not due.shared_address:
        return canonical_url(entry.url)
    # An entry without an address of its own still needs an identity: the place where it stands,
    # with its key as a fragment, can be opened and is no other article's. What may be secret in a
    # source's address, its user and its query, goes out to nobody.
    key = quote(entry.own_id or replace(entry, url=None).key(), safe="")
    if entry.url:
        return f"{canonical_url(entry.url)}#{key}"
    parts = urlsplit(due.source_url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", key))


def _plausible(published: datetime | None, seen: datetime) -> datetime | None:
    return None if published is None else min(published, seen)


def first_paragraph(text: str) -> str:
    """Return the first line of `text` that holds anything."""
    return next((line for line in text.split("\n") if line.strip()), "")
