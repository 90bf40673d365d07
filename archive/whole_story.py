"""A story with all that is kept of it: the articles that tell it, and who was told."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, bindparam, select

from archive import alerts, article_rows, articles, standing, stories, story_decisions
from archive.alerts import KeptAlert
from archive.prepared import Prepared, Values
from archive.schema import articles as article_table
from archive.schema import publishers
from archive.schema import stories as story_table
from archive.schema_telling import alerts as alert_table
from archive.schema_telling import told
from news.article import Article
from news.ids import parse_wire_id
from news.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """Whose words an article repeats, and how many per cent of its own these are, if known."""

    article: int
    publisher_name: str
    percent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article of a story: an account, or a copy `of` another; `family` is its publisher's."""

    article: Article
    of: Copied | None
    family: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeStory:
    """A story; its articles by when they were seen, its alerts by when they were owed.

    `alerts` are about its articles. `covered` were told of a story that it was part of: they count
    as told of this one, too. `apart` are the stories that a person parted from it.
    """

    story: Story
    tellings: tuple[Telling, ...]
    alerts: tuple[KeptAlert, ...]
    covered: tuple[KeptAlert, ...]
    apart: tuple[int, ...]

    @property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Return the names of publishers that count once together, by their family."""
        found: dict[str, list[str]] = {}
        for one in self.tellings:
            names = found.setdefault(one.family, []) if one.family else []
            if one.article.publisher_name not in names:
                names.append(one.article.publisher_name)
        return {family: tuple(names) for family, names in found.items() if len(names) > 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The story that a name means, and the article where it means one.

    `joined` is the number by which it was asked for, where that story became part of `story`.
    """

    story: int
    article: int | None = None
    joined: int | None = None


def named(conn: Connection, name: str) -> Named | None:
    """Return what `st_`, `ar_` or `al_` and a number mean, or an address; None if nothing."""
    match parse_wire_id(name):
        case ("st", number):
            if conn.scalar(_STORY, {"number": number}) is None:
                return None
            story = story_decisions.standing_story(conn, number)
            return Named(story=story, joined=None if story == number else number)
        case ("ar", number):
            return _of_article(articles.get(conn, number))
        case ("al", number):
            about = conn.scalar(_OF_ALERT, {"number": number})
            return None if about is None else _of_article(articles.get(conn, about))
        case None:
            return _of_article(articles.by_url(conn, name))
        case _:
            return None


def of(conn: Connection, story: int) -> WholeStory:
    """Return a story that is there."""
    rows = _TELLINGS.rows(conn, {"of_story": story})
    names = _publishers(conn, rows)
    raised = alerts.selected().where(article_table.c.story == story).order_by(alert_table.c.id)
    covering = alerts.selected().where(alert_table.c.id.in_(_covering(story)))
    own = alerts.kept(conn, raised)
    known = {one.id for one in own}
    others = alerts.kept(conn, covering.order_by(alert_table.c.id))
    return WholeStory(
        story=stories.of(conn, story),
        tellings=tuple(_telling(row, names) for row in rows),
        alerts=tuple(own),
        covered=tuple(one for one in others if one.id not in known),
        apart=tuple(sorted(story_decisions.held_apart(conn, story))),
    )


def _of_article(article: Article | None) -> Named | None:
    return None if article is None else Named(story=article.story, article=article.id)


def _telling(row: Values, names: dict[int, str]) -> Telling:
    original = row["copy_of"]
    copied = original and Copied(
        article=original, publisher_name=names.get(original, ""), percent=row["copied"]
    )
    return Telling(article=article_rows.article(row), of=copied, family=row["family"])


def _publishers(conn: Connection, rows: Sequence[Values]) -> dict[int, str]:
    """Return the names of those whose words are repeated; some may stand in another story."""
    originals = {row["copy_of"] for row in rows if row["copy_of"] is not None}
    found = conn.execute(_PUBLISHERS, {"ids": sorted(originals)}) if originals else ()
    return {row.id: row.name for row in found}


def _covering(story: int) -> Select[tuple[int]]:
    return (
        select(told.c.alert)
        .join(article_table, told.c.article == article_table.c.id)
        .where(article_table.c.story == story, told.c.kind == standing.COVERED)
    )


_STORY = select(story_table.c.id).where(story_table.c.id == bindparam("number"))
_OF_ALERT = select(alert_table.c.article).where(alert_table.c.id == bindparam("number"))
_TELLINGS = Prepared(
    article_rows.selected()
    .add_columns(publishers.c.family)
    .where(article_table.c.story == bindparam("of_story"))
    .order_by(article_table.c.first_seen_at, article_table.c.id)
)
_PUBLISHERS = (
    select(article_table.c.id, publishers.c.name)
    .select_from(article_table.join(publishers))
    .where(article_table.c.id.in_(bindparam("ids", expanding=True)))
)
