"""What the search index is made of, per dialect: the statements that create it, and its literals.

Tokens come from news/text.py alone; neither engine's own parser ever sees a text. SQLite keeps no
copy of the tokens (`content=''`), so removing a row feeds the same tokens again: a change of the
analyzer needs a new index. PostgreSQL keeps tsvectors that we build ourselves.
"""

from typing import Literal, TypeAlias

Dialect: TypeAlias = Literal["sqlite", "postgresql"]

EVERY_ROW = "\ue000"
"""Stands in the column `flag` of every SQLite row: FTS5 has no unary NOT and no word for "all"."""

OPAQUE = "\ue001"
"""The only lexeme of a PostgreSQL row whose text is too large to index; such rows are verified."""

CREATE: dict[Dialect, tuple[str, ...]] = {
    "sqlite": (
        (
            "CREATE VIRTUAL TABLE article_index USING fts5("
            "title, body, flag, content='', tokenize='ascii', columnsize=0)"
        ),
        "CREATE VIRTUAL TABLE article_terms USING fts5vocab(article_index, row)",
    ),
    "postgresql": (
        (
            "CREATE TABLE article_index ("
            "article BIGINT PRIMARY KEY REFERENCES articles(id), vector TSVECTOR NOT NULL)"
        ),
        "CREATE INDEX article_index_vector ON article_index USING gin (vector)",
    ),
}
"""The rowid of SQLite's `article_index` is the article's id; `article_terms` shows its words."""

DROP: dict[Dialect, tuple[str, ...]] = {
    "sqlite": ("DROP TABLE IF EXISTS article_terms", "DROP TABLE IF EXISTS article_index"),
    "postgresql": ("DROP TABLE IF EXISTS article_index",),
}
