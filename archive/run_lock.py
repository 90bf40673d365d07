"""Only one `run` works on an SQLite file; a second is told so at once."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hold(url: str) -> Iterator[None]:
    """Hold the archive at `url` for this process; ArchiveError if another `run` holds it."""
    raise NotImplementedError
    yield
