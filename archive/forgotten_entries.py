"""What the entries of a forgotten article said, which goes with it.

Sources, hosts and entries are locked in that order, as by a visit that notes (archive/entries.py):
all of one kind before the first of the next, or each would wait for the other.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select, update

from archive import articles, hosts
from archive.columns import digest
from archive.schema import entries, sources
from news.entry import Entry


def addresses_of(conn: Connection, article: int | None) -> Iterator[str]:
    """Yield the addresses that an article is known by: its own, and those of its entries."""
    kept = None if article is None else articles.get(conn, article)
    if kept is None:
        return
    yield kept.url
    told = select(entries.c.url, entries.c.key_hash).where(entries.c.article == article)
    for row in conn.execute(told.order_by(entries.c.id)):
        if row.url and row.key_hash == digest(Entry(url=row.url).key()):  # else others stand there
            yield row.url


def empty(conn: Connection, article: int | None, urls: Iterable[str] = ()) -> None:
    """Erase what the entries of `article` and those at `urls` say."""
    at = [digest(Entry(url=url).key()) for url in urls]
    found = {"of_article": article, "at": at, "of_entry": None}
    _lock(conn, found)
    conn.execute(_EMPTY, found)


def lock(conn: Connection, article: int, *, entry: int) -> None:
    """Lock what `empty` will need, and what finishing `entry` needs, before either is done."""
    _lock(conn, {"of_article": article, "at": [], "of_entry": entry})


def _lock(conn: Connection, found: dict[str, Any]) -> None:
    if conn.dialect.name != "postgresql":
        return
    rows = conn.execute(_PLACES, found).all()
    # Where an entry has no host, its source keeps two visits apart.
    conn.execute(_LOCK_SOURCES, {"many": [row.source for row in rows if row.host is None]})
    hosts.lock(conn, {row.host for row in rows if row.host is not None})


_CONCERNED = or_(
    entries.c.article == bindparam("of_article"),
    entries.c.id == bindparam("of_entry", type_=entries.c.id.type),
    entries.c.key_hash.in_(bindparam("at", expanding=True)),
)
_PLACES = select(entries.c.source, entries.c.host).where(_CONCERNED).distinct()
_LOCK_SOURCES = (
    select(sources.c.id)
    .where(sources.c.id.in_(bindparam("many", expanding=True)))
    .order_by(sources.c.id)
    .with_for_update(key_share=True)
)
_EMPTY = (
    update(entries)
    .where(_CONCERNED)
    .values(title="", summary="", content=None, authors=[], publisher_url=None)
)
