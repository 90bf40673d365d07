"""Sources as the archive keeps them, and the claims on those that are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from archive import source_claims
from archive.columns import digest
from archive.prepared import Values
from archive.schema import sources
from archive.source_rows import (
    STAYS,
    address_of,
    due_source,
    moved_of,
    place_of,
    rhythm_of,
    said,
    settings_of,
)
from news.errors import ArchiveError
from news.source import DueSource, Moved, Rhythm, SourceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSource:
    """A source as the archive keeps it; times are UTC.

    `paused_reason` says why it is paused, where it is; `failing_since` when its visits began to
    fail, and `last_reason` how the last one did. `last_new_at` is when it last told what was
    unknown, `gap_at` when it was last said that entries of it were lost, `moved` where its
    server sends us for good.
    """

    id: int
    settings: SourceSettings
    owned_by_file: str | None
    added_at: datetime
    paused_reason: str | None
    next_visit_at: datetime | None
    last_visit_at: datetime | None
    last_good_at: datetime | None
    failing_since: datetime | None
    last_reason: str | None
    rhythm: Rhythm
    last_new_at: datetime | None = None
    gap_at: datetime | None = None
    moved: Moved | None = None

    @property
    def paused(self) -> bool:
        """Tell whether it is left alone."""
        return self.paused_reason is not None


def listing(conn: Connection) -> list[KeptSource]:
    """Return every source, by name."""
    rows = conn.execute(select(sources).where(_KEPT).order_by(sources.c.name)).mappings()
    return [_kept_source(dict(row)) for row in rows]


def add(
    conn: Connection, settings: SourceSettings, *, now: datetime, file: str | None = None
) -> int:
    """Keep a new source, due at once; return its id. ArchiveError if name or address is taken."""
    _refuse_taken(conn, settings, own=0)
    values = {
        **said(settings, file),
        "added_at": now,
        "looked_since": now,
        "next_visit_at": now,
        "claim_no": 0,
        "failures": 0,
        "empty_visits": 0,
    }
    number: int = conn.execute(insert(sources).returning(sources.c.id), values).scalar_one()
    return number


def change(
    conn: Connection,
    source: int,
    settings: SourceSettings,
    *,
    now: datetime,
    file: str | None = None,
) -> None:
    """Give a source new settings; it is due at once, and a visit under way is not noted.

    With another address, kind or spider its next visit is a first one again, for it finds what
    may have stood there for years. What the server said is forgotten; old news is what is older
    than this change, or at the same address, what is older than the last good visit.
    """
    _refuse_taken(conn, settings, own=source)
    before = conn.execute(select(sources).where(sources.c.id == source)).mappings().one()
    values: dict[str, Any] = said(settings, file)
    values |= _first_again(dict(before), settings, now)
    if before["paused_reason"] is None:
        values["next_visit_at"] = now
    _fenced(conn, source, values)


def make_way(conn: Connection, numbers: Sequence[int]) -> None:
    """Let sources that are about to be changed stand in nobody's way, nor in each other's.

    Within one transaction two of them may so exchange their addresses.
    """
    for number in numbers:
        place = digest(f"on the move: {number}")
        conn.execute(update(sources).where(sources.c.id == number).values(url_hash=place))


def rename(conn: Connection, source: int, name: str) -> None:
    """Give a source another name; its history stays."""
    taken = select(sources.c.id).where(_KEPT, sources.c.name == name, sources.c.id != source)
    if conn.execute(taken).first() is not None:
        raise ArchiveError(f'there is a source "{name}" already')
    conn.execute(update(sources).where(sources.c.id == source).values(name=name))


def pause(conn: Connection, source: int, reason: str) -> None:
    """Leave a source alone, and say why; a visit under way is not noted."""
    _fenced(conn, source, {"paused_reason": reason, "next_visit_at": None, "trouble": None})


def resume(conn: Connection, source: int, *, now: datetime) -> None:
    """Visit a source again, at once."""
    _fenced(conn, source, {"paused_reason": None, "next_visit_at": now})


def remove(conn: Connection, source: int, *, now: datetime) -> None:
    """Take a source away; what it told stays, and its name is free again."""
    _fenced(conn, source, {"removed_at": now, "next_visit_at": None, "trouble": None})


def claim_due(conn: Connection, *, now: datetime, lease: timedelta, limit: int) -> list[DueSource]:
    """Claim at most `limit` sources that are due at `now`, the longest due first.

    No two of them draw on the patience of one host or platform, nor on that of one under way.
    """
    rows = source_claims.claimed(conn, now=now, until=now + lease, limit=limit)
    return [due_source(row) for row in rows]


def put_off(conn: Connection, source: DueSource, *, until: datetime) -> None:
    """Let a claimed source be visited at `until` instead, if the claim is still ours."""
    ours = (sources.c.id == source.id, sources.c.claim_no == source.claim_no)
    later = {"claimed_until": None, "next_visit_at": until}
    conn.execute(update(sources).where(*ours).values(**later))


def _refuse_taken(conn: Connection, settings: SourceSettings, *, own: int) -> None:
    found = conn.execute(
        select(sources.c.name)
        .where(_KEPT, sources.c.id != own)
        .where(or_(sources.c.name == settings.name, sources.c.url_hash == address_of(settings)))
    ).first()
    if found is None:
        return
    if found.name == settings.name:
        raise ArchiveError(f'there is a source "{found.name}" already')
    raise ArchiveError(f'source "{found.name}" reads that address already: {settings.url}')


def _first_again(before: Values, settings: SourceSettings, now: datetime) -> dict[str, Any]:
    """Return what is forgotten where `settings` lead to, or find, other entries than before."""
    known = settings_of(before)
    there = moved_of(before)
    follows = there is not None and there.believed and address_of(settings) == place_of(there.to)
    moved = address_of(known) != address_of(settings) and not follows
    found_otherwise = (known.kind, known.spider) != (settings.kind, settings.spider)
    stays = {} if known.url == settings.url else STAYS
    if not moved and not found_otherwise and (follows or not stays):
        return stays
    values: dict[str, Any] = {"etag": None, "last_modified": None, "body_hash": None, **stays}
    values |= {"learned": None, "habit": (), "trouble": None}
    if moved:
        return values | {"first_told_at": None, "looked_since": now}
    if not found_otherwise:
        return values
    values["first_told_at"] = None
    if (seen := before["last_good_at"]) is not None:
        # What the last good visit noted itself was looked for since before.
        values["looked_since"] = max(before["looked_since"], seen + _INSTANT)
    return values


def _fenced(conn: Connection, source: int, values: dict[str, Any]) -> None:
    """Change a source so that a visit under way finds its claim gone."""
    conn.execute(
        update(sources)
        .where(sources.c.id == source)
        .values(claimed_until=None, claim_no=sources.c.claim_no + 1, **values)
    )


def _kept_source(row: Values) -> KeptSource:
    return KeptSource(
        id=row["id"],
        settings=settings_of(row),
        owned_by_file=row["owned_by_file"],
        added_at=row["added_at"],
        paused_reason=row["paused_reason"],
        next_visit_at=row["next_visit_at"],
        last_visit_at=row["last_visit_at"],
        last_good_at=row["last_good_at"],
        failing_since=row["failing_since"],
        last_reason=row["last_reason"],
        rhythm=rhythm_of(row),
        last_new_at=row["last_new_at"],
        gap_at=row["gap_at"],
        moved=moved_of(row),
    )


_INSTANT = timedelta(microseconds=1)
_KEPT = sources.c.removed_at.is_(None)
