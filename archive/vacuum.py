"""What SQLite's file keeps of what was deleted: room, until it is written anew, and words.

A word that was erased stays in the older parts of the search index until these are merged, and in
the log until its pages are written into the file.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing

from archive.database import Database, in_words
from archive.engines import BUSY_SECONDS, sqlite_file
from news.errors import UsageError

STEP = 500
"""Pages of the index that a step writes, in 80 ms; that of 20,000 articles took 22 steps, 1.1 s."""


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


def unlink_words(url: str, *, between: Callable[[], None]) -> bool:
    """Take erased words out of an SQLite file's index, and out of its log.

    `between` is called after each step of a merge, while others may write. False if somebody who
    reads kept the log from being emptied. Pages that were free before, `shrink` alone empties.
    """
    file = sqlite_file(url)
    if file is None:
        return True
    try:
        address = f"{file.as_uri()}?mode=rw"
        with closing(
            sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        ) as connection:
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON")
            pages = -STEP  # below zero: all parts of the index are to be merged into one
            while _merges(connection, pages):
                between()
                pages = STEP
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    except sqlite3.Error as error:
        raise in_words(error) from error


def _merges(connection: sqlite3.Connection, pages: int) -> bool:
    """Do a step of merging the index; False when nothing is left to be done."""
    before = connection.total_changes
    merge = "INSERT INTO article_index (article_index, rank) VALUES ('merge', ?)"
    connection.execute(merge, (pages,))
    return connection.total_changes - before > 1
