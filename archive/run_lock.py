"""Only one `run` works on an SQLite file; a second is told so at once.

The lock is the kernel's, on a file beside the archive: it dies with the process that holds it, and
the descriptor is closed in children, so none of them holds it beyond its parent's end.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.engines import sqlite_file
from news.errors import ArchiveError

_TRIES, _BETWEEN = 5, 0.01
"""So often the lock is tried, so many seconds apart: whoever asks `is_held` has it for a moment."""


@contextmanager
def hold(url: str) -> Iterator[None]:
    """Hold the archive at `url` for this process; ArchiveError if another `run` holds it.

    PostgreSQL is shared by many processes, so nothing is held there.
    """
    file = sqlite_file(url)
    if file is None:
        yield
        return
    descriptor = _locked(file.with_name(f"{file.name}.lock"))
    try:
        yield
    finally:
        os.close(descriptor)


def is_held(url: str) -> bool | None:
    """Tell whether a `run` works on the archive at `url`; None on PostgreSQL, where none says so.

    To ask is to try the lock for a moment, side by side with others who ask.
    """
    file = sqlite_file(url)
    if file is None:
        return None
    try:
        descriptor = os.open(file.with_name(f"{file.name}.lock"), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False  # no `run` ever was here
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _locked(file: Path) -> int:
    try:
        # O_CLOEXEC is Python's own default; it is said because a child must never inherit this.
        descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ArchiveError(f"{file} cannot be written: {error.strerror}") from error
    try:
        _try(descriptor)
    except BlockingIOError as error:
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
        os.close(descriptor)
        whose = f"process {holder}" if holder else "another process"
        raise ArchiveError(
            f"another `wirewatch run` works on this archive ({whose}); stop it first, or name "
            "another file in [archive] url"
        ) from error
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def _try(descriptor: int) -> None:
    for again in reversed(range(_TRIES)):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not again:
                raise
            time.sleep(_BETWEEN)  # before any loop runs; who only asks holds it for an instant
        else:
            return
