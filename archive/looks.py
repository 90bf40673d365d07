"""What is known of looking at an article's page again: when it was last, and when it is next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select

from archive.prepared import Prepared
from archive.schema import entries
from archive.schema_revisits import revisits
from archive.schema_telling import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How often a page was looked at again, when last, and when next (UTC), if it is."""

    count: int = 0
    last: datetime | None = None
    next: datetime | None = None


NONE = Looks()


def of(conn: Connection, articles: Collection[int]) -> dict[int, Looks]:
    """Return what is known of the looks at articles' pages since they were first read."""
    waits = {row.article: row.due_at for row in conn.execute(_WAITS, {"ids": articles})}
    return {
        row.article: Looks(count=row.looks, last=row.last, next=waits.get(row.article))
        for row in conn.execute(_TAKEN, {"ids": articles})
    }


def is_watched(conn: Connection, article: int) -> bool:
    """Tell whether a watch holds, or held, for an article."""
    return _MATCHED.row(conn, {"of_article": article}) is not None


WATCHED = exists().where(matches.c.article == revisits.c.article).correlate(revisits)
"""Holds for a look at what a watch holds, or held, for."""

_IDS: Any = bindparam("ids", expanding=True)
_TAKEN = (
    select(
        entries.c.article,
        func.sum(entries.c.revisits).label("looks"),
        func.max(entries.c.looked_at).label("last"),
    )
    .where(entries.c.article.in_(_IDS))
    .group_by(entries.c.article)
)
_WAITS = select(revisits.c.article, revisits.c.due_at).where(revisits.c.article.in_(_IDS))
_MATCHED = Prepared(
    select(matches.c.watch).where(matches.c.article == bindparam("of_article")).limit(1)
)
