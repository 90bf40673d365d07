"""Only one `run` works on an SQLite file; a second is told so at once.

The lock is the kernel's, on a file beside the archive: it dies with the process that holds it, and
the descriptor is closed in children, so none of them holds it beyond its parent's end.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.engines import sqlite_file
from news.errors import ArchiveError


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


def _locked(file: Path) -> int:
    try:
        # O_CLOEXEC is Python's own default; it is said because a child must never inherit this.
        descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ArchiveError(f"{file} cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
