"""Making an archive and bringing an older one up to date."""

from pathlib import Path

from archive.engines import Durability


def prepare(url: str, durability: Durability = "normal") -> Path | None:
    """Make the archive at `url`, or upgrade an older one; ArchiveError if it is newer than we.

    An older SQLite file is copied beside itself first; the copy's path is returned.
    """
    raise NotImplementedError


def check_current(url: str) -> None:
    """Raise ArchiveError unless the archive at `url` is there and of exactly our version."""
    raise NotImplementedError
