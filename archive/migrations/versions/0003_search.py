"""The search index, in each engine's own words."""

from alembic import op

_CREATE = {
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

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for statement in _CREATE[op.get_bind().dialect.name]:
        op.execute(statement)
