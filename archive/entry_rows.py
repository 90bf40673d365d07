"""Entries as rows: written when they are noted, read back when they are claimed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, case, insert, or_, update

from archive import hosts, identity
from archive.identity import Listed, Sorted
from archive.prepared import Prepared, Values
from archive.schema import entries
from news.entry import DueEntry, Entry
from news.source import DueSource
from news.url import host_of

NOTED = "noted"
READING = "reading"
REVISITING = "revisiting"

SAME_TITLE = timedelta(minutes=10)
"""The wait before a page is read again whose entry kept its title: counts of comments and dates
change at every visit to some feeds, and those pages should not be fetched as often."""


def write(
    conn: Connection,
    source: DueSource,
    found: Sorted,
    *,
    at: datetime,
    opened: Mapping[str, datetime] = MappingProxyType({}),
) -> None:
    """Write the unknown entries of a visit and change those that changed; all are due `at` once.

    Those at an address of `opened` are told by a part of the source that is new to us, as if it had
    been added at the moment that stands there.
    """
    listed = [*found.unknown, *(now for _, now in found.changed)]
    numbers = hosts.numbers_of(conn, {host for one in listed if (host := _host(one.entry))})
    touched = {*numbers.values(), *(kept.host for kept, _ in found.changed if kept.host)}
    hosts.lock(conn, touched)
    if found.unknown:
        fixed = {"source": source.id, "noted_at": at, "first_visit": source.first_visit}
        fixed |= {"state": NOTED, "due_at": at, "attempts": 0, "claim_no": 0, "looked_since": None}
        since = {} if source.first_visit else opened
        _ADD.run_many(
            conn,
            [{**_row(one, numbers), **fixed, **_anew(one.entry, since)} for one in found.unknown],
        )
    if found.changed:
        _CHANGE.run_many(
            conn,
            [
                {**_row(now, numbers), "of_entry": kept.id, "at": at, "later": at + SAME_TITLE}
                for kept, now in found.changed
            ],
        )
    hosts.settle(conn, touched)


def due_entry(row: Values, source: Values) -> DueEntry:
    """Return a claimed entry with what its source says."""
    old_address = row["noted_at"] < source["looked_since"]
    entry = Entry(
        own_id=row["own_id"],
        url=row["url"],
        title=row["title"],
        summary=row["summary"],
        content=row["content"] or "",
        published=row["published"],
        updated=row["updated"],
        authors=tuple(row["authors"]),
        language=row["language"],
        publisher_url=row["publisher_url"],
    )
    return DueEntry(
        id=row["id"],
        source=row["source"],
        source_name=source["name"],
        source_url=source["url"],
        source_added_at=row["looked_since"]
        or source["added_at" if old_address else "looked_since"],
        tags=tuple(source["tags"]),
        entry=entry,
        noted_at=row["noted_at"],
        first_visit=row["first_visit"],
        attempts=row["attempts"],
        claim_no=row["claim_no"],
        article=row["article"],
        shared_address=bool(entry.url) and row["key_hash"] != identity.key_of(entry),
        render=source["spider"].get("render", False),
        revisit=row["state"] == REVISITING,
    )


def _anew(entry: Entry, opened: Mapping[str, datetime]) -> dict[str, Any]:
    since = opened.get(entry.url or "")
    return {} if since is None else {"first_visit": True, "looked_since": since}


def _host(entry: Entry) -> str | None:
    return (host_of(entry.url) or None) if entry.url else None


def _row(listed: Listed, numbers: dict[str, int]) -> dict[str, Any]:
    entry = listed.entry
    host = _host(entry)
    return {
        "key_hash": listed.key,
        "own_id": entry.own_id,
        "own_hash": listed.own,
        "fingerprint": listed.fingerprint,
        "host": numbers[host] if host else None,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content or None,
        "published": entry.published,
        "updated": entry.updated,
        "authors": entry.authors,
        "language": entry.language,
        "publisher_url": entry.publisher_url,
    }


_SAID = (
    "key_hash",
    "own_id",
    "own_hash",
    "fingerprint",
    "host",
    "url",
    "title",
    "summary",
    "content",
    "published",
    "updated",
    "authors",
    "language",
    "publisher_url",
)
_AT: Any = bindparam("at", type_=entries.c.due_at.type)
CLAIMED = or_(entries.c.state == READING, entries.c.state == REVISITING)
_ADD = Prepared(insert(entries))
_UNREAD = (entries.c.state == NOTED) & entries.c.due_at.is_not(None)
_SAME_TITLE = entries.c.title == bindparam("title")
# An entry that is being read goes on being read as it was, and is read once more afterwards. One
# that waits keeps its place, or a feed that tells something else at every visit would never let it
# be read; and where the title is the same, its page is not asked for again at every visit.
_CHANGE = Prepared(
    update(entries)
    .where(entries.c.id == bindparam("of_entry"))
    .values(
        **{name: bindparam(name) for name in _SAID},
        state=case((CLAIMED, entries.c.state), else_=NOTED),
        due_at=case(
            (CLAIMED, entries.c.due_at),
            (_UNREAD & (entries.c.due_at < _AT), entries.c.due_at),
            (_SAME_TITLE, bindparam("later", type_=entries.c.due_at.type)),
            else_=_AT,
        ),
        changed_at=case(
            (CLAIMED & _SAME_TITLE, bindparam("later", type_=entries.c.due_at.type)),
            (CLAIMED, _AT),
            else_=None,
        ),
        attempts=case((CLAIMED | _UNREAD, entries.c.attempts), else_=0),
    )
)
