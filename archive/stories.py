"""Stories: opened with their first article, grown by each further one, told in figures."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, distinct, func, insert, select, update

from archive.prepared import Prepared
from archive.schema import articles, publishers, stories
from news.article import FORGOTTEN
from news.story import Account, Story


def of(conn: Connection, story: int) -> Story:
    """Return a story with how many tell it and who was first.

    Publishers of one family count as one voice; one without a family is a voice of its own.
    """
    (row,) = _OF.rows(conn, {"of_story": story})
    (first,) = _FIRST.rows(conn, {"of_story": story})
    return Story(
        id=story,
        articles=row["articles"],
        publishers=row["publishers"],
        families=row["families"],
        first_publisher=first["name"],
        first_at=first["first_seen_at"],
    )


def accounts(conn: Connection, story: int, *, limit: int) -> list[Account]:
    """Return the first articles that tell a story, in the order in which they were seen.

    What was forgotten says nothing any more, and is passed over.
    """
    rows = _ACCOUNTS.rows(conn, {"of_story": story, "limit": limit, "gone": FORGOTTEN})
    return [
        Account(
            article=row["id"],
            publisher_name=row["name"],
            title=row["title"],
            url=row["url"],
            first_seen_at=row["first_seen_at"],
        )
        for row in rows
    ]


def opened(conn: Connection, *, at: datetime) -> int:
    """Open a story, and return its number."""
    number: int = _OPEN.value(conn, {"opened_at": at, "last_at": at})
    return number


def grown(conn: Connection, story: int, *, at: datetime) -> None:
    """Note that a further article tells a story."""
    _GROW.run(conn, {"of_story": story, "at": at})


def times(conn: Connection, story: int) -> tuple[datetime, datetime]:
    """Return when a story was opened and when it was last told."""
    row = conn.execute(_TIMES, {"of_story": story}).one()
    return row.opened_at, row.last_at


def dated(conn: Connection, story: int) -> None:
    """Take the times of a story from the articles that tell it by now."""
    conn.execute(_DATE, {"of_story": story})


_TELLING = articles.join(publishers)
_OF = Prepared(
    select(
        func.count().label("articles"),
        func.count(distinct(publishers.c.id)).label("publishers"),
        func.count(distinct(func.coalesce(publishers.c.family, publishers.c.domain))).label(
            "families"
        ),
    )
    .select_from(_TELLING)
    .where(articles.c.story == bindparam("of_story"))
)
_FIRST = Prepared(
    select(publishers.c.name, articles.c.first_seen_at)
    .select_from(_TELLING)
    .where(articles.c.story == bindparam("of_story"))
    .order_by(articles.c.first_seen_at, articles.c.id)
    .limit(1)
)
_ACCOUNTS = Prepared(
    select(
        articles.c.id,
        publishers.c.name,
        articles.c.title,
        articles.c.url,
        articles.c.first_seen_at,
    )
    .select_from(_TELLING)
    .where(articles.c.story == bindparam("of_story"), articles.c.note != bindparam("gone"))
    .order_by(articles.c.first_seen_at, articles.c.id)
    .limit(bindparam("limit"))
)
_OPEN = Prepared(insert(stories).returning(stories.c.id))
_GROW = Prepared(
    update(stories).where(stories.c.id == bindparam("of_story")).values(last_at=bindparam("at"))
)
_OWED = select(
    func.min(articles.c.owed_at).label("first"), func.max(articles.c.owed_at).label("last")
)
_OWED_AT = _OWED.where(articles.c.story == bindparam("of_story")).subquery()
_DATE = (
    update(stories)
    .where(stories.c.id == bindparam("of_story"))
    .values(
        opened_at=select(_OWED_AT.c.first).scalar_subquery(),
        last_at=select(_OWED_AT.c.last).scalar_subquery(),
    )
)
_TIMES = select(stories.c.opened_at, stories.c.last_at).where(stories.c.id == bindparam("of_story"))
