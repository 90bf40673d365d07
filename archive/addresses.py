"""By what an article is known at its addresses: a digest of the key that they all share.

`articles.url` stays an address that was seen, for opening; `articles.url_hash` is for knowing it
again, however it is spelt then.
"""

from sqlalchemy import Connection, text

from archive.columns import digest
from news.article_key import article_key

_AT_ONCE = 5_000
_APART = {
    "sqlite": "UPDATE articles SET url_hash = CAST(CAST(id AS TEXT) AS BLOB)",
    "postgresql": "UPDATE articles SET url_hash = convert_to(CAST(id AS TEXT), 'UTF8')",
}
_NEXT = "SELECT id, url FROM articles WHERE id > :after ORDER BY id LIMIT :limit"
_RESPELL = (
    "UPDATE articles SET url_hash = :hash WHERE id = :number"
    " AND NOT EXISTS (SELECT 1 FROM articles AS taken WHERE taken.url_hash = :hash)"
)


def address_hash(url: str) -> bytes:
    """Return by what an address is known in the archive.

    A fragment that was kept is part of it: it names an entry that has no address of its own.
    """
    place, mark, own = url.partition("#")
    return digest(f"{article_key(place)}{mark}{own}")


def give_way(conn: Connection, article: int) -> None:
    """Let another article have the address of this one, which stays, found by its number."""
    values = {"number": article, "hash": str(article).encode()}
    conn.execute(text("UPDATE articles SET url_hash = :hash WHERE id = :number"), values)


def respell(conn: Connection) -> None:
    """Know every article by the rules for addresses as they are now, for migrations.

    Where two articles are one by them, the first has the address from now on. The other one stays
    what it is, with all that was told of it, and is found by its number and by searching.
    """
    conn.execute(text(_APART[conn.dialect.name]))
    after = 0
    while rows := conn.execute(text(_NEXT), {"after": after, "limit": _AT_ONCE}).all():
        hashes = [{"number": number, "hash": address_hash(url)} for number, url in rows]
        conn.execute(text(_RESPELL), hashes)
        after = rows[-1][0]
