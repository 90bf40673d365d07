"""Articles kept as the pipeline keeps them, for tests of searching."""

from datetime import UTC, datetime

from sqlalchemy import Connection

from archive import articles
from archive.articles import NewArticle
from news.article import Read, Reading
from news.text import analyze
from tests.queries import Text

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def keep(conn: Connection, text: Text, name: str, *, at: datetime = NOW) -> int:
    """Keep an article and return its number."""
    return articles.add(conn, arriving(text, name, at=at)).id


def arriving(text: Text, name: str, *, at: datetime = NOW) -> NewArticle:
    """Return an article that is to be kept or revised."""
    reading = Reading(
        url=f"https://a.test/{name}",
        title=text.title,
        lead=text.lead,
        body=text.body,
        read=Read.FULL,
    )
    return NewArticle(
        reading=reading,
        publisher="a.test",
        text_hash=name.encode().ljust(16),
        analyzed=analyze(text.title, text.body, text.lead),
        first_seen_at=at,
        owed_at=at,
    )
