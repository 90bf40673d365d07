"""PostgreSQL as a server that others share: connections that break, and workers that meet."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Connection, text

from archive import entries, outbox, sources
from archive.database import Database
from news.delivery import DueDelivery
from news.entry import DueEntry, Entry
from news.errors import ArchiveError
from news.source import DueSource
from tests.contract.archive_world import (
    FEED,
    LEASE,
    MINUTE,
    NOW,
    add_channel,
    add_source,
    claim,
    tell,
    within,
)

OWED: dict[str, Any] = {"alerts": [], "payload": b"{}", "now": NOW}
Claim: TypeAlias = Callable[..., list[DueSource] | list[DueEntry] | list[DueDelivery]]
END_ALL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def server_archive(postgresql_url: str) -> Iterator[Database]:
    database = Database.open(postgresql_url)
    yield database
    database.close()


@pytest.fixture
def other_archive(postgresql_url: str) -> Iterator[Database]:
    """Open the same archive as another process would."""
    database = Database.open(postgresql_url)
    yield database
    database.close()


def test_a_connection_that_broke_between_transactions_is_made_anew_unnoticed(
    server_archive: Database, other_archive: Database
) -> None:
    source = add_source(server_archive)
    assert len(_listed(server_archive)) == 1
    with other_archive.writing() as conn:
        conn.execute(text(END_ALL))
    assert claim(server_archive).id == source
    assert len(_listed(server_archive)) == 1


def test_a_connection_that_breaks_within_a_transaction_undoes_it(
    server_archive: Database, other_archive: Database
) -> None:
    def lose_the_server(conn: Connection) -> None:
        sources.add(conn, FEED, now=NOW)
        with other_archive.writing() as ending:
            ending.execute(text(END_ALL))
        sources.listing(conn)

    with pytest.raises(ArchiveError, match="database server failed"):
        within(server_archive, lose_the_server)
    with server_archive.reading() as conn:
        assert sources.listing(conn) == []


def test_sessions_speak_utc_and_readers_cannot_write(server_archive: Database) -> None:
    for transaction, read_only in ((server_archive.writing, "off"), (server_archive.reading, "on")):
        with transaction() as conn:
            assert conn.execute(text("SHOW timezone")).scalar_one() == "UTC"
            assert conn.execute(text("SHOW transaction_read_only")).scalar_one() == read_only


@pytest.mark.parametrize("what", ["sources", "entries", "deliveries"])
def test_a_claim_keeps_to_its_limit_whatever_the_server_expects(
    server_archive: Database, what: str
) -> None:
    channel = add_channel(server_archive, concurrency=2)
    add_source(server_archive)
    tell(server_archive, *_without_address(1))
    within(server_archive, lambda conn: outbox.owe(conn, channel=channel, **OWED))
    within(server_archive, lambda conn: conn.execute(text("ANALYZE")))
    tell(server_archive, *_without_address(31))
    with server_archive.writing() as conn:
        for number in range(30):
            outbox.owe(conn, channel=channel, **OWED)
            more = replace(FEED, name=f"{number}", url=f"https://s{number}.test/")
            sources.add(conn, more, now=NOW)
    claims: dict[str, Claim] = {
        "sources": sources.claim_due,
        "entries": entries.claim_due,
        "deliveries": outbox.claim_due,
    }
    claim = partial(claims[what], now=NOW + MINUTE, lease=LEASE, limit=2)
    assert len(within(server_archive, claim)) == 2


def _listed(archive: Database) -> list[sources.KeptSource]:
    with archive.reading() as conn:
        return sources.listing(conn)


def _without_address(count: int) -> list[Entry]:
    return [Entry(own_id=f"{number}", title=f"Title {number}") for number in range(count)]


def test_the_owe_step_waits_for_that_of_another_process(
    server_archive: Database, other_archive: Database
) -> None:
    with ThreadPoolExecutor(1) as threads:
        with server_archive.writing() as conn:
            server_archive.alone(conn)
            waiting = threads.submit(_be_alone, other_archive)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.2)
        assert waiting.result(timeout=10)


def _be_alone(archive: Database) -> bool:
    with archive.writing() as conn:
        archive.alone(conn)
        return True
