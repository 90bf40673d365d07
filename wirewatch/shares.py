"""Which part of a query brings how many articles: what to narrow where a watch is too loud."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive.database import Transaction
from archive.search.period import found_since
from news.query.printing import printed
from news.query.tree import And, Node, Or, Query, all_of

MOST_PARTS = 12
"""Beyond so many alternatives, none of them says much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One alternative of a query: the articles that it brings, and those that no other does."""

    term: str
    articles: int
    alone: int


def shares(
    conn: Transaction, query: Query, *, since: datetime, found: Sequence[int]
) -> tuple[Share, ...]:
    """Return what each alternative of `query` brings of `found`, the greatest first.

    There are none where the query has no OR at its top, or in one of the parts that all must hold.
    """
    if not found:
        return ()
    brought = {
        part: found_since(conn, replace(query, root=root), since=since)
        for part, root in _alternatives(query.root)
    }
    many = Counter(article for ids in brought.values() for article in ids)
    told = [
        Share(
            term=printed(part),
            articles=len(ids),
            alone=sum(1 for article in ids if many[article] == 1),
        )
        for part, ids in brought.items()
    ]
    return tuple(sorted(told, key=lambda share: -share.articles))


def _alternatives(root: Node) -> list[tuple[Node, Node]]:
    """Return each alternative, and the query with it in place of all of them."""
    parts = root.parts if isinstance(root, And) else (root,)
    choice = max((part for part in parts if isinstance(part, Or)), key=_width, default=None)
    if choice is None or _width(choice) > MOST_PARTS:
        return []
    others = [part for part in parts if part is not choice]
    return [(part, all_of([*others, part])) for part in choice.parts]


def _width(choice: Or) -> int:
    return len(choice.parts)
