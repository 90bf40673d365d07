"""Watches and their versions; every change bumps the number by which a matcher knows its set."""

from datetime import datetime

from sqlalchemy import Connection

from news.watch import Watch, WatchSettings


def listing(conn: Connection) -> list[Watch]:
    """Return every watch, paused ones too, by name."""
    raise NotImplementedError


def set_version(conn: Connection) -> int:
    """Return the number that every change of watches or channels raises."""
    raise NotImplementedError


def add(
    conn: Connection, settings: WatchSettings, *, now: datetime, file: str | None = None
) -> int:
    """Keep a new watch; return its id. ArchiveError if the name is taken."""
    raise NotImplementedError


def change(
    conn: Connection, watch: int, settings: WatchSettings, *, now: datetime, file: str | None = None
) -> None:
    """Give a watch new settings as its next version; the versions before stay."""
    raise NotImplementedError


def rename(conn: Connection, watch: int, name: str) -> None:
    """Give a watch another name; its history stays."""
    raise NotImplementedError


def pause(conn: Connection, watch: int) -> None:
    """Let a watch rest."""
    raise NotImplementedError


def resume(conn: Connection, watch: int) -> None:
    """Let a watch match again."""
    raise NotImplementedError


def remove(conn: Connection, watch: int, *, now: datetime) -> None:
    """Take a watch away; what it told stays, and its name is free again."""
    raise NotImplementedError
