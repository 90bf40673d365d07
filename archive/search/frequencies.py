"""How common words are in the archive: what the presearch of watches chooses its anchors by."""

from sqlalchemy import Connection


class Frequencies:
    """In how many articles each token occurs: counted on SQLite, sampled on PostgreSQL.

    It is used within the transaction of `conn` and remembers what it was told.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._known: dict[str, int] = {}
        self._sampled = conn.dialect.name == "postgresql"
        if self._sampled:
            self._known = _sample(conn)

    def of(self, term: str) -> int:
        """Tell in about how many articles the token `term` occurs; 0 where nothing is known."""
        if term not in self._known:
            self._known[term] = 0 if self._sampled else self._counted(term)
        return self._known[term]

    def _counted(self, term: str) -> int:
        found = self._conn.exec_driver_sql("SELECT doc FROM article_terms WHERE term = ?", (term,))
        return found.scalar() or 0


def _sample(conn: Connection) -> dict[str, int]:
    """Read what PostgreSQL's own statistics say of the most common words; the rest are rare."""
    found = conn.exec_driver_sql(
        "SELECT word, share * GREATEST(reltuples, 0) FROM pg_class, pg_stats,"
        " unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common(word, share)"
        " WHERE pg_class.oid = 'article_index'::regclass AND schemaname = current_schema()"
        " AND tablename = 'article_index' AND attname = 'vector' AND word IS NOT NULL"
    )
    return {word: round(articles) for word, articles in found}
