"""Laws of identity: whatever a document holds, told again it brings nothing."""

from dataclasses import replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from archive import entries, sources
from archive.database import Database
from archive.entries import NotedEntries
from archive.schema import entries as entry_rows
from news.cadence import NextVisit
from news.entry import Entry
from news.source import Rhythm, SourceSettings, Validators
from news.visit import Told, Visit
from tests.contract.archive_world import LEASE, MINUTE, NOW, within

numbers = count()
few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
some_text = st.sampled_from(["", "One", "Two", "Один", "a\x00b", "a b", "\ud800"])
addresses = st.sampled_from(
    [None, "https://a.test/1", "https://a.test/1?utm_source=x", "https://b.test/2", "no address"]
)
moments = st.sampled_from([None, NOW, NOW + MINUTE])
told_entries = st.builds(
    Entry,
    own_id=st.sampled_from([None, "guid-1", "guid-2", "guid-\x00"]),
    url=addresses,
    title=some_text,
    summary=some_text,
    published=moments,
)
documents = st.lists(told_entries, max_size=8)


def new_source(archive: Database) -> int:
    number = next(numbers)
    said = SourceSettings(name=f"{number}", kind="feed", url=f"https://s{number}.test/rss")
    with archive.writing() as conn:
        for before in sources.listing(conn):
            sources.remove(conn, before.id, now=NOW)
        return sources.add(conn, said, now=NOW)


def tell(archive: Database, document: list[Entry]) -> NotedEntries:
    """Let the one source tell a document."""
    seen = Visit(at=NOW, outcome=Told(entries=tuple(document), validators=Validators()))
    with archive.writing() as conn:
        (due,) = sources.claim_due(conn, now=NOW, lease=LEASE, limit=9)
        plan = NextVisit(at=NOW, rhythm=Rhythm())
        noted = entries.note(conn, due, seen, plan=lambda _new: plan)
    assert noted is not None
    return replace(noted, gap=None)


def kept_by(archive: Database, source: int) -> int:
    query = select(func.count()).where(entry_rows.c.source == source)
    return within(archive, lambda conn: conn.execute(query).scalar_one())


@few
@given(document=documents)
def test_a_document_told_again_brings_nothing(
    sqlite_archive: Database, document: list[Entry]
) -> None:
    source = new_source(sqlite_archive)
    first = tell(sqlite_archive, document)
    assert first.changed == 0
    assert first.new == kept_by(sqlite_archive, source) <= len(document)
    for _ in range(2):
        again = tell(sqlite_archive, document)
        assert (again.new, again.changed) == (0, 0)


@few
@given(document=documents, data=st.data())
def test_order_does_not_make_news(
    sqlite_archive: Database, document: list[Entry], data: st.DataObject
) -> None:
    new_source(sqlite_archive)
    tell(sqlite_archive, document)
    mixed = data.draw(st.permutations(document))
    assert tell(sqlite_archive, mixed).new == 0


@few
@given(document=documents)
def test_links_and_ids_that_are_new_at_every_look_make_no_news_of_dated_titles(
    sqlite_archive: Database, document: list[Entry]
) -> None:
    dated = [one for one in document if one.title and one.published]
    new_source(sqlite_archive)
    for look in range(3):
        renamed = [
            replace(one, url=f"https://a.test/{look}/{place}", own_id=f"{look}-{place}")
            for place, one in enumerate(dated)
        ]
        noted = tell(sqlite_archive, renamed)
        assert look == 0 or (noted.new, noted.changed) == (0, 0)


@few
@given(looks=st.lists(documents, min_size=2, max_size=4))
def test_whatever_follows_whatever_it_can_be_noted(
    sqlite_archive: Database, looks: list[list[Entry]]
) -> None:
    source = new_source(sqlite_archive)
    new = sum(tell(sqlite_archive, document).new for document in looks)
    assert new == kept_by(sqlite_archive, source)
