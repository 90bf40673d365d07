"""What makes an entry itself within its source."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from news.entry import Entry, without_shared_ids

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ENTRY = Entry(
    own_id="id-1", url="https://example.org/a", title="A", summary="It says.", published=AT
)


def test_the_canonical_address_comes_first() -> None:
    tracked = replace(ENTRY, url="https://EXAMPLE.org/a?utm_medium=feed#top", own_id="other")
    assert tracked.key() == ENTRY.key() == "https://example.org/a"


def test_then_the_sources_own_id_then_title_and_date() -> None:
    nameless = replace(ENTRY, url=None)
    assert nameless.key() == "id:id-1"
    bare = replace(nameless, own_id=None)
    assert bare.key().startswith("hash:")
    assert bare.key() == replace(bare, summary="Other words.").key()
    assert bare.key() != replace(bare, title="B").key()
    assert bare.key() != replace(bare, published=AT + timedelta(days=1)).key()


def test_the_fingerprint_shows_what_a_reader_would_see_change() -> None:
    same = replace(ENTRY, url="https://example.org/b", own_id="x", content="Long.", authors=("K",))
    assert same.fingerprint() == ENTRY.fingerprint()
    for changed in ({"title": "B"}, {"summary": "Other."}, {"published": None}):
        assert replace(ENTRY, **changed).fingerprint() != ENTRY.fingerprint()


def test_parts_cannot_be_shifted_into_each_other() -> None:
    assert (
        replace(ENTRY, title="AB", summary="C").fingerprint()
        != replace(ENTRY, title="A", summary="BC").fingerprint()
    )


def test_lone_surrogates_have_a_key_too() -> None:
    assert Entry(title="\ud800").key().startswith("hash:")


def test_an_id_that_stands_twice_in_a_document_identifies_nothing() -> None:
    other = replace(ENTRY, url="https://example.org/b")
    third = replace(ENTRY, own_id="id-3")
    assert [e.own_id for e in without_shared_ids((ENTRY, other, third))] == [None, None, "id-3"]
