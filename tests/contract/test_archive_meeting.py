"""Entries of one source that meet: at one key, or at one address that many of them give."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from archive import entries
from archive.database import Database
from archive.entries import NotedEntries
from archive.schema import entries as entry_rows
from news.entry import Entry
from tests.contract.archive_world import LEASE, MINUTE, NOW, add_source, entry, tell

LATER = NOW + MINUTE
HOME = "https://yna.test/"


@pytest.fixture(autouse=True)
def _source(archive: Database) -> None:
    add_source(archive)


def kept(archive: Database) -> list[tuple[str, str, str]]:
    columns = (entry_rows.c.title, entry_rows.c.summary, entry_rows.c.url)
    with archive.reading() as conn:
        rows = conn.execute(select(*columns).order_by(entry_rows.c.id)).all()
    return [(row.title, row.summary, row.url) for row in rows]


def test_two_known_entries_that_move_to_one_address_are_both_noted(archive: Database) -> None:
    first = entry(1, own_id="a", title="Weather")
    second = entry(2, own_id="b", title="Weather", published=NOW - MINUTE)
    tell(archive, first, second)
    moved = [replace(first, url=HOME, summary="x"), replace(second, url=HOME, summary="y")]
    assert tell(archive, *moved, at=LATER) == NotedEntries(changed=2)
    assert kept(archive) == [("Weather", "x", HOME), ("Weather", "y", second.url)]
    assert tell(archive, *moved, at=LATER) == NotedEntries(known=1)


def test_a_known_entry_that_moves_to_the_address_of_a_new_one_stays_where_it_was(
    archive: Database,
) -> None:
    first = entry(1, own_id="a", title="A")
    tell(archive, first)
    document = [replace(first, url=HOME, summary="x"), Entry(url=HOME, title="N")]
    assert tell(archive, *document, at=LATER) == NotedEntries(new=1, changed=1)
    assert kept(archive) == [("A", "x", first.url), ("N", "", HOME)]
    assert tell(archive, *document, at=LATER).new == 0


def test_entries_that_exchange_their_addresses_are_both_noted(archive: Database) -> None:
    first, second = entry(1, own_id="a"), entry(2, own_id="b")
    tell(archive, first, second)
    crossed = [replace(first, url=second.url), replace(second, url=first.url)]
    assert tell(archive, *crossed, at=LATER) == NotedEntries(changed=2)
    assert tell(archive, *crossed, at=LATER) == NotedEntries(known=2)


def notice(name: str, url: str = HOME) -> Entry:
    return Entry(url=url, own_id=name, title=f"Notice {name}", published=NOW)


def test_notices_that_share_one_address_are_each_noted(archive: Database) -> None:
    board = [notice("a"), notice("b", f"{HOME}#b"), entry(1)]
    assert tell(archive, *board) == NotedEntries(new=3)
    assert tell(archive, notice("c"), *board, at=LATER) == NotedEntries(new=1, known=3)
    assert tell(archive, notice("b"), at=LATER) == NotedEntries(known=1)
    corrected = replace(notice("a"), summary="Corrected.")
    assert tell(archive, notice("c"), corrected, at=LATER) == NotedEntries(changed=1, known=1)


def test_a_board_may_begin_with_one_notice(archive: Database) -> None:
    tell(archive, notice("a"))
    board = [notice("b"), notice("a")]
    assert tell(archive, *board, at=LATER) == NotedEntries(new=1, known=1)
    assert tell(archive, *board, at=LATER) == NotedEntries(known=2)


def test_one_piece_under_one_address_and_many_ids_is_one(archive: Database) -> None:
    told = [replace(notice(name), title="Live: the flood") for name in "abc"]
    assert tell(archive, *told) == NotedEntries(new=1)


def test_an_entry_that_is_due_says_whether_it_shares_its_address(archive: Database) -> None:
    other = entry(1, host="reuters.test")
    tell(archive, notice("a"), notice("b"), other, Entry(own_id="c", title="No address"))
    with archive.writing() as conn:
        due = entries.claim_due(conn, now=NOW, lease=LEASE, limit=9)
    shared = {one.entry.title: one.shared_address for one in due}
    assert shared == {"Notice a": True, "Story 1": False, "No address": False}
