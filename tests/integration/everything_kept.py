"""Where a word stands in an archive: in which columns of which tables, whatever they hold."""

from sqlalchemy import select

from archive.columns import metadata
from archive.database import Database


def places_of(archive: Database, word: str) -> set[str]:
    """Return `table.column` for each column in which `word` stands, in any case."""
    found = set()
    with archive.reading() as conn:
        for table in metadata.sorted_tables:
            for row in conn.execute(select(table)).mappings():
                found |= {
                    f"{table.name}.{name}" for name, value in row.items() if _holds(value, word)
                }
    return found


def _holds(value: object, word: str) -> bool:
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return word.casefold() in text.casefold()
