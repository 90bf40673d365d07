"""The trail: what was decided about an entry and its article, line by line."""

from collections.abc import Sequence

from sqlalchemy import Connection

from news.trail import TrailLine


def write(conn: Connection, lines: Sequence[TrailLine]) -> None:
    """Keep `lines`."""
    raise NotImplementedError


def of_article(conn: Connection, article: int) -> list[TrailLine]:
    """Return the trail of an article and of the entries that told it, oldest first."""
    raise NotImplementedError


def of_entry(conn: Connection, entry: int) -> list[TrailLine]:
    """Return the trail of an entry, oldest first."""
    raise NotImplementedError
