"""Revisions: what an article said before each of its changes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from archive import articles as kept_articles
from archive.prepared import Prepared
from archive.schema_likeness import revisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The change that made number `n` + 1 of number `n`, at `at` (UTC).

    `change` is "title", "text", "all" or "details"; by `size` characters the body grew or shrank.
    """

    n: int
    at: datetime
    change: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an article said at one time."""

    title: str
    body: str


def of(conn: Connection, article: int) -> list[Revision]:
    """Return the changes of an article, oldest first."""
    return [Revision(**row) for row in _OF.rows(conn, {"of_article": article})]


def wording(conn: Connection, article: int, n: int) -> Wording | None:
    """Return revision `n`; the last number is how it reads now. None if it is not kept."""
    row = _WORDING.row(conn, {"of_article": article, "number": n})
    reading = kept_articles.reading_of(conn, article)
    if row is not None:
        pruned = reading is None and not row["body"]
        return None if pruned else Wording(title=row["title"], body=row["body"])
    now = kept_articles.get(conn, article)
    if now is None or reading is None or now.revision != n:
        return None
    return Wording(title=reading.title, body=reading.body)


_OF_ARTICLE = revisions.c.article == bindparam("of_article")
_OF = Prepared(
    select(revisions.c.n, revisions.c.at, revisions.c.change, revisions.c.size)
    .where(_OF_ARTICLE)
    .order_by(revisions.c.n)
)
_WORDING = Prepared(
    select(revisions.c.title, revisions.c.body).where(
        _OF_ARTICLE, revisions.c.n == bindparam("number")
    )
)
