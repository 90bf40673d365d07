"""How connections to an archive are made, with the settings that were measured for each engine.

SQLite: we say BEGIN ourselves, since the driver's own notion of transactions would upgrade a
reader to a writer in the middle and fail at once. A writer begins immediately and waits its turn;
a reader sees one state of the file for the length of its transaction and cannot write.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from news.errors import ArchiveError

Durability: TypeAlias = Literal["normal", "full"]

BUSY_SECONDS = 20
"""How long a writer waits for another process that holds the SQLite file."""
POOLED = 4
"""Connections of each kind that are kept open."""


def address(url: str) -> URL:
    """Return the archive's address with its driver; ArchiveError for what is neither engine."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ArchiveError(
            "[archive] url is not an address; write sqlite:///wirewatch.db or postgresql://…"
        ) from error
    match parsed.drivername:
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed
        case "sqlite":
            raise ArchiveError("an archive in memory would be lost; write sqlite:///wirewatch.db")
        case "postgresql" | "postgres" | "postgresql+psycopg":
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise ArchiveError(f"{other} cannot hold an archive; use sqlite or postgresql")


def sqlite_file(url: str) -> Path | None:
    """Return the path of an SQLite archive, None for PostgreSQL.

    It is absolute and without symbolic links: one file has one name, and one lock beside it.
    """
    parsed = address(url)
    if parsed.drivername != "sqlite":
        return None
    return Path(parsed.database or "").resolve()


def writer_engine(
    url: str, *, durability: Durability = "normal", create: bool = False, size: int = POOLED
) -> Engine:
    """Return an engine whose transactions write; an SQLite file is made only if `create`."""
    file = sqlite_file(url)
    if file is None:
        return _postgresql(url, size=size, read_only=False)
    mode: Literal["rw", "rwc"] = "rwc" if create else "rw"
    engine = _sqlite(_opener(file, mode), size=1)
    _on_connect(engine, ["PRAGMA foreign_keys=ON", f"PRAGMA synchronous={durability.upper()}"])
    _on_begin(engine, "BEGIN IMMEDIATE")
    return engine


def reader_engine(url: str, *, size: int = POOLED) -> Engine:
    """Return an engine whose transactions only read."""
    file = sqlite_file(url)
    if file is None:
        return _postgresql(url, size=size, read_only=True)
    engine = _sqlite(_opener(file, "rw"), size=size)
    _on_connect(engine, ["PRAGMA query_only=ON"])
    _on_begin(engine, "BEGIN")
    return engine


def looking_engine(url: str) -> Engine:
    """Return an engine that only looks, and leaves even an SQLite file's settings as they are."""
    file = sqlite_file(url)
    if file is None:
        return _postgresql(url, size=1, read_only=True)
    engine = _sqlite(_opener(file, "ro"), size=1)
    _on_begin(engine, "BEGIN")
    return engine


def _opener(file: Path, mode: str) -> Callable[[], sqlite3.Connection]:
    address_of_file = f"{file.as_uri()}?mode={mode}"

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address_of_file,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        if mode != "ro":
            connection.execute("PRAGMA journal_mode=WAL")
        return connection

    return opened


def _sqlite(opener: Callable[[], sqlite3.Connection], *, size: int) -> Engine:
    return create_engine(
        "sqlite://",
        creator=opener,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,  # channel secrets are among them, and an error's text may be logged
    )


def _postgresql(url: str, *, size: int, read_only: bool) -> Engine:
    options = "-c timezone=UTC"
    if read_only:
        # As on SQLite, a reader sees one state, however many statements it takes.
        options += " -c default_transaction_read_only=on"
        options += r" -c default_transaction_isolation=repeatable\ read"
    return create_engine(
        address(url),
        connect_args={"options": options, "connect_timeout": 10, "application_name": "wirewatch"},
        pool_size=size,
        max_overflow=0,
        # A server that was started anew must not fail each pooled connection once. About 50 µs.
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _on_connect(engine: Engine, pragmas: list[str]) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        for pragma in pragmas:
            connection.execute(pragma)


def _on_begin(engine: Engine, words: str) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Straight to the driver: this is paid for by every transaction.
        driver: Any = connection.connection.driver_connection
        driver.execute(words)
