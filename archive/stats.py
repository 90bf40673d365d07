"""How much there is, for the banner of `run` and for `db stats`."""

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Numbers of what is kept; `size` is in bytes, of the whole archive."""

    sources: int
    watches: int
    channels: int
    articles: int
    entries_waiting: int
    deliveries_waiting: int
    size: int


def count(conn: Connection) -> Stats:
    """Count what is kept."""
    raise NotImplementedError
