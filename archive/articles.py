"""Articles: recognised, kept, revised."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from archive import article_rows, gists, publishers, revised, sketches, stories
from archive.addresses import address_hash
from archive.columns import clean, digest
from archive.dialects import in_place_of, unless_there
from archive.prepared import Prepared
from archive.schema import article_sources, articles, texts
from archive.search import index
from news.article import Article, Read, Reading
from news.gist import Gist
from news.likeness import LONG_ENOUGH, NONE, Sketch
from news.text import Analyzed, analyze
from news.url import canonical_url

LEAST_TITLE = 4
"""Words of a title from which it tells one piece of its publisher from the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """What is to be kept of a reading; `text_hash` is a digest of its body (16 bytes will do).

    `publisher` is the registrable domain of the reading's address; `story` None opens a new one.
    `copied` says how many per cent of its words are those of `copy_of`; else its `sketch` and
    `gist` are kept.
    `awaited` tells that the address is an aggregator's, and the publisher's own is awaited.
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
    copied: int | None = None
    sketch: Sketch = NONE
    gist: Gist | None = None
    awaited: bool = False

    @property
    def named(self) -> bytes | None:
        """Return a digest of publisher and title, None where the title is too short to tell by."""
        words = self.analyzed.title
        return digest(" ".join((self.publisher, *words))) if len(words) >= LEAST_TITLE else None


def add(conn: Connection, new: NewArticle) -> Article:
    """Keep a new article, its text and its place in the index; `owed_at` never runs backwards."""
    new = _fit(new)
    publisher = publishers.at(conn, new.publisher, new.publisher_name)
    owed_at = max(new.owed_at, last_owed_at(conn) or new.owed_at)
    story = stories.opened(conn, at=owed_at) if new.story is None else new.story
    if new.story is not None:
        stories.grown(conn, story, at=owed_at)
    values = {
        **_said(new),
        "url": new.reading.url,
        "url_hash": address_hash(new.reading.url),
        "publisher": publisher.id,
        "story": story,
        "copy_of": new.copy_of,
        "copied": new.copied,
        "first_seen_at": new.first_seen_at,
        "owed_at": owed_at,
        "revision": 1,
    }
    number: int = _ADD.value(conn, values)
    _keep_text(conn, number, new)
    if new.copy_of is None:
        sketches.keep(conn, number, new.sketch)
        _keep_gist(conn, number, new)
    named = {"domain": publisher.domain, "publisher_name": publisher.name}
    return article_rows.article({**values, **named, "id": number, "lead": new.reading.lead})


def revise(conn: Connection, article: int, new: NewArticle) -> Article:
    """Keep the next revision of an article; the texts before stay in `revisions`.

    Its story and the times of being seen and owed stay what they were; its address is the one that
    it is read at now.
    """
    new = _fit(new)
    (before,) = article_rows.BY_ID.rows(conn, {"of_article": article})
    text = _TEXT.row(conn, {"of_article": article})
    if text is not None:
        index.remove(conn, article, analyze(before["title"], text["body"], text["lead"]))
    revised.keep(conn, before, text, new.reading, at=new.owed_at)
    here = address_hash(new.reading.url)
    at_it = article_rows.BY_URL.row(conn, {"of_url": here})
    place = {
        "url": new.reading.url,
        "url_hash": here if at_it is None or at_it["id"] == article else before["url_hash"],
        "publisher": publishers.at(conn, new.publisher, new.publisher_name).id,
    }
    _REVISE.run(conn, {**_said(new), **place, "of_article": article})
    _keep_text(conn, article, new)
    if before["copy_of"] is None:
        sketches.replace(conn, article, new.sketch)
        _keep_gist(conn, article, new)
    return _again(conn, article)


def join(conn: Connection, article: int, source: int) -> bool:
    """Note that `source` told `article`; True if that is new."""
    return _JOIN.run(conn, {"article": article, "source": source}) == 1


def get(conn: Connection, article: int) -> Article | None:
    """Return an article by its number."""
    row = article_rows.BY_ID.row(conn, {"of_article": article})
    return article_rows.article(row) if row else None


def by_url(conn: Connection, url: str) -> Article | None:
    """Return the article at an address, however it is spelt."""
    for spelt in (canonical_url(url), url):
        row = article_rows.BY_URL.row(conn, {"of_url": address_hash(spelt)})
        if row is not None:
            return article_rows.article(row)
    return None


def reading_of(conn: Connection, article: int) -> Reading | None:
    """Return the texts that are kept of an article, None once they were pruned.

    Where its publisher allows none to be kept (`noarchive`) they are empty, and not what it said.
    """
    row = article_rows.BY_ID.row(conn, {"of_article": article})
    text = _TEXT.row(conn, {"of_article": article})
    if row is None or text is None:
        return None
    return Reading(
        url=row["url"],
        title=row["title"],
        lead=text["lead"],
        body=text["body"],
        read=Read(row["read"]),
        note=row["note"],
        authors=tuple(row["authors"]),
        language=row["language"],
        published=row["published_at"],
        updated=row["updated_at"],
        topics=tuple(row["topics"]),
        image=row["image"],
        paywalled=row["paywalled"],
        noarchive=row["noarchive"],
    )


def sources_of(conn: Connection, article: int) -> list[int]:
    """Return the sources that told an article."""
    return [row["source"] for row in _SOURCES.rows(conn, {"of_article": article})]


def last_owed_at(conn: Connection) -> datetime | None:
    """Return when the newest article was owed."""
    newest: datetime | None = _LAST_OWED.value(conn, {})
    return newest


def _again(conn: Connection, article: int) -> Article:
    (row,) = article_rows.BY_ID.rows(conn, {"of_article": article})
    return article_rows.article(row)


def _fit(new: NewArticle) -> NewArticle:
    """Return `new` as it will come back from the store, its tokens those of that very text."""
    before = new.reading
    lead, body = ("", "") if before.noarchive else (clean(before.lead), clean(before.body))
    after = replace(before, title=clean(before.title), lead=lead, body=body)
    if after == before:
        return new
    return replace(new, reading=after, analyzed=analyze(after.title, after.body, after.lead))


def _said(new: NewArticle) -> dict[str, Any]:
    long = len(new.analyzed.body) >= LONG_ENOUGH
    return {
        "title": new.reading.title,
        "authors": new.reading.authors,
        "language": new.reading.language,
        "published_at": new.reading.published,
        "updated_at": new.reading.updated,
        "topics": new.reading.topics,
        "image": new.reading.image,
        "paywalled": new.reading.paywalled,
        "noarchive": new.reading.noarchive,
        "text_hash": new.text_hash,
        "copy_hash": new.text_hash if long else None,
        "read": new.reading.read,
        "note": new.reading.note,
        "named": new.named,
        "awaited": new.awaited,
    }


def _keep_text(conn: Connection, article: int, new: NewArticle) -> None:
    values = {"article": article, "lead": new.reading.lead, "body": new.reading.body}
    _KEEP_TEXT.run(conn, values)
    index.add(conn, article, new.analyzed)


def _keep_gist(conn: Connection, article: int, new: NewArticle) -> None:
    if new.gist is not None:
        gists.add(conn, article, new.gist, new.first_seen_at)


_ADD = Prepared(insert(articles).returning(articles.c.id))
_KEEP_TEXT = Prepared(in_place_of(texts, "lead", "body"))
_TEXT = Prepared(select(texts).where(texts.c.article == bindparam("of_article")))
_SAID = "url url_hash publisher title authors language published_at text_hash copy_hash read note"
_SHOWN = "named awaited updated_at topics image paywalled noarchive"
_TAKEN = (*_SAID.split(), *_SHOWN.split())
_REVISE = Prepared(
    update(articles)
    .where(articles.c.id == bindparam("of_article"))
    .values(revision=articles.c.revision + 1, **{name: bindparam(name) for name in _TAKEN})
)
_JOIN = Prepared(unless_there(article_sources))
_SOURCES = Prepared(
    select(article_sources.c.source)
    .where(article_sources.c.article == bindparam("of_article"))
    .order_by(article_sources.c.source)
)
_LAST_OWED = Prepared(select(articles.c.owed_at).order_by(articles.c.id.desc()).limit(1))
