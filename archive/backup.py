"""Backups: a copy of the whole archive while it is written to, whole or not there at all.

SQLite is copied page by page out of one snapshot, so a busy `run` neither waits nor makes the copy
begin anew. PostgreSQL is dumped by its own program (archive/dump.py). Either is written beside the
final name, looked at, and only then given it.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from archive import dump
from archive.database import in_words
from archive.engines import BUSY_SECONDS, sqlite_file
from archive.figures import COUNTED
from news.errors import ArchiveError

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many pages are copied, and of how many."""

PAGES = 1_000
"""So many pages are copied between two words about progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A backup that was made and looked at: where, how large in bytes, how many rows of what."""

    file: Path
    size: int
    rows: Mapping[str, int]


def backup(url: str, file: Path, *, replace: bool, progress: Progress) -> Copy:
    """Copy the archive at `url` into `file`; ArchiveError where that cannot be done, or is there.

    Only its owner may read the copy: channel secrets are in it.
    """
    original = sqlite_file(url)
    if original == file.resolve():
        raise ArchiveError(f"{file} is the archive itself; name another file")
    with _beside(file, replace=replace) as partial:
        if original is None:
            rows = dump.dumped(url, partial)
        else:
            rows = _copied(original, partial, progress)
        size = partial.stat().st_size
    return Copy(file=file, size=size, rows=rows)


@contextmanager
def _beside(file: Path, *, replace: bool) -> Iterator[Path]:
    """Give a new file, which takes the name of `file` once the block has ended well."""
    _refuse_to_overwrite(file, replace=replace)
    try:
        descriptor, name = tempfile.mkstemp(".partial", f"{file.name}.", file.parent)  # mode 0600
    except OSError as error:
        raise ArchiveError(f"{file} cannot be written: {error.strerror}") from error
    partial = Path(name)
    try:
        yield partial
        os.fsync(descriptor)
        _refuse_to_overwrite(file, replace=replace)
        partial.replace(file)
    except OSError as error:
        raise ArchiveError(f"{file} cannot be written: {error.strerror}") from error
    finally:
        os.close(descriptor)
        partial.unlink(missing_ok=True)


def _refuse_to_overwrite(file: Path, *, replace: bool) -> None:
    if file.is_dir():
        raise ArchiveError(f"{file} is a directory; name a file in it")
    if file.exists() and not replace:
        raise ArchiveError(f"{file} is there already; say --force to replace it")


def _copied(original: Path, partial: Path, progress: Progress) -> dict[str, int]:
    if not original.exists():
        raise ArchiveError(
            f"there is no archive at {original}; "
            "`wirewatch source add` or `wirewatch run` makes one"
        )
    try:
        with closing(_reading(original)) as source:
            # One snapshot for the whole copy: else every write of others would start it over.
            source.execute("BEGIN")
            there = _counted(source)
            with closing(sqlite3.connect(partial)) as target:
                source.backup(
                    target,
                    pages=PAGES,
                    progress=lambda _status, left, total: progress(total - left, total),
                )
        _look_at(partial, there)
    except sqlite3.Error as error:
        raise in_words(error) from error
    return there


def _look_at(copy: Path, there: Mapping[str, int]) -> None:
    """Have SQLite check the copy, and compare its rows with those of the original."""
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        (verdict,) = opened.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok" or _counted(opened) != there:
            raise ArchiveError(
                f"the copy is not what the archive is ({verdict}); is the disk sound? It was "
                "thrown away, and the archive left as it is"
            )


def _counted(connection: sqlite3.Connection) -> dict[str, int]:
    """Count what there is; of an older archive, whose tables may be fewer, what it has."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {row[0] for row in found}
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names of our own
        for name in COUNTED
        if name in tables
    }


def _reading(file: Path) -> sqlite3.Connection:
    address = f"{file.as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
