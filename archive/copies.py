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
from news.contradicting import Words
from news.gist_words import named_in
from news.likeness import READ, STANDS, UNREAD, compared, likely, shared, words_of
from news.newness import AGREED, Headline, Piece, headline
from news.text import tokens

VERIFIED = 3
"""So many candidates are compared word by word."""

_WHOLE = 0.95
"""The part of a sketch that must be shared where neither the words nor the title tell anything."""

LONGEST = 50_000
"""Characters of a body that are looked at, in which about as many words stand as are compared."""

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


@dataclass(frozen=True, slots=True)
class Found:
    """What an article is a copy of, and stories of whose words it tells other news."""

    copy: Copied | None = None
    apart_from: frozenset[int] = frozenset()


def find(conn: Connection, new: NewArticle) -> Found:
    """Return whose words `new` repeats."""
    sketch = new.sketch
    if not sketch.digests:
        return Found()
    others, common = sketches.near(conn, sketch)
    promising = likely(sketch, others, common=common)[:VERIFIED]
    if not promising:
        return Found()
    asked = _Asked.of(new)
    found: list[tuple[float, Row]] = []
    refused: set[int] = set()
    for article in promising:
        row = _CANDIDATE.row(conn, {"of_article": article})
        if row is None or row["owed_at"] < new.owed_at - sketches.WINDOW:
            continue
        if row["body"]:
            part = asked.repeats(row)
        else:
            part = asked.resembles(row, shared(sketch, others[article], common=common))
        if part:
            found.append((part, row))
        elif part is None:
            refused.add(row["story"])
    return Found(_first_of_those_that_say_most(found), frozenset(refused))


@dataclass(frozen=True, slots=True)
class _Asked:
    """An article whose original is looked for, taken apart once."""

    new: NewArticle
    piece: Piece
    words: Words
    language: str

    @staticmethod
    def of(new: NewArticle) -> "_Asked":
        reading, found = new.reading, new.analyzed.body
        piece = _piece(reading.title, reading.body, found)
        language = new.gist.language if new.gist else ""
        return _Asked(new, piece, words_of(found, named_in(piece.body)), language)

    def repeats(self, row: Row) -> float | None:
        """Return which part of it the words of a row are; 0 if it is no copy, None if it has news.

        Whoever tells other news in the same words tells no other account of them, either.
        """
        old = _piece(row["title"], row["body"])
        carried = compared(self.words, words_of(old.tokens, named_in(old.body)))
        under, apart = self._headline(old), abs(self.new.owed_at - row["owed_at"])
        if carried.much and carried.tells_news(under, apart):
            return None
        same = row["domain"] == self.new.publisher
        is_copy = carried.is_copy(same_publisher=same, under=under, apart=apart)
        return carried.of_new if is_copy else 0.0

    def resembles(self, row: Row, part: float) -> float:
        """Return `part` if so much of a sketch is enough where the words themselves are gone."""
        titled = self._headline(_piece(row["title"], "")).stands >= STANDS
        return part if part >= (UNREAD if titled else _WHOLE) else 0.0

    def _headline(self, old: Piece) -> Headline:
        return headline(self.piece, old, self.language) if self.new.analyzed.title else AGREED


def _piece(title: str, body: str, found: Sequence[str] | None = None) -> Piece:
    # Cut before anything is made of it: of a text of megabytes its beginning is compared.
    body = body[:LONGEST]
    return Piece(title=title, body=body, tokens=(tokens(body) if found is None else found)[:READ])


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
        articles.c.title,
        publishers.c.domain,
        publishers.c.name,
        texts.c.body,
    )
    .select_from(articles.join(publishers).outerjoin(texts))
    .where(articles.c.id == bindparam("of_article"))
)
