"""Rows of the index that may hold a query, newest first, and which of them do for certain."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from sqlalchemy import Connection

from archive.search import fts5, tsquery
from news.query.tree import Node

PROBE = 3_000
"""Rows up to which PostgreSQL's index is asked for all of them; beyond, it walks back by id."""


@dataclass(frozen=True, slots=True)
class Range:
    """Article ids from `first` on, and below `end`."""

    first: int
    end: int


Candidates: TypeAlias = list[tuple[int, bool]]
"""Article ids, newest first; True where the row certainly holds."""


class Index(Protocol):
    """One query, as one engine understands it."""

    def page(self, conn: Connection, within: Range, most: int) -> Candidates:
        """Return the newest `most` rows within a range that may hold the query."""
        ...


def index_of(conn: Connection, root: Node) -> Index:
    """Plan a query for the engine that `conn` speaks to."""
    return SqliteIndex(root) if conn.dialect.name == "sqlite" else PostgresqlIndex(root)


def whole_index_of(conn: Connection, root: Node) -> Index:
    """Plan a query of which every row of a range is wanted, and not the newest few."""
    return SqliteIndex(root) if conn.dialect.name == "sqlite" else PostgresqlWhole(root)


class SqliteIndex:
    """Asks FTS5, which walks its rows backward by itself."""

    def __init__(self, root: Node, *, deepest: int = fts5.DEEPEST) -> None:
        bounds = fts5.bounds(root, deepest=deepest)
        self._upper = fts5.expression(bounds.upper)
        self._lower = fts5.expression(bounds.lower)

    def page(self, conn: Connection, within: Range, most: int) -> Candidates:
        """See `Index`."""
        ids = self._held(conn, self._upper, within, most)
        if not ids or self._lower == self._upper:
            return [(each, True) for each in ids]
        certain = set(self._held(conn, self._lower, Range(ids[-1], ids[0] + 1), most))
        return [(each, each in certain) for each in ids]

    def _held(self, conn: Connection, words: str | None, within: Range, most: int) -> list[int]:
        if words is None:
            return []
        found = conn.exec_driver_sql(
            "SELECT rowid FROM article_index WHERE article_index MATCH ?"
            " AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            (words, within.first, within.end, most),
        )
        return [article for (article,) in found]


class PostgresqlIndex:
    """Asks tsvectors: first a probe without an order, since the planner misjudges rare words."""

    def __init__(self, root: Node, *, deepest: int = tsquery.DEEPEST, probe: int = PROBE) -> None:
        bounds = tsquery.bounds(root, deepest=deepest)
        self.upper = tsquery.expression(bounds.upper)
        self._lower = tsquery.expression(bounds.lower)
        self._probe = probe

    def page(self, conn: Connection, within: Range, most: int) -> Candidates:
        """See `Index`."""
        conn.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")
        if self.upper is None:
            return self.walked_back(conn, within, most)
        found = conn.exec_driver_sql(
            "SELECT article FROM article_index WHERE vector @@ %s::tsquery"
            " AND article >= %s AND article < %s LIMIT %s",
            (self.upper, within.first, within.end, self._probe + 1),
        )
        ids = sorted((article for (article,) in found), reverse=True)
        if len(ids) > self._probe:
            return self.walked_back(conn, within, most)
        certain = self.certain(conn, ids[:most])
        return [(each, each in certain) for each in ids[:most]]

    def walked_back(self, conn: Connection, within: Range, most: int) -> Candidates:
        """Go from the newest row back, and look at each."""
        found = conn.exec_driver_sql(
            "SELECT article, COALESCE(vector @@ %s::tsquery, FALSE) FROM article_index"
            " WHERE COALESCE(vector @@ %s::tsquery, TRUE) AND article >= %s AND article < %s"
            " ORDER BY article DESC LIMIT %s",
            (self._lower, self.upper, within.first, within.end, most),
        )
        return [(article, certain) for article, certain in found]

    def certain(self, conn: Connection, ids: list[int]) -> set[int]:
        """Return those of `ids` that hold beyond doubt."""
        if self._lower is None or not ids:
            return set()
        found = conn.exec_driver_sql(
            "SELECT article FROM article_index WHERE article = ANY(%s) AND vector @@ %s::tsquery",
            (ids, self._lower),
        )
        return {article for (article,) in found}


class PostgresqlWhole:
    """Asks for all rows of a range by the index of words alone.

    Left to itself, the planner reads every vector of a range instead: it counts rows, and does not
    know that most vectors lie aside and are long. So it is kept from that, and the range is hidden.
    """

    def __init__(self, root: Node) -> None:
        self._index = PostgresqlIndex(root)

    def page(self, conn: Connection, within: Range, most: int) -> Candidates:
        """See `Index`."""
        if self._index.upper is None:
            return self._index.walked_back(conn, within, most)
        conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
        found = conn.exec_driver_sql(
            "SELECT article FROM article_index WHERE vector @@ %s::tsquery"
            " AND article + 0 >= %s AND article + 0 < %s",
            (self._index.upper, within.first, within.end),
        )
        ids = sorted((article for (article,) in found), reverse=True)[:most]
        conn.exec_driver_sql("SET LOCAL enable_seqscan = on")
        certain = self._index.certain(conn, ids)
        return [(each, each in certain) for each in ids]
