"""What alembic runs: the migrations, on the connection and in the transaction it is handed."""

from alembic import context

from archive import schema, schema_telling  # noqa: F401 - they fill the metadata
from archive.columns import metadata


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the search index, which archive/search/ddl.py states in each engine's own words."""
    return kind != "table" or not (name or "").startswith(("article_index", "article_terms"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=include_name,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
