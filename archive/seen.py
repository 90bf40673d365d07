"""What the archive knows of a source, for whoever looks at one without noting anything."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import Connection, select

from archive import identity
from archive.schema import entries, sources
from news.entry import Entry


class Mark(StrEnum):
    """What an entry would be at the next visit."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    ELSEWHERE = "elsewhere"
    """New to this source, but another one told it."""


def marks(conn: Connection, source: int, told: Sequence[Entry]) -> list[Mark]:
    """Return what each of `told` would be if `source` told it (0: one that is not kept)."""
    found = identity.sort(conn, source, told)
    unknown = {one.key for one in found.unknown}
    changed = {listed.key for _, listed in found.changed}
    elsewhere = _known_anywhere(conn, unknown)
    return [_mark(identity.key_of(one), unknown, changed, elsewhere) for one in told]


def learned(conn: Connection, source: int) -> str | None:
    """Return what the reader of a source asked to be remembered, if it did."""
    found: str | None = conn.execute(
        select(sources.c.learned).where(sources.c.id == source)
    ).scalar_one_or_none()
    return found


def learned_of(conn: Connection, kind: str) -> dict[int, str]:
    """Return the same for every source of a kind that has any, by number."""
    rows = conn.execute(
        select(sources.c.id, sources.c.learned).where(
            sources.c.kind == kind, sources.c.learned.is_not(None)
        )
    )
    return {row.id: row.learned for row in rows}


def _mark(key: bytes, unknown: set[bytes], changed: set[bytes], elsewhere: set[bytes]) -> Mark:
    if key in elsewhere:
        return Mark.ELSEWHERE
    if key in unknown:
        return Mark.NEW
    return Mark.CHANGED if key in changed else Mark.KNOWN


def _known_anywhere(conn: Connection, keys: set[bytes]) -> set[bytes]:
    if not keys:
        return set()
    found = select(entries.c.key_hash).where(entries.c.key_hash.in_(list(keys)))
    return set(conn.execute(found).scalars())
