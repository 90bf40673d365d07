"""Which tables the metadata speaks for, as alembic asks it."""


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the search index, which archive/search/ddl.py states in each engine's own words."""
    return kind != "table" or not (name or "").startswith(("article_index", "article_terms"))
