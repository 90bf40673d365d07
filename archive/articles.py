"""Articles: recognised, kept, revised."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection

from news.article import Article, Reading
from news.text import Analyzed

LONG_ENOUGH = 50
"""Equal texts count as copies from this many tokens of the body on: captions repeat."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not kept yet; it belongs to `story` where an equal text of another publisher opened one."""

    story: int | None = None
    copy_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Kept already as `article`; `same_text` tells that nothing was changed since."""

    article: Article
    same_text: bool


Recognised: TypeAlias = Unknown | Known


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """What is to be kept of a reading; `text_hash` is of 16 bytes or so, over title and body.

    `publisher` is the registrable domain of the reading's address; `story` None opens a new one.
    """

    reading: Reading
    publisher: str
    text_hash: bytes
    analyzed: Analyzed
    first_seen_at: datetime
    owed_at: datetime
    publisher_name: str | None = None
    story: int | None = None
    copy_of: int | None = None


def recognise(
    conn: Connection, reading: Reading, *, publisher: str, text_hash: bytes, long: bool
) -> Recognised:
    """Tell whether `reading` is an article we keep: by address, then by equal long text."""
    raise NotImplementedError


def add(conn: Connection, new: NewArticle) -> Article:
    """Keep a new article, its text and its place in the index; `owed_at` never runs backwards."""
    raise NotImplementedError


def revise(conn: Connection, article: int, new: NewArticle) -> Article:
    """Keep the next revision of an article; the texts before stay in `revisions`."""
    raise NotImplementedError


def join(conn: Connection, article: int, source: int) -> bool:
    """Note that `source` told `article`; True if that is new."""
    raise NotImplementedError


def get(conn: Connection, article: int) -> Article | None:
    """Return an article by its number."""
    raise NotImplementedError


def by_url(conn: Connection, url: str) -> Article | None:
    """Return the article at an address, however it is spelt."""
    raise NotImplementedError


def reading_of(conn: Connection, article: int) -> Reading | None:
    """Return the texts that are kept of an article, None once they were pruned."""
    raise NotImplementedError


def sources_of(conn: Connection, article: int) -> list[int]:
    """Return the sources that told an article."""
    raise NotImplementedError


def last_owed_at(conn: Connection) -> datetime | None:
    """Return when the newest article was owed."""
    raise NotImplementedError
