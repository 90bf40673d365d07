"""Entries: transaction 1 notes them, then each is claimed, read, and finished."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from news.cadence import NextVisit
from news.entry import DueEntry
from news.source import DueSource
from news.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedEntries:
    """What a visit brought, in numbers; known and unchanged ones are not touched."""

    new: int = 0
    changed: int = 0
    known: int = 0


def note(
    conn: Connection, source: DueSource, visit: Visit, *, plan: NextVisit
) -> NotedEntries | None:
    """Note what `visit` found, and settle the source: transaction 1.

    None if the source was claimed anew, changed, paused or removed meanwhile: nothing is written.
    """
    raise NotImplementedError


def claim_due(conn: Connection, *, now: datetime, lease: timedelta, limit: int) -> list[DueEntry]:
    """Claim at most `limit` noted entries, the longest due first, at most one per free host."""
    raise NotImplementedError


def postpone(conn: Connection, entry: DueEntry, *, due_at: datetime, reason: str) -> bool:
    """Let `entry` be read again at `due_at`; False if the claim is no longer ours."""
    raise NotImplementedError


def rest_host(conn: Connection, host: str, *, until: datetime) -> None:
    """Ask `host` (scheme, name and port) for no page before `until`."""
    raise NotImplementedError


def finish(conn: Connection, entry: DueEntry, *, article: int) -> bool:
    """Mark `entry` done as `article`; False if the claim is no longer ours: then write nothing."""
    raise NotImplementedError


def give_up(conn: Connection, entry: DueEntry, reason: str) -> bool:
    """Mark `entry` given up, and say why; False if the claim is no longer ours."""
    raise NotImplementedError
