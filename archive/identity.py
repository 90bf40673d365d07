"""Which entries of a visit are known: the archive's side of an entry's identity.

In this order: the key (canonical address, else own id, else title and date); the source's own id,
if address, title or date stayed; the same title, summary and date of publication, for sources
whose links and ids are new at every look; without a date, at an address that differs by a session.
All within one source; each is one lookup for the whole document. An id that comes back with all
else different names another entry, and an address that a document gives to several entries with
ids and titles of their own names none of them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Select, bindparam, select

from archive.columns import clean, digest
from archive.near import near_of, slash_turned
from archive.schema import entries
from news.entry import Entry, without_shared_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry as a document lists it, with the digests by which it may be known."""

    entry: Entry
    key: bytes
    own: bytes | None
    fingerprint: bytes
    addressed: bool  # its address is its key

    @property
    def dated(self) -> bool:
        """Tell whether an equal fingerprint says that it is the same entry."""
        return bool(self.entry.title) and self.entry.published is not None

    @property
    def near(self) -> str | None:
        """Return what must be equal besides, where there is no date; None where nothing helps."""
        if not self.addressed or not self.entry.title or self.dated or self.entry.url is None:
            return None
        return near_of(self.entry.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An entry as it is kept."""

    id: int
    key_hash: bytes
    own_hash: bytes | None
    fingerprint: bytes
    url: str | None
    title: str
    published: datetime | None
    host: int | None


@dataclass(frozen=True, slots=True)
class Sorted:
    """A document's entries, sorted: the unknown ones, those that changed, the ids of the others."""

    unknown: tuple[Listed, ...]
    changed: tuple[tuple[Kept, Listed], ...]
    same: frozenset[int]

    @property
    def unchanged(self) -> int:
        """Count those that are told as they are known."""
        return len(self.same)


_Pairs: TypeAlias = list[tuple[Kept, Listed]]
_Found: TypeAlias = tuple[_Pairs, list[Listed]]


def sort(conn: Connection, source: int, told: Sequence[Entry]) -> Sorted:
    """Sort what `source` told into unknown, changed and unchanged entries."""
    document = [_listed(entry) for entry in without_shared_ids(told)]
    known, rest = _by_key(conn, source, _without_shared_addresses(document))
    for find in (_by_own_id, _by_fingerprint):
        found, rest = find(conn, source, rest)
        known += found
    same = {kept.id for kept, listed in known if kept.fingerprint == listed.fingerprint}
    # Where a document lists one entry twice, the first tells what it is now; but if any of them
    # is as we know it, nothing changed, or it would change back and forth at every look.
    changed: dict[int, tuple[Kept, Listed]] = {}
    for kept, listed in known:
        if kept.id not in same:
            changed.setdefault(kept.id, (kept, listed))
    unknown = tuple(_without_repeats(rest))
    taken = {one.key for one in unknown}
    return Sorted(unknown, tuple(_kept_apart(changed.values(), taken)), frozenset(same))


def key_of(entry: Entry, *, addressed: bool = True) -> bytes:
    """Return the digest of what makes `entry` itself, without its address if not `addressed`."""
    return digest((entry if addressed else replace(entry, url=None)).key())


def _listed(entry: Entry) -> Listed:
    return Listed(
        entry=entry,
        key=key_of(entry),
        own=digest(entry.own_id) if entry.own_id else None,
        fingerprint=digest(entry.fingerprint()),
        addressed=bool(entry.url),
    )


def _without_shared_addresses(listed: Sequence[Listed]) -> list[Listed]:
    titles: defaultdict[bytes, set[str]] = defaultdict(set)
    for one in listed:
        if one.addressed and one.own and one.entry.title:
            titles[one.key].add(one.entry.title)
    return [
        replace(one, key=key_of(one.entry, addressed=False), addressed=False)
        if one.addressed and len(titles[one.key]) > 1
        else one
        for one in listed
    ]


def _by_key(conn: Connection, source: int, listed: Sequence[Listed]) -> _Found:
    # An own id that is all an entry has may be reused: then title and date are its key.
    loose = {
        one.key: replace(one, key=key_of(replace(one.entry, own_id=None), addressed=False))
        for one in listed
        if one.own and not one.addressed
    }
    turned = {one.key: digest(slash_turned(one.entry.key())) for one in listed if one.addressed}
    wanted = {one.key for one in (*listed, *loose.values())} | {*turned.values()}
    kept = {row.key_hash: row for row in _lookup(conn, _BY_KEY, source, wanted)}
    found: _Pairs = []
    rest: list[Listed] = []
    for one in listed:
        as_listed, row = one, kept.get(one.key)
        if row is not None and one.key in loose and _other_piece(row, one.entry):
            as_listed = loose[one.key]
            row = kept.get(as_listed.key)
        near = kept.get(turned[one.key]) if row is None and one.addressed else None
        if near is not None and (near.own_hash == one.own or _same_piece(near, one.entry)):
            row = near
        if row is None:
            rest.append(as_listed)
        else:
            found.append((row, as_listed))
    return found, rest


def _by_own_id(conn: Connection, source: int, listed: Sequence[Listed]) -> _Found:
    kept: defaultdict[bytes | None, list[Kept]] = defaultdict(list)
    for row in _lookup(conn, _BY_OWN_ID, source, {one.own for one in listed if one.own}):
        kept[row.own_hash].append(row)
    return _matched(
        listed,
        lambda one: next((row for row in kept[one.own] if _same_piece(row, one.entry)), None),
    )


def _by_fingerprint(conn: Connection, source: int, listed: Sequence[Listed]) -> _Found:
    marks = {one.key: _mark(one.fingerprint, one.near) for one in listed if one.dated or one.near}
    wanted = {one.fingerprint for one in listed if one.key in marks}
    kept: dict[object, Kept] = {}
    for row in _lookup(conn, _BY_FINGERPRINT, source, wanted):
        undated = row.published is None and row.url is not None
        kept[_mark(row.fingerprint, near_of(row.url) if undated and row.url else None)] = row
    return _matched(listed, lambda one: kept.get(marks.get(one.key)))


def _mark(fingerprint: bytes, near: str | None) -> tuple[bytes, str | None]:
    return fingerprint, near


def _matched(listed: Sequence[Listed], find: Callable[[Listed], Kept | None]) -> _Found:
    found: _Pairs = []
    rest: list[Listed] = []
    for one in listed:
        row = find(one)
        if row is None:
            rest.append(one)
        else:
            found.append((row, one))
    return found, rest


def _same_piece(kept: Kept, entry: Entry) -> bool:
    same_title = bool(entry.title) and clean(entry.title) == kept.title
    return same_title or (entry.published is not None and entry.published == kept.published)


def _other_piece(kept: Kept, entry: Entry) -> bool:
    nothing_to_tell_by = not entry.title and entry.published is None
    return not (nothing_to_tell_by or _same_piece(kept, entry))


def _without_repeats(listed: Sequence[Listed]) -> Iterator[Listed]:
    """Pass on what is told twice within one document only once, by the same rules as over time."""
    seen: set[object] = set()
    for one in listed:
        marks: set[object] = {one.key}
        if one.dated or one.near:
            marks.add(_mark(one.fingerprint, one.near))
        if seen.isdisjoint(marks):
            seen |= marks  # of what is kept only: later looks know it by nothing else
            yield one


def _kept_apart(
    changed: Iterable[tuple[Kept, Listed]], taken: set[bytes]
) -> Iterator[tuple[Kept, Listed]]:
    """Let no entry move to a key that another of its document takes: it stays where it was."""
    for kept, listed in changed:
        now = listed
        if listed.key in taken:
            now = replace(listed, key=kept.key_hash, entry=replace(listed.entry, url=kept.url))
        taken.add(now.key)
        yield kept, now


def _lookup(
    conn: Connection, statement: Select[Any], source: int, digests: Collection[bytes]
) -> list[Kept]:
    if not digests:
        return []
    rows = conn.execute(statement, {"of_source": source, "digests": list(digests)})
    return [Kept(**row) for row in rows.mappings()]


def _having(column: Column[bytes]) -> Select[Any]:
    columns = [entries.c[field.name] for field in fields(Kept)]
    return select(*columns).where(
        column.in_(bindparam("digests", expanding=True)),
        entries.c.source == bindparam("of_source"),
    )


_BY_KEY = _having(entries.c.key_hash)
_BY_OWN_ID = _having(entries.c.own_hash)
_BY_FINGERPRINT = _having(entries.c.fingerprint)
