"""Search by story: the newest articles for which a query holds, put together by what they tell."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from archive.schema import articles
from archive.search.find import find
from news.query.tree import Query

MOST = 2_000
"""So many of the newest articles are put together; a story's older ones are not looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFound:
    """A story, and those of its articles for which the query holds, newest first."""

    story: int
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesFound:
    """Stories by their newest article that was found; `more` stories were found beyond them.

    `cut` tells that only the newest articles were looked at, and that there are others.
    """

    stories: tuple[StoryFound, ...]
    more: int
    cut: bool


def find_stories(
    conn: Connection,
    query: Query,
    *,
    since: datetime | None = None,
    limit: int = 20,
    most: int = MOST,
) -> StoriesFound:
    """Return at most `limit` stories, told by the newest `most` articles that are found."""
    found = find(conn, query, since=since, limit=most + 1)
    together: dict[int, list[int]] = {}
    for article, story in _stories(conn, found[:most]):
        together.setdefault(story, []).append(article)
    stories = [StoryFound(story=one, articles=tuple(of)) for one, of in together.items()]
    return StoriesFound(
        stories=tuple(stories[:limit]),
        more=max(0, len(stories) - limit),
        cut=len(found) > most,
    )


def _stories(conn: Connection, found: list[int]) -> list[tuple[int, int]]:
    """Return each article with its story, in the order in which they were found."""
    told: dict[int, int] = {}
    for at in range(0, len(found), _AT_ONCE):
        rows = conn.execute(_STORY_OF, {"ids": found[at : at + _AT_ONCE]})
        told.update({row.id: row.story for row in rows})
    return [(article, told[article]) for article in found]


_AT_ONCE = 500
_STORY_OF = select(articles.c.id, articles.c.story).where(
    articles.c.id.in_(bindparam("ids", expanding=True))
)
