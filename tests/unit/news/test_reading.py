"""Which words an article goes on with, and what its date is taken to be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.article import Read, Reading
from news.entry import DueEntry, Entry
from news.page import Page, Unread
from news.reading import LONGEST_TITLE, first_paragraph, kept_text, reading_of

SEEN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
EARLIER = SEEN - timedelta(hours=1)
ENTRY = Entry(
    url="https://Example.org/a?utm_source=rss",
    title="From the feed",
    summary="What it says.",
    published=EARLIER,
    authors=("Kim",),
    language="en",
)
PAGE = Page(
    url="https://example.org/a",
    canonical=None,
    title="From the page",
    text="\nFirst paragraph.\nSecond one.",
)
UNREAD = Unread(reason="HTTP 404")


def due(entry: Entry = ENTRY) -> DueEntry:
    return DueEntry(
        id=1,
        source=1,
        source_name="Example",
        source_url="https://example.org/rss",
        source_added_at=SEEN,
        tags=(),
        entry=entry,
        noted_at=SEEN,
        first_visit=False,
        attempts=1,
        claim_no=1,
    )


def read(entry: Entry = ENTRY, outcome: Page | Unread = PAGE) -> Reading:
    reading = reading_of(due(entry), outcome)
    assert reading is not None
    return reading


def test_a_page_gives_the_text_and_the_entry_what_the_page_lacks() -> None:
    assert read() == Reading(
        url="https://example.org/a",
        title="From the page",
        lead="First paragraph.",
        body="\nFirst paragraph.\nSecond one.",
        read=Read.FULL,
        authors=("Kim",),
        language="en",
        published=EARLIER,
    )


def test_the_address_is_the_one_that_the_page_names() -> None:
    named = replace(PAGE, url="https://example.org/a?amp=1", canonical="https://example.org/b#top")
    assert read(outcome=named).url == "https://example.org/b"


def test_a_page_without_a_title_takes_the_entrys() -> None:
    assert read(outcome=replace(PAGE, title="")).title == "From the feed"


def test_an_unread_page_leaves_the_entrys_own_words_and_says_why() -> None:
    assert read(outcome=UNREAD) == Reading(
        url="https://example.org/a",
        title="From the feed",
        lead="What it says.",
        body="What it says.",
        read=Read.FALLBACK,
        note="HTTP 404",
        authors=("Kim",),
        language="en",
        published=EARLIER,
    )


def test_a_feed_that_carries_the_whole_text_is_read_in_its_place() -> None:
    reading = read(replace(ENTRY, content="Lead.\nMore."), UNREAD)
    assert (reading.lead, reading.body) == ("Lead.", "Lead.\nMore.")


@pytest.mark.parametrize(
    ("published", "updated", "of_page", "taken"),
    [
        (EARLIER, None, SEEN, EARLIER),
        (None, EARLIER, None, EARLIER),
        (None, SEEN, EARLIER, EARLIER),
        (None, None, None, None),
        (SEEN + timedelta(days=400), None, None, SEEN),
        (None, None, SEEN + timedelta(minutes=1), SEEN),
    ],
)
def test_the_date_of_publication(
    published: datetime | None,
    updated: datetime | None,
    of_page: datetime | None,
    taken: datetime | None,
) -> None:
    entry = replace(ENTRY, published=published, updated=updated)
    assert read(entry, replace(PAGE, published=of_page)).published == taken


def test_nothing_to_read_is_nothing() -> None:
    assert reading_of(due(Entry(url="https://example.org/a")), UNREAD) is None


def test_an_entry_without_an_address_has_one_below_its_source() -> None:
    first = read(replace(ENTRY, url=None, own_id="7"), UNREAD)
    second = read(replace(ENTRY, url=None, own_id="8"), UNREAD)
    assert first.url.startswith("https://example.org/rss#")
    assert first.url != second.url


def test_titles_are_cut() -> None:
    assert len(read(outcome=replace(PAGE, title="x" * 5_000)).title) == LONGEST_TITLE


def test_a_text_kept_before_takes_the_entrys_new_title() -> None:
    kept = kept_text(due(), read(), "HTTP 500")
    assert (kept.title, kept.body, kept.read) == ("From the feed", PAGE.text, Read.FULL)
    assert "HTTP 500" in kept.note


@pytest.mark.parametrize(
    ("text", "first"), [("", ""), ("\n \n", ""), ("one", "one"), ("\n two\nthree", " two")]
)
def test_the_first_paragraph(text: str, first: str) -> None:
    assert first_paragraph(text) == first


def test_entries_that_share_an_address_have_one_below_it_each() -> None:
    entries = (
        replace(ENTRY, own_id="n 1"),
        replace(ENTRY, own_id=None, title="One"),
        replace(ENTRY, own_id=None, title="Two"),
    )
    readings = [reading_of(replace(due(one), shared_address=True), UNREAD) for one in entries]
    addresses = {reading.url for reading in readings if reading is not None}
    assert len(addresses) == 3
    assert "https://example.org/a#n%201" in addresses


CORRECTED = replace(ENTRY, title="From the very page")


@pytest.mark.parametrize(
    ("article", "revisit", "kept", "taken"),
    [
        (7, False, Read.FULL, "From the very page"),
        (7, True, Read.FULL, "From the page"),
        (7, False, Read.FALLBACK, "From the page"),
        (None, False, Read.FULL, "From the page"),
    ],
)
def test_a_headline_corrected_in_the_feed_beats_the_one_that_the_page_had_before(
    article: int | None, *, revisit: bool, kept: Read, taken: str
) -> None:
    asked = replace(due(CORRECTED), article=article, revisit=revisit)
    reading = reading_of(asked, PAGE, replace(read(), read=kept))
    assert reading is not None
    assert reading.title == taken


@pytest.mark.parametrize(
    ("of_page", "of_feed", "taken"),
    [("ko", "en", "ko"), ("und", "en", "en"), ("und", None, "und"), (None, "en", "en")],
)
def test_the_language(of_page: str | None, of_feed: str | None, taken: str) -> None:
    page = replace(PAGE, language=of_page)
    assert read(replace(ENTRY, language=of_feed), page).language == taken


def test_a_change_after_the_first_look_keeps_its_time() -> None:
    later = SEEN + timedelta(days=1)
    again = replace(due(), article=7, revisit=True)
    reading = reading_of(again, replace(PAGE, updated=later), read())
    assert reading is not None
    assert reading.updated == later


def test_a_date_of_the_template_makes_no_old_news_of_a_page() -> None:
    founded = datetime(2015, 3, 1, 9, 30, tzinfo=UTC)
    reading = reading_of(due(), replace(PAGE, published=founded))
    assert reading is not None
    assert reading.published == EARLIER
    dated = replace(PAGE, url="https://example.org/2015/03/01/a", published=founded)
    reading = reading_of(due(), dated)
    assert reading is not None
    assert reading.published == founded
