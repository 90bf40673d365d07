"""Aliases: kept, replaced and forgotten; each change is seen by whoever holds queries in memory."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from archive import aliases, watches
from archive.database import Database
from news.alias import Alias
from tests.contract.archive_world import within

KIM = ("Kim Jong-un", "김정은", "Ким Чен Ын*")
FILE = "/etc/wirewatch.toml"


def test_an_alias_comes_back_as_it_was_said(archive: Database) -> None:
    with archive.writing() as conn:
        assert aliases.listing(conn) == {}
        aliases.keep(conn, "kim-jong-un", KIM, file=FILE)
        aliases.keep(conn, "북한", ["북조선"])
        assert aliases.listing(conn) == {"kim-jong-un": KIM, "북한": ("북조선",)}
        kim, north = aliases.kept(conn)
    assert (kim.settings, kim.owned_by_file) == (Alias(name="kim-jong-un", terms=KIM), FILE)
    assert (north.settings.name, north.owned_by_file) == ("북한", None)
    assert kim.id != north.id


def test_a_name_has_the_terms_and_the_owner_that_were_said_last(archive: Database) -> None:
    with archive.writing() as conn:
        aliases.keep(conn, "kim", ["Kim"])
        (before,) = aliases.kept(conn)
        aliases.keep(conn, "kim", KIM, file=FILE)
        (after,) = aliases.kept(conn)
    assert (after.id, after.settings.terms, after.owned_by_file) == (before.id, KIM, FILE)


CHANGES: dict[str, Callable[[Connection], None]] = {
    "added": lambda conn: aliases.keep(conn, "lee", ["Lee"]),
    "given other terms": lambda conn: aliases.keep(conn, "kim", ["Kim"]),
    "removed": lambda conn: aliases.remove(conn, aliases.kept(conn)[0].id),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_raises_the_number_of_the_set(archive: Database, change: str) -> None:
    within(archive, lambda conn: aliases.keep(conn, "kim", KIM))
    before = within(archive, watches.set_version)
    within(archive, CHANGES[change])
    assert within(archive, watches.set_version) == before + 1


def test_a_removed_alias_is_gone_and_the_others_stay(archive: Database) -> None:
    with archive.writing() as conn:
        aliases.keep(conn, "kim", KIM)
        aliases.keep(conn, "lee", ["Lee"])
        aliases.remove(conn, aliases.kept(conn)[0].id)
        assert aliases.listing(conn) == {"lee": ("Lee",)}
