"""What people decided about stories: this article is not of that one, these two are the same.

A decision moves the articles at once, so that `articles.story` always names the story that holds,
and is kept, so that likeness never undoes it. Nothing that was told is told again: after a join
what was told of either story counts for both, and after a split what was told of the whole counts
for each half, by a row in `told` of the kind `standing.COVERED`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from archive import standing, stories
from archive.dialects import unless_there
from archive.prepared import Prepared
from archive.schema import articles
from archive.schema import stories as story_rows
from archive.schema_likeness import story_decisions
from archive.schema_telling import told


class Decided(StrEnum):
    """The kinds of decisions."""

    SPLIT = "split"
    JOINED = "joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """`moved` articles left `from_story` and are `story` by now."""

    story: int
    from_story: int
    moved: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """`moved` articles were `former`, and belong to `story` by now, which is the older one."""

    story: int
    former: int
    moved: tuple[int, ...]


def decided(conn: Connection, article: int) -> bool:
    """Tell whether a person put `article` where it is, so that likeness leaves it there."""
    return _OF_ARTICLE.row(conn, {"of_article": article}) is not None


def held_apart(conn: Connection, story: int) -> frozenset[int]:
    """Return the stories that a person parted from `story`: likeness never makes them one."""
    rows = _APART.rows(conn, {"of_story": story})
    return frozenset(row["one"] if row["other"] == story else row["other"] for row in rows)


def standing_story(conn: Connection, story: int) -> int:
    """Return the story that `story` became part of, or itself."""
    into = _JOINED_TO.row(conn, {"of_story": story})
    return story if into is None or into["joined_to"] is None else into["joined_to"]


def with_copies(conn: Connection, chosen: Sequence[int]) -> list[int]:
    """Return `chosen` articles and those of their stories that repeat their words, by number."""
    found, newest = set(chosen), list(chosen)
    while newest:
        newest = [one for one in conn.scalars(_COPIES, {"ids": newest}) if one not in found]
        found.update(newest)
    return sorted(found)


def split(
    conn: Connection, chosen: Sequence[int], *, from_story: int, at: datetime
) -> Split | None:
    """Let `chosen` articles of `from_story`, and their copies in it, be a story of their own.

    None, and nothing is done, if that would leave none behind.
    """
    moved = with_copies(conn, chosen)
    left = [one for one in conn.scalars(_ARTICLES, {"of_story": from_story}) if one not in moved]
    if not left:
        return None
    story = stories.opened(conn, at=at)
    conn.execute(_MOVE, {"ids": moved, "into": story})
    conn.execute(_SPLIT_AGAIN, {"ids": moved, "of_story": from_story})
    rows = [{"at": at, "kind": Decided.SPLIT, "article": one, "story": from_story} for one in moved]
    conn.execute(insert(story_decisions), rows)
    for half, other in ((story, from_story), (from_story, story)):
        _cover(conn, half, by=other, at=at)
        stories.dated(conn, half)
    return Split(story=story, from_story=from_story, moved=tuple(moved))


def join(conn: Connection, one: int, other: int, *, at: datetime) -> Joined | None:
    """Let two stories be one, which keeps the older one's number; None if they are one already."""
    older, younger = sorted((one, other))
    if older == younger:
        return None
    moved = list(conn.scalars(_ARTICLES, {"of_story": younger}))
    both = {"of_story": younger, "into": older}
    for step in (_MOVE_ALL, _NAME_AFTER, _CARRY):
        conn.execute(step, both)
    conn.execute(_TOGETHER_AGAIN, {"of_story": older})
    row = {"at": at, "kind": Decided.JOINED, "article": moved[0], "story": older}
    conn.execute(insert(story_decisions), row)
    stories.dated(conn, older)
    return Joined(story=older, former=younger, moved=tuple(moved))


def _cover(conn: Connection, half: int, *, by: int, at: datetime) -> None:
    """Let what watches were told of the other half count for this one too."""
    first = conn.scalar(_ARTICLES.limit(1), {"of_story": half})
    known = {row.watch for row in conn.execute(_TOLD, {"of_story": half})}
    for row in conn.execute(_TOLD, {"of_story": by}).all():
        if row.watch not in known:
            values = {"watch": row.watch, "kind": standing.COVERED, "article": first, "detail": 0}
            _COVER.run(conn, {**values, "alert": row.alert, "at": at})


_DECISIONS = story_decisions.c
_IN_STORY = articles.c.story == bindparam("of_story")
_IDS = articles.c.id.in_(bindparam("ids", expanding=True))
_OF_ARTICLE = Prepared(
    select(_DECISIONS.id).where(_DECISIONS.article == bindparam("of_article")).limit(1)
)
_APART = Prepared(
    select(articles.c.story.label("one"), _DECISIONS.story.label("other"))
    .select_from(story_decisions.join(articles, _DECISIONS.article == articles.c.id))
    .where(
        _DECISIONS.kind == Decided.SPLIT,
        articles.c.story != _DECISIONS.story,
        or_(_IN_STORY, _DECISIONS.story == bindparam("of_story")),
    )
)
_JOINED_TO = Prepared(
    select(story_rows.c.joined_to).where(story_rows.c.id == bindparam("of_story"))
)
_ORIGINAL = articles.alias("original")
_COPIES = (
    select(articles.c.id)
    .select_from(
        articles.join(
            _ORIGINAL,
            and_(articles.c.copy_of == _ORIGINAL.c.id, articles.c.story == _ORIGINAL.c.story),
        )
    )
    .where(_ORIGINAL.c.id.in_(bindparam("ids", expanding=True)))
)
_ARTICLES = select(articles.c.id).where(_IN_STORY).order_by(articles.c.first_seen_at, articles.c.id)
_MOVE = update(articles).where(_IDS).values(story=bindparam("into"))
_MOVE_ALL = update(articles).where(_IN_STORY).values(story=bindparam("into"))
_NAME_AFTER = (
    update(story_rows)
    .where(
        or_(
            story_rows.c.id == bindparam("of_story"),
            story_rows.c.joined_to == bindparam("of_story"),
        )
    )
    .values(joined_to=bindparam("into"))
)
_CARRY = (
    update(story_decisions)
    .where(_DECISIONS.story == bindparam("of_story"))
    .values(story=bindparam("into"))
)
_TOGETHER_AGAIN = delete(story_decisions).where(
    _DECISIONS.kind == Decided.SPLIT,
    _DECISIONS.story == bindparam("of_story"),
    _DECISIONS.article.in_(select(articles.c.id).where(_IN_STORY)),
)
_SPLIT_AGAIN = delete(story_decisions).where(
    _DECISIONS.kind == Decided.JOINED,
    _DECISIONS.story == bindparam("of_story"),
    _DECISIONS.article.in_(bindparam("ids", expanding=True)),
)
_TOLD = (
    select(told.c.watch, func.min(told.c.alert).label("alert"))
    .join(articles, told.c.article == articles.c.id)
    .where(_IN_STORY, told.c.kind.in_(standing.COUNTING))
    .group_by(told.c.watch)
)
_COVER = Prepared(unless_there(told))
