"""What is known of looking at an article's page again: when it was last, and when it is next."""

from dataclasses import dataclass
from datetime import datetime

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


def of(conn: Connection, article: int) -> Looks:
    """Return what is known of the looks at an article's page since it was first read."""
    (taken,) = _TAKEN.rows(conn, {"of_article": article})
    waits = _WAITS.row(conn, {"of_article": article})
    return Looks(count=taken["count"], last=taken["last"], next=waits and waits["due_at"])


def is_watched(conn: Connection, article: int) -> bool:
    """Tell whether a watch holds, or held, for an article."""
    return _MATCHED.row(conn, {"of_article": article}) is not None


WATCHED = exists().where(matches.c.article == revisits.c.article).correlate(revisits)
"""Holds for a look at what a watch holds, or held, for."""

_TAKEN = Prepared(
    select(
        func.coalesce(func.sum(entries.c.revisits), 0).label("count"),
        func.max(entries.c.looked_at).label("last"),
    ).where(entries.c.article == bindparam("of_article"))
)
_WAITS = Prepared(
    select(revisits.c.due_at).where(revisits.c.article == bindparam("of_article")).limit(1)
)
_MATCHED = Prepared(
    select(matches.c.watch).where(matches.c.article == bindparam("of_article")).limit(1)
)
