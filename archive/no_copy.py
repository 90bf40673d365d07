"""Articles that were taken for copies, and say something else by now."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from archive import stories
from archive.schema import articles


def be_its_own(conn: Connection, article: int, *, story: int | None, at: datetime) -> None:
    """Let an article be no copy any more, in `story`, or in one that opens now (None)."""
    former = conn.execute(_STORY, {"of_article": article}).scalar_one()
    if conn.execute(_OTHERS, {"of_story": former, "of_article": article}).first() is None:
        into = former  # no story is left without articles
    else:
        into = stories.opened(conn, at=at) if story is None else story
    conn.execute(_OWN, {"of_article": article, "into": into})
    if into != former:
        stories.grown(conn, into, at=at)
        stories.dated(conn, former)


_STORY = select(articles.c.story).where(articles.c.id == bindparam("of_article"))
_OTHERS = (
    select(articles.c.id)
    .where(articles.c.story == bindparam("of_story"), articles.c.id != bindparam("of_article"))
    .limit(1)
)
_OWN = (
    update(articles)
    .where(articles.c.id == bindparam("of_article"))
    .values(story=bindparam("into"), copy_of=None, copied=None)
)
