"""A query as this archive reads it: with the aliases that it keeps."""

from archive import aliases
from archive.database import Transaction
from news.query.fault import Fault
from news.query.parse import parse
from news.query.tree import Query


def query_of(conn: Transaction, text: str) -> Query | Fault:
    """Read `text`; a fault is returned, never raised."""
    return parse(text, aliases.listing(conn))
