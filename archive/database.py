"""The archive's door: transactions, on threads of their own, on SQLite and PostgreSQL alike.

SQLite has one writer connection in the process and separate readers; other processes (commands
beside a running `run`) wait their turn for the file. PostgreSQL has a small pool of each.

Every function of this room takes the `Connection` that `writing()` or `reading()` gives, so what
belongs together is written together. A transaction whose function raises is undone whole.
"""

import asyncio
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Literal, Self, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, OperationalError

from archive.engines import POOLED, Durability, reader_engine, sqlite_file, writer_engine
from news.errors import ArchiveError

T = TypeVar("T")
Transaction: TypeAlias = Connection
"""The name by which the roof takes what `writing()` and `reading()` give."""

Dialect: TypeAlias = Literal["sqlite", "postgresql"]

_OWE_LOCK = 0x77697265  # any number that no other program on that server is likely to use
_LOCK_STATEMENT = text("SELECT pg_advisory_xact_lock(:key)")


class ArchiveFull(ArchiveError):  # noqa: N818 - it is a state of the disk, and passes
    """There is no room left to write; what was committed is safe, and writing may go on later."""


class Database:
    """An open archive; `open` makes one, `close` ends it."""

    def __init__(self, writers: Engine, readers: Engine, dialect: Dialect) -> None:
        self.dialect: Dialect = dialect
        self._writers = writers
        self._readers = readers
        # One SQLite writer: threads of this process queue here, where waiting costs nothing.
        self._turn: AbstractContextManager[object] = (
            threading.Lock() if dialect == "sqlite" else nullcontext()
        )
        threads = 1 if dialect == "sqlite" else POOLED
        self._write_threads = ThreadPoolExecutor(threads, thread_name_prefix="archive-write")
        self._read_threads = ThreadPoolExecutor(POOLED, thread_name_prefix="archive-read")

    @classmethod
    def open(cls, url: str, durability: Durability = "normal") -> Self:
        """Open the archive at `url`, which `upgrade.prepare` made; it is not looked at yet."""
        dialect: Dialect = "postgresql" if sqlite_file(url) is None else "sqlite"
        return cls(writer_engine(url, durability=durability), reader_engine(url), dialect)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that writes; it is committed at the end, or undone by an exception."""
        with _plain_words(), self._turn, self._writers.begin() as conn:
            yield conn

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that only reads, and sees one state of the archive."""
        with _plain_words(), self._readers.begin() as conn:
            yield conn

    async def write(self, do: Callable[[Connection], T]) -> T:
        """Run `do` in a writing transaction on a thread; a cancelled caller does not undo it."""
        return await _on(self._write_threads, partial(_within, self.writing, do))

    async def read(self, do: Callable[[Connection], T]) -> T:
        """Run `do` in a reading transaction on a thread."""
        return await _on(self._read_threads, partial(_within, self.reading, do))

    def alone(self, conn: Connection) -> None:
        """Let no other process of this installation be in its *owe* step until `conn` commits.

        On SQLite the one writer is alone already.
        """
        if self.dialect == "postgresql":
            conn.execute(_LOCK_STATEMENT, {"key": _OWE_LOCK})

    def close(self) -> None:
        """Finish what was begun and close every connection."""
        self._write_threads.shutdown()
        self._read_threads.shutdown()
        self._writers.dispose()
        self._readers.dispose()


def _within(
    transaction: Callable[[], AbstractContextManager[Connection]], do: Callable[[Connection], T]
) -> T:
    with transaction() as conn:
        return do(conn)


async def _on(threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, work)


@contextmanager
def _plain_words() -> Iterator[None]:
    """Turn what the machine cannot do just now into words; bugs in our SQL fly as they are."""
    try:
        yield
    except OperationalError as error:
        raise in_words(error.orig or error) from error
    except DatabaseError as error:
        if type(error.orig) is not sqlite3.DatabaseError:  # a file that is none, or is damaged
            raise
        raise in_words(error.orig) from error
    except _of_drivers() as error:  # of prepared statements
        raise in_words(error) from error


def _of_drivers() -> tuple[type[Exception], ...]:
    """Return the errors of the drivers in use: psycopg is slow to import, and SQLite needs none."""
    server = sys.modules.get("psycopg")
    return (sqlite3.OperationalError, *([server.OperationalError] if server else []))


def in_words(error: BaseException) -> ArchiveError:
    """Return what is wrong with the archive, and what may help, for an error of its driver."""
    if isinstance(error, sqlite3.DatabaseError):
        kind = {"SQLITE_FULL": ArchiveFull}.get(error.sqlite_errorname, ArchiveError)
        return kind(_SQLITE_WORDS.get(error.sqlite_errorname, f"the archive failed: {error}"))
    if getattr(error, "sqlstate", None) == _DISK_FULL:
        return ArchiveFull("the database server has no room left; make room, and it goes on")
    return ArchiveError(f"the database server failed: {str(error).strip()}")


_DISK_FULL = "53100"
_SQLITE_WORDS = {
    "SQLITE_FULL": "the disk of the archive is full; make room, and it goes on by itself",
    "SQLITE_BUSY": "another program holds the archive; close it and try again",
    "SQLITE_NOTADB": "the archive's file is no SQLite database; name another one",
    "SQLITE_READONLY": "the archive's file cannot be written; mind its owner and permissions",
    "SQLITE_CANTOPEN": "the archive's file cannot be opened; is it there, and its directory "
    "yours? `wirewatch run` makes a new one",
}
