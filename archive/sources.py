"""Sources as the archive keeps them, and the claims on those that are due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from news.source import DueSource, Rhythm, SourceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSource:
    """A source as the archive keeps it; times are UTC.

    `paused_reason` says why it is paused, where it is; `failing_since` when its visits began to
    fail, and `last_reason` how the last one did.
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

    @property
    def paused(self) -> bool:
        """Tell whether it is left alone."""
        return self.paused_reason is not None


def listing(conn: Connection) -> list[KeptSource]:
    """Return every source, by name."""
    raise NotImplementedError


def add(
    conn: Connection, settings: SourceSettings, *, now: datetime, file: str | None = None
) -> int:
    """Keep a new source, due at once; return its id. ArchiveError if name or address is taken."""
    raise NotImplementedError


def change(
    conn: Connection,
    source: int,
    settings: SourceSettings,
    *,
    now: datetime,
    file: str | None = None,
) -> None:
    """Give a source new settings; it is due at once, and a visit under way is not noted."""
    raise NotImplementedError


def rename(conn: Connection, source: int, name: str) -> None:
    """Give a source another name; its history stays."""
    raise NotImplementedError


def pause(conn: Connection, source: int, reason: str) -> None:
    """Leave a source alone, and say why; a visit under way is not noted."""
    raise NotImplementedError


def resume(conn: Connection, source: int, *, now: datetime) -> None:
    """Visit a source again, at once."""
    raise NotImplementedError


def remove(conn: Connection, source: int, *, now: datetime) -> None:
    """Take a source away; what it told stays, and its name is free again."""
    raise NotImplementedError


def claim_due(conn: Connection, *, now: datetime, lease: timedelta, limit: int) -> list[DueSource]:
    """Claim at most `limit` sources that are due at `now`, the longest due first."""
    raise NotImplementedError
