"""All articles of a period that a query finds, window by window, so that progress can be told."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, func, select

from archive.schema import articles
from archive.search.candidates import Range, whole_index_of
from archive.search.find import first_since, found_by
from news.query.tree import Query

At: TypeAlias = Callable[[int, int], None]
"""Takes how many articles were looked at, and how many there are to look at."""

FIRST_WINDOW, LARGEST_WINDOW = 2_000, 20_000
"""Ids that are looked at in one go. Each window asks the index once, so they grow; what it cannot
vouch for is read one by one, so they do not grow without end."""


def nobody(done: int, total: int) -> None:
    """Take progress, and tell nobody."""


def found_since(conn: Connection, query: Query, *, since: datetime, at: At = nobody) -> list[int]:
    """Return the ids of all articles that entered the archive from `since` on, newest first."""
    index = whole_index_of(conn, query.root)
    first, end = max(1, first_since(conn, since)), _end(conn)
    total, window = end - first, FIRST_WINDOW
    found: list[int] = []
    while end > first:
        begin = max(first, end - window)
        found += found_by(conn, index, query, within=Range(begin, end), limit=end - begin)
        end, window = begin, min(2 * window, LARGEST_WINDOW)
        at(total - (end - first), total)
    return found


def _end(conn: Connection) -> int:
    return (conn.scalar(select(func.max(articles.c.id))) or 0) + 1
