"""What the search index holds of an article: its tokens, in the same transaction as its texts."""

from sqlalchemy import Connection

from archive.search import fts5, tsquery
from news.text import Analyzed


def add(
    conn: Connection,
    article_id: int,
    analyzed: Analyzed,
    *,
    limits: tsquery.Limits = tsquery.LIMITS,
) -> None:
    """Index an article that is not indexed; a revision is removed with its old texts first."""
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(
            "INSERT INTO article_index (rowid, title, body, flag) VALUES (?, ?, ?, ?)",
            (article_id, *fts5.row(analyzed)),
        )
    else:
        conn.exec_driver_sql(
            "INSERT INTO article_index (article, vector) VALUES (%s, %s::tsvector)",
            (article_id, tsquery.vector(analyzed, limits)),
        )


def remove(conn: Connection, article_id: int, analyzed: Analyzed) -> None:
    """Take an article out; `analyzed` must be exactly what it was added with."""
    if conn.dialect.name == "sqlite":  # keeps no tokens, so it is told them once more
        conn.exec_driver_sql(
            "INSERT INTO article_index (article_index, rowid, title, body, flag)"
            " VALUES ('delete', ?, ?, ?, ?)",
            (article_id, *fts5.row(analyzed)),
        )
    else:
        conn.exec_driver_sql("DELETE FROM article_index WHERE article = %s", (article_id,))
