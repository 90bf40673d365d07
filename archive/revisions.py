"""Revisions: what an article said before each of its changes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from archive import articles as kept_articles
from archive.prepared import Prepared
from archive.schema_likeness import revisions
from news.revision import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The change that made number `n` + 1 of number `n`, at `at` (UTC).

    `change` is its main kind, as news/revision.py names it, `kinds` are all of them (in archives of
    before: "title", "text", "all" or "details", and none). By `size` characters the body grew or
    shrank, and `words` are gone or new.
    """

    n: int
    at: datetime
    change: str
    size: int
    kinds: tuple[str, ...] = ()
    words: int = 0


def of(conn: Connection, article: int) -> list[Revision]:
    """Return the changes of an article, oldest first."""
    rows = _OF.rows(conn, {"of_article": article})
    return [Revision(**{**row, "kinds": tuple(row["kinds"])}) for row in rows]


def wording(conn: Connection, article: int, n: int) -> Wording | None:
    """Return revision `n`; the last number is how it reads now. None if it is not kept."""
    row = _WORDING.row(conn, {"of_article": article, "number": n})
    reading = kept_articles.reading_of(conn, article)
    if row is not None:
        pruned = reading is None and not row["body"]
        return None if pruned else Wording(**row)
    now = kept_articles.get(conn, article)
    if now is None or reading is None or now.revision != n:
        return None
    return Wording(title=reading.title, lead=reading.lead, body=reading.body)


_OF_ARTICLE = revisions.c.article == bindparam("of_article")
_OF = Prepared(
    select(
        revisions.c.n,
        revisions.c.at,
        revisions.c.change,
        revisions.c.size,
        revisions.c.kinds,
        revisions.c.words,
    )
    .where(_OF_ARTICLE)
    .order_by(revisions.c.n)
)
_WORDING = Prepared(
    select(revisions.c.title, revisions.c.lead, revisions.c.body).where(
        _OF_ARTICLE, revisions.c.n == bindparam("number")
    )
)
