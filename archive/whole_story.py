"""A story with all that is kept of it: the articles that tell it, and who was told."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from archive import alerts, article_rows, articles, stories
from archive.alerts import KeptAlert
from archive.prepared import Prepared
from archive.schema import articles as article_table
from archive.schema import stories as story_table
from archive.schema_telling import alerts as alert_table
from news.article import Article
from news.ids import parse_wire_id
from news.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article of a story; `copy_of` is the one whose words it repeats, if it does."""

    article: Article
    copy_of: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeStory:
    """A story; its articles by when they were seen, its alerts by when they were owed."""

    story: Story
    tellings: tuple[Telling, ...]
    alerts: tuple[KeptAlert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The story that a name means, and the article where it means one."""

    story: int
    article: int | None = None


def named(conn: Connection, name: str) -> Named | None:
    """Return what `st_`, `ar_` or `al_` and a number mean, or an address; None if nothing."""
    match parse_wire_id(name):
        case ("st", number):
            found = conn.scalar(_STORY, {"number": number})
            return None if found is None else Named(story=found)
        case ("ar", number):
            return _of_article(articles.get(conn, number))
        case ("al", number):
            told = conn.scalar(_OF_ALERT, {"number": number})
            return None if told is None else _of_article(articles.get(conn, told))
        case None:
            return _of_article(articles.by_url(conn, name))
        case _:
            return None


def of(conn: Connection, story: int) -> WholeStory:
    """Return a story that is there."""
    rows = _TELLINGS.rows(conn, {"of_story": story})
    raised = alerts.selected().where(alert_table.c.story == story).order_by(alert_table.c.id)
    return WholeStory(
        story=stories.of(conn, story),
        tellings=tuple(
            Telling(article=article_rows.article(row), copy_of=row["copy_of"]) for row in rows
        ),
        alerts=tuple(alerts.kept(conn, raised)),
    )


def _of_article(article: Article | None) -> Named | None:
    return None if article is None else Named(story=article.story, article=article.id)


_STORY = select(story_table.c.id).where(story_table.c.id == bindparam("number"))
_OF_ALERT = select(alert_table.c.article).where(alert_table.c.id == bindparam("number"))
_TELLINGS = Prepared(
    article_rows.selected()
    .where(article_table.c.story == bindparam("of_story"))
    .order_by(article_table.c.first_seen_at, article_table.c.id)
)
