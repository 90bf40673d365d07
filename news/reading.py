"""From what was fetched to an article's reading: the page's text, or failing that the entry's own.

Nothing is dropped because its page could not be read: title and summary are matched instead, and
the reading says that it is a fallback and why.
"""

from dataclasses import replace
from http import HTTPStatus
from typing import assert_never
from urllib.parse import quote, urlsplit, urlunsplit

from news.article import Read, Reading
from news.dating import published_at, updated_at
from news.entry import DueEntry, Entry
from news.headline import headline_of
from news.page import Page, PageOutcome, Unread
from news.url import canonical_url

UNKNOWN_LANGUAGE = "und"

LONGEST_TITLE = 1_000
"""Titles are cut to this many characters."""


def reading_of(
    due: DueEntry, outcome: PageOutcome, before: Reading | None = None
) -> Reading | None:
    """Return the article as read this time, or None where there is nothing at all to read.

    `before` is what was read of it earlier. Dates are reconciled by `news.dating`, titles by
    `news.headline`.
    """
    match outcome:
        case Page():
            return _from_page(due, outcome, before)
        case Unread(reason=reason, status=status):
            reading = _from_entry(due, reason)
            paid = status == HTTPStatus.PAYMENT_REQUIRED
            return replace(reading, paywalled=True) if reading and paid else reading
        case _:
            assert_never(outcome)


def kept_text(due: DueEntry, stored: Reading, reason: str) -> Reading:
    """Return `stored` with what the entry says now, for a page that cannot be read once more.

    A fallback never takes the place of a text that was read in full.
    """
    note = f"the text is that of an earlier reading: {reason}" if reason else stored.note
    title = due.entry.title or stored.title
    return replace(stored, title=title[:LONGEST_TITLE], note=note)


def _from_page(due: DueEntry, page: Page, before: Reading | None) -> Reading:
    entry, seen = due.entry, due.noted_at
    published = published_at(
        feed=entry.published,
        page=page.published,
        changed=entry.updated,
        seen=seen,
        url=f"{entry.url or ''} {page.url}",
    )
    changed = due.article is not None and not due.revisit
    kept = before.title if before and changed and before.read is Read.FULL else None
    return Reading(
        url=canonical_url(page.canonical or page.url),
        title=headline_of(page=page.title, entry=entry.title, kept=kept)[:LONGEST_TITLE],
        lead=first_paragraph(page.text),
        body=page.text,
        read=Read.FULL,
        authors=page.authors or entry.authors,
        language=_language(page.language, entry.language),
        published=published,
        updated=updated_at(
            page=page.updated,
            feed=entry.updated,
            published=published,
            seen=seen if due.article is None else None,
        ),
        topics=page.topics,
        image=page.image,
        publisher=page.publisher,
        paywalled=page.paywalled,
        noarchive=page.noarchive,
        drawn=page.drawn,
    )


def _language(page: str | None, feed: str | None) -> str | None:
    """Return the page's language, the feed's where the page's words tell none surely."""
    return (feed or page) if page in (None, UNKNOWN_LANGUAGE) else page


def _from_entry(due: DueEntry, reason: str) -> Reading | None:
    entry, seen = due.entry, due.noted_at
    body = entry.content or entry.summary
    if not (entry.title or body):
        return None
    published = published_at(feed=entry.published, page=None, changed=entry.updated, seen=seen)
    return Reading(
        url=_address(due, entry),
        title=entry.title[:LONGEST_TITLE],
        lead=entry.summary if body == entry.summary else first_paragraph(body),
        body=body,
        read=Read.FALLBACK,
        note=reason,
        authors=entry.authors,
        language=entry.language,
        published=published,
        updated=updated_at(
            page=None,
            feed=entry.updated,
            published=published,
            seen=seen if due.article is None else None,
        ),
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


def first_paragraph(text: str) -> str:
    """Return the first line of `text` that holds anything."""
    return next((line for line in text.split("\n") if line.strip()), "")
