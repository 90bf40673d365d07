"""Where a watch stands towards an article: what it was told before, and what holds its alerts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    true,
)

from archive import silences
from archive.prepared import Prepared
from archive.schema import articles
from archive.schema_telling import told
from news.alert import AlertKind, Standing
from news.silence import Silence


def of(conn: Connection, *, watch: int, story: int, article: int, now: datetime) -> Standing:
    """Return what `watch` was told before about this story and this article, and what holds it."""
    values = {"of_watch": watch, "of_story": story, "of_article": article, "now": now}
    (row,) = _STANDING.rows(conn, values)
    silence = row["silence"] and Silence(id=row["silence"], until=row["until_at"], why=row["why"])
    return Standing(told_story=row["told_story"], told_article=row["told_article"], silence=silence)


COVERED = "covered"
"""The kind of what a watch was told of a story before this part of it was split off from it, kept
at an article of the part: the story counts as told, the article does not."""

_TOLD = (AlertKind.STORY.value, AlertKind.ARTICLE.value)
COUNTING = (*_TOLD, COVERED)
"""The kinds by which a watch knows of a story."""

_OF_WATCH = told.c.watch == bindparam("of_watch")


def _one_of(kinds: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(told.c.kind == kind for kind in kinds))  # an IN of values cannot be prepared


_ONE = select(literal_column("1").label("one")).subquery("one")
_IN_FORCE = silences.in_force().subquery("in_force")
_STANDING = Prepared(
    select(
        exists()
        .where(_OF_WATCH, _one_of(COUNTING), told.c.article == articles.c.id)
        .where(articles.c.story == bindparam("of_story"))
        .label("told_story"),
        exists()
        .where(_OF_WATCH, _one_of(_TOLD), told.c.article == bindparam("of_article"))
        .label("told_article"),
        _IN_FORCE.c.id.label("silence"),
        _IN_FORCE.c.until_at,
        _IN_FORCE.c.why,
    ).select_from(_ONE.outerjoin(_IN_FORCE, true()))
)
