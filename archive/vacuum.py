"""Giving room back to the disk: SQLite's file shrinks only when it is written anew."""

import sqlite3
from contextlib import closing

from archive.database import Database, in_words
from archive.engines import BUSY_SECONDS, sqlite_file
from news.errors import UsageError


def refuse_unless_useful(database: Database) -> None:
    """Raise UsageError where the engine needs no such thing."""
    if database.dialect == "postgresql":
        raise UsageError("PostgreSQL gives room back by itself (autovacuum); leave --vacuum out.")


def shrink(url: str) -> None:
    """Write an SQLite file anew without its free pages; only for who holds its lock.

    It needs as much free room on the disk as the archive takes, and nobody writes meanwhile.
    """
    file = sqlite_file(url)
    if file is None:
        return
    try:
        address = f"{file.as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as connection:
            connection.execute("INSERT INTO article_index (article_index) VALUES ('optimize')")
            connection.commit()
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise in_words(error) from error
