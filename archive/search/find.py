"""Search: the articles for which a query holds, newest first, exactly those that matching accepts.

The index names candidates; those that it cannot vouch for are read and asked the same question that
an arriving article is asked.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from archive.schema import articles, texts
from archive.search.candidates import Index, Range, index_of
from news.query.evaluate import Check, compiled
from news.query.tree import Query
from news.text import analyze

LARGEST_PAGE = 1_000
"""Candidates that are looked at in one go."""


def find(
    conn: Connection,
    query: Query,
    *,
    since: datetime | None = None,
    limit: int = 50,
    before_id: int | None = None,
) -> list[int]:
    """Return the ids of at most `limit` articles, newest first.

    `since` is compared with when an article entered the archive (aware); `before_id` goes on
    below the last id of an earlier answer.
    """
    first = 0 if since is None else first_since(conn, since)
    end = _LAST_ID if before_id is None else before_id
    return found_by(conn, index_of(conn, query.root), query, within=Range(first, end), limit=limit)


def found_by(
    conn: Connection, index: Index, query: Query, *, within: Range, limit: int
) -> list[int]:
    """Return what `index` finds within a range of ids, verified where it is not certain."""
    holds = compiled(query)
    found: list[int] = []
    most = limit
    while len(found) < limit:
        page = index.page(conn, within, most)
        doubtful = [article for article, certain in page if not certain]
        verified = _verified(conn, holds, doubtful)
        found += [article for article, certain in page if certain or article in verified]
        if len(page) < most:
            break
        within = Range(within.first, page[-1][0])
        most = min(2 * most, LARGEST_PAGE)
    return found[:limit]


def first_since(conn: Connection, since: datetime) -> int:
    """Return the first id owed at `since` or later.

    It is found by halving: ids run in the order of `owed_at`, which has no index.
    """
    low, high = 0, (conn.scalar(select(func.max(articles.c.id))) or 0) + 1
    while low < high:
        middle = (low + high) // 2
        row = conn.execute(_NEXT, {"id": middle}).first()
        if row is None or row.owed_at >= since:
            high = middle
        else:
            low = row.id + 1
    return low


_LAST_ID = 2**63 - 1
_AT_ONCE = 100
"""Texts that are read together."""

_TEXTS = (
    select(articles.c.id, articles.c.title, texts.c.lead, texts.c.body)
    .join(texts, texts.c.article == articles.c.id)
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
)
_NEXT = (
    select(articles.c.id, articles.c.owed_at)
    .where(articles.c.id >= bindparam("id"))
    .order_by(articles.c.id)
    .limit(1)
)


def _verified(conn: Connection, holds: Check, ids: Collection[int]) -> set[int]:
    """Return those of `ids` whose kept text satisfies the query."""
    found: set[int] = set()
    ordered = sorted(ids)
    for at in range(0, len(ordered), _AT_ONCE):
        rows = conn.execute(_TEXTS, {"ids": ordered[at : at + _AT_ONCE]})
        found |= {row.id for row in rows if holds(analyze(row.title, row.body, row.lead))}
    return found
