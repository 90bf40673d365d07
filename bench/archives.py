"""Empty archives to measure on, on either engine, gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from archive import upgrade
from archive.database import Database
from tests import postgresql


@contextmanager
def on_sqlite() -> Iterator[Database]:
    with TemporaryDirectory() as place:
        yield from _opened(f"sqlite:///{Path(place) / 'wirewatch.db'}")


@contextmanager
def on_postgresql() -> Iterator[Database]:
    with postgresql.server() as url, postgresql.database(url, "bench") as database:
        yield from _opened(database)


def _opened(url: str) -> Iterator[Database]:
    upgrade.prepare(url)
    archive = Database.open(url)
    yield archive
    archive.close()
