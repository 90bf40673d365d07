"""By which words a forgotten article is known when it is told again, at an address nobody barred.

An aggregator tells it under its title, and a publisher may show it at a new address. Only digests
are kept. A title bars for the hours of one piece, or the next of a column would be barred as well;
a text bars for good, unless it is what its publisher shows in the place of others, too.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select, update

from archive import article_rows
from archive.addresses import address_hash
from archive.articles import NewArticle
from archive.columns import digest
from archive.prepared import Prepared, Values
from archive.schema import articles
from archive.schema_likeness import forgotten
from news.article import FORGOTTEN, Read
from news.piece_time import Moment


def keep(conn: Connection, article: int, urls: Sequence[str]) -> None:
    """Keep by what `article` is known with its barred addresses, before its words are erased."""
    row = article_rows.BY_ID.row(conn, {"of_article": article})
    if row is None or row["note"] == FORGOTTEN:
        return
    known = {"article": article, "named": row["named"], "worded": _worded(conn, row)}
    conn.execute(_KEEP.values(known), {"many": [address_hash(url) for url in urls]})


def barring(conn: Connection, new: NewArticle) -> Values | None:
    """Return the row of `forgotten` whose article `new` is by its words, None if it is no such."""
    worded = _digest(new.publisher, new.text_hash)
    rows = _BARRING.rows(conn, {"of_name": new.named, "of_words": worded})
    told = Moment.of(new.reading.published, new.first_seen_at)
    for row in rows:
        then = Moment.of(row["published_at"], row["first_seen_at"])
        if row["worded"] == worded or told.apart(then) is not None:
            return row
    return None


def let_go(conn: Connection, article: int | None) -> None:
    """Let the words of an article come back, which is allowed at one of its addresses."""
    if article is not None:
        conn.execute(_LET_GO, {"of_article": article})


def _worded(conn: Connection, row: Values) -> bytes | None:
    """Return the digest of a text that tells this article of its publisher from the others."""
    text_hash: bytes | None = row["copy_hash"]
    if text_hash is None or row["paywalled"] or row["read"] != Read.FULL:
        return None
    equal = article_rows.COPIES.rows(conn, {"of_text": text_hash})
    if any(one["domain"] == row["domain"] and one["id"] != row["id"] for one in equal):
        return None
    return _digest(row["domain"], text_hash)


def _digest(publisher: str, text_hash: bytes) -> bytes:
    return digest(f"{publisher} {text_hash.hex()}")


_MANY: Any = bindparam("many", expanding=True)
_KEEP = update(forgotten).where(forgotten.c.url_hash.in_(_MANY))
_LET_GO = (
    update(forgotten)
    .where(forgotten.c.article == bindparam("of_article"))
    .values(named=None, worded=None)
)
_BARRING = Prepared(
    select(forgotten, articles.c.published_at, articles.c.first_seen_at)
    .select_from(forgotten.join(articles))
    .where(
        or_(
            forgotten.c.named == bindparam("of_name"),
            forgotten.c.worded == bindparam("of_words"),
        )
    )
    .order_by(forgotten.c.id)
)
