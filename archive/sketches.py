"""Sketches: of the newest articles whose words are their own, for finding those of the next.

What was recognised as a copy adds none: its words are its original's, so whatever repeats them is
told to be a copy of that one, and a text that a hundred outlets carry is kept once. A digest that
stands in many articles all the same is a phrase that everyone uses, or what a publisher puts under
each of its articles, and tells nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text

from archive.prepared import Prepared
from archive.schema import articles
from archive.schema_likeness import sketches
from news.likeness import FEWEST, Sketch

WINDOW = timedelta(days=14)
"""How long a text is remembered: what repeats an older one is news again."""

COMMON = 32
"""In more articles than these a digest tells nothing."""

LOOKED_AT = 8
"""So many candidates, those that share most, are looked at more closely."""

PRUNED_AT_ONCE = 500
"""Articles whose sketches are removed in one transaction."""


def keep(conn: Connection, article: int, sketch: Sketch) -> None:
    """Keep the sketch of an article that has none."""
    if sketch.digests:
        _KEEP.run_many(conn, [{"hash": one, "article": article} for one in sketch.digests])


def replace(conn: Connection, article: int, sketch: Sketch) -> None:
    """Keep `sketch` in place of the one that an article has, if it has one."""
    if of(conn, article) != sketch:
        _REMOVE.run(conn, {"of_article": article})
        keep(conn, article, sketch)


def of(conn: Connection, article: int) -> Sketch:
    """Return the sketch of an article; an empty one if it has none."""
    rows = _OF.rows(conn, {"of_article": article})
    return Sketch(tuple(row["hash"] for row in rows))


def near(conn: Connection, sketch: Sketch) -> tuple[dict[int, Sketch], set[int]]:
    """Return the sketches, by article, that share most with `sketch`, and its common digests."""
    holders: dict[int, int] = {}
    common: set[int] = set()
    for digest, holding in _holders(conn, sketch.digests).items():
        if len(holding) > COMMON:
            common.add(digest)
            continue
        for article in holding:
            holders[article] = holders.get(article, 0) + 1
    found = [article for article, many in holders.items() if many >= FEWEST]
    most = sorted(found, key=lambda article: (-holders[article], article))[:LOOKED_AT]
    return {article: of(conn, article) for article in most}, common


def remove(conn: Connection, many: Sequence[int]) -> None:
    """Remove the sketches of these articles."""
    conn.execute(delete(sketches).where(sketches.c.article.in_(many)))


def prune(conn: Connection, *, now: datetime, limit: int = PRUNED_AT_ONCE) -> int:
    """Remove the oldest sketches that lie before the window; of how many articles, 0 at the end."""
    rows = conn.execute(_OLDEST, {"limit": limit})
    old = [row.id for row in takewhile(lambda row: row.owed_at < now - WINDOW, rows)]
    if old:
        conn.execute(delete(sketches).where(sketches.c.article.between(old[0], old[-1])))
    return len(old)


def _holders(conn: Connection, digests: Sequence[int]) -> dict[int, list[int]]:
    """Return in which articles each digest stands, of one that stands in many a part of them."""
    found: dict[int, list[int]] = {}
    if conn.dialect.name == "sqlite":  # where a statement is a call, and nothing else bounds each
        for digest in digests:
            if rows := _HOLDERS.rows(conn, {"of_hash": digest, "limit": COMMON + 1}):
                found[digest] = [row["article"] for row in rows]
        return found
    asked: dict[str, Any] = {"digests": list(digests), "limit": COMMON + 1}
    for row in conn.execute(_ALL_HOLDERS, asked):
        found.setdefault(row.hash, []).append(row.article)
    return found


_HOLDERS = Prepared(
    select(sketches.c.article)
    .where(sketches.c.hash == bindparam("of_hash"))
    .order_by(sketches.c.article)
    .limit(bindparam("limit"))
)
_ALL_HOLDERS = text(
    "SELECT asked.hash, held.article FROM unnest(CAST(:digests AS bigint[])) AS asked(hash),"
    " LATERAL (SELECT article FROM sketches WHERE sketches.hash = asked.hash"
    " ORDER BY article LIMIT :limit) AS held"
)
_FIRST = (
    select(sketches.c.article).distinct().order_by(sketches.c.article).limit(bindparam("limit"))
)
_OLDEST = (
    select(articles.c.id, articles.c.owed_at)
    .where(articles.c.id.in_(_FIRST))
    .order_by(articles.c.id)
)
_KEEP = Prepared(insert(sketches))
_REMOVE = Prepared(delete(sketches).where(sketches.c.article == bindparam("of_article")))
_OF = Prepared(
    select(sketches.c.hash)
    .where(sketches.c.article == bindparam("of_article"))
    .order_by(sketches.c.hash)
)
