"""Which text an article goes on with when its page can, or cannot, be read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from news.article import Read, Reading
from news.entry import DueEntry, Entry
from news.page import Page, Unread
from wirewatch.settle import Stored, read_reason, settled_reading

SEEN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
DUE = DueEntry(
    id=1,
    source=1,
    source_name="Example",
    source_url="https://example.org/rss",
    source_added_at=SEEN,
    tags=(),
    entry=Entry(url="https://example.org/a", title="The entry's", summary="Its summary."),
    noted_at=SEEN,
    first_visit=False,
    attempts=1,
    claim_no=1,
)
KEPT = Reading(
    url="https://example.org/a",
    title="Kept",
    lead="Kept text.",
    body="Kept text.",
    read=Read.FULL,
)
RESERVED = (
    "its publisher forbids keeping the text (noarchive): title, address and sketch are kept, "
    "so that search finds it by its title alone"
)
UNREAD = Unread(reason="HTTP 500", again=True)
PAGE = Page(url="https://example.org/a", canonical=None, title="The page's", text="Its text.")


def test_the_trail_says_that_a_page_was_drawn() -> None:
    reading = settled_reading(DUE, replace(PAGE, drawn=True), None)
    assert reading is not None
    reason = read_reason(reading)
    assert reason.code == "drawn"
    assert reason.words == ("drawn by Chromium, for the page had no text without it: 9 characters")


@pytest.mark.parametrize(
    "stored",
    [
        None,
        Stored(reading=KEPT, joins=False),
        Stored(reading=replace(KEPT, read=Read.FALLBACK), joins=False),
    ],
)
def test_a_page_that_was_read_always_wins(stored: Stored | None) -> None:
    reading = settled_reading(DUE, PAGE, stored)
    assert reading is not None
    assert (reading.title, reading.body, reading.read) == ("The page's", "Its text.", Read.FULL)


@pytest.mark.parametrize(
    ("stored", "title", "body", "read"),
    [
        (None, "The entry's", "Its summary.", Read.FALLBACK),
        (
            Stored(reading=replace(KEPT, read=Read.FALLBACK), joins=False),
            "The entry's",
            "Its summary.",
            Read.FALLBACK,
        ),
        (Stored(reading=KEPT, joins=False), "The entry's", "Kept text.", Read.FULL),
        (Stored(reading=KEPT, joins=True), "Kept", "Kept text.", Read.FULL),
    ],
)
def test_without_a_page(stored: Stored | None, title: str, body: str, read: Read) -> None:
    reading = settled_reading(DUE, UNREAD, stored)
    assert reading is not None
    assert (reading.title, reading.body, reading.read) == (title, body, read)


def test_a_page_that_must_be_paid_for_is_said_to_be_paywalled() -> None:
    for status, paywalled in ((402, True), (403, False)):
        reading = settled_reading(DUE, Unread(reason="no", status=status), None)
        assert reading is not None
        assert reading.paywalled is paywalled


def test_without_anything_there_is_nothing() -> None:
    assert settled_reading(replace(DUE, entry=Entry(url="https://e.test/")), UNREAD, None) is None


@pytest.mark.parametrize(
    ("reading", "code", "words"),
    [
        (KEPT, "full", "the page was read: 10 characters"),
        (
            replace(KEPT, paywalled=True),
            "full",
            "the page was read: 10 characters; the rest is for those who pay",
        ),
        (
            replace(KEPT, noarchive=True),
            "full",
            f"the page was read: 10 characters; {RESERVED}",
        ),
        (replace(KEPT, note="an earlier reading"), "kept", "an earlier reading"),
        (
            replace(KEPT, read=Read.FALLBACK, note="HTTP 500"),
            "fallback",
            "the page could not be read (HTTP 500); title and summary were matched",
        ),
    ],
)
def test_the_trail_says_how_the_text_came(reading: Reading, code: str, words: str) -> None:
    reason = read_reason(reading)
    assert (reason.code, reason.words) == (code, words)
