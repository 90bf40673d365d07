"""Aliases: the spellings that queries call by one name.

Every query is read with them, so each change raises the number by which a matcher knows its set.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from archive import set_number
from archive.schema_telling import aliases
from news.alias import Alias, KeptAlias


def listing(conn: Connection) -> dict[str, tuple[str, ...]]:
    """Return the terms of every alias by its name, as `news.query.parse.parse` wants them."""
    return {one.settings.name: one.settings.terms for one in kept(conn)}


def kept(conn: Connection) -> list[KeptAlias]:
    """Return every alias with its owner, by name."""
    return [
        KeptAlias(
            id=row.id,
            settings=Alias(name=row.name, terms=tuple(row.terms)),
            owned_by_file=row.owned_by_file,
        )
        for row in conn.execute(select(aliases).order_by(aliases.c.name))
    ]


def keep(conn: Connection, name: str, terms: Sequence[str], *, file: str | None = None) -> None:
    """Let `name` stand for `terms` from now on, whatever it stood for before."""
    said = {"terms": list(terms), "owned_by_file": file}
    changed = conn.execute(update(aliases).where(aliases.c.name == name).values(**said))
    if not changed.rowcount:
        conn.execute(insert(aliases), {"name": name, **said})
    set_number.bump(conn)


def remove(conn: Connection, alias: int) -> None:
    """Forget an alias; queries that name it cannot be read any more."""
    conn.execute(delete(aliases).where(aliases.c.id == alias))
    set_number.bump(conn)
