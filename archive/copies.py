"""Copies: whose words an article of another address repeats, by its sketch and then by its words.

The earliest article whose words they are is named, as far as wirewatch knows: where an agency's own
page comes after those who carried it, it is told to be a copy of the first of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from archive import sketches
from archive.articles import NewArticle
from archive.prepared import Prepared, Row
from archive.schema import articles, publishers, texts
from news.likeness import UNREAD, compared, likely, shared, words_of
from news.text import tokens

VERIFIED = 3
"""So many candidates are compared word by word."""

AS_MUCH = 0.1
"""Two candidates that say parts of an article which differ by less say as much of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """Whose words an article repeats, in which story, and how many per cent of its own they are."""

    article: int
    story: int
    publisher_name: str
    per_cent: int


def whole(conn: Connection, equal: Row) -> Copied:
    """Return that an article repeats all of the row `equal` of an article, or of its original."""
    row = _CANDIDATE.row(conn, {"of_article": equal["copy_of"] or equal["id"]})
    if row is None or row["story"] != equal["story"]:  # a person parted them
        row = {**equal, "name": equal["publisher_name"]}
        return _copied(1.0, row)
    return _copied((equal["copied"] or 100) / 100, row)


def find(conn: Connection, new: NewArticle) -> Copied | None:
    """Return whose words `new` repeats."""
    sketch = new.sketch
    if not sketch.digests:
        return None
    others, common = sketches.near(conn, sketch)
    promising = likely(sketch, others, common=common)[:VERIFIED]
    words = words_of(new.analyzed.body) if promising else None
    found: list[tuple[float, Row]] = []
    for article in promising:
        row = _CANDIDATE.row(conn, {"of_article": article})
        if words is None or row is None or row["owed_at"] < new.owed_at - sketches.WINDOW:
            continue
        if row["body"]:
            old = compared(words, words_of(tokens(row["body"])))
            if old.is_copy(same_publisher=row["domain"] == new.publisher):
                found.append((old.of_new, row))
        elif (part := shared(sketch, others[article], common=common)) >= UNREAD:
            found.append((part, row))
    return _first_of_those_that_say_most(found)


def _first_of_those_that_say_most(found: Sequence[tuple[float, Row]]) -> Copied | None:
    """Return the earliest article of those that say nearly as much of it as any."""
    if not found:
        return None
    most = max(part for part, _ in found)
    part, row = min(
        (one for one in found if one[0] >= most - AS_MUCH), key=lambda one: one[1]["id"]
    )
    return _copied(part, row)


def _copied(part: float, row: Row) -> Copied:
    return Copied(
        article=row["id"],
        story=row["story"],
        publisher_name=row["name"],
        per_cent=max(1, min(round(100 * part), 100)),
    )


_CANDIDATE = Prepared(
    select(
        articles.c.id,
        articles.c.story,
        articles.c.owed_at,
        publishers.c.domain,
        publishers.c.name,
        texts.c.body,
    )
    .select_from(articles.join(publishers).outerjoin(texts))
    .where(articles.c.id == bindparam("of_article"))
)
