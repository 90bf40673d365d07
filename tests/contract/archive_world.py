"""A small world for tests of the archive: one source, entries it tells, articles they become."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TypeVar

from sqlalchemy import Connection

from archive import articles, channels, entries, sources, watches
from archive.articles import NewArticle
from archive.database import Database
from archive.entries import NotedEntries, Plan
from news.article import Article, Read, Reading
from news.cadence import NextVisit
from news.channel import ChannelSettings
from news.entry import Entry
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.text import analyze
from news.visit import Told, Visit
from news.watch import WatchSettings

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 6, 0, 0, 123_456, tzinfo=UTC)
LEASE = timedelta(minutes=2)
MINUTE = timedelta(minutes=1)
FEED = SourceSettings(name="Yonhap", kind="feed", url="https://yna.test/rss", tags=("korea",))
LONG = "A sentence of some eight words stands here. " * 10


def within(archive: Database, do: Callable[[Connection], T]) -> T:
    with archive.writing() as conn:
        return do(conn)


def add_source(archive: Database, settings: SourceSettings = FEED) -> int:
    return within(archive, lambda conn: sources.add(conn, settings, now=NOW))


def claim(archive: Database, *, at: datetime = NOW) -> DueSource:
    with archive.writing() as conn:
        (due,) = sources.claim_due(conn, now=at, lease=LEASE, limit=1)
    return due


def visit(*told: Entry, at: datetime = NOW) -> Visit:
    return Visit(at=at, outcome=Told(entries=told, validators=Validators(etag="v1")), status=200)


def next_visit(at: datetime = NOW) -> NextVisit:
    return NextVisit(at=at, rhythm=Rhythm(interval=MINUTE))


def always(planned: NextVisit) -> Plan:
    """Plan the same, whatever a visit brings."""
    return lambda new: planned


def tell(archive: Database, *told: Entry, at: datetime = NOW) -> NotedEntries:
    """Let the one source tell these entries in one visit; gaps are looked at elsewhere."""
    due = claim(archive, at=at)
    with archive.writing() as conn:
        noted = entries.note(conn, due, visit(*told, at=at), plan=always(next_visit(at)))
    assert noted is not None
    return replace(noted, gap=None)


def entry(
    number: int = 1,
    *,
    host: str = "yna.test",
    title: str | None = None,
    own_id: str | None = None,
    published: datetime | None = NOW,
) -> Entry:
    return Entry(
        url=f"https://{host}/view/{number}",
        title=f"Story {number}" if title is None else title,
        summary=f"What {host} says of story {number}.",
        own_id=own_id,
        published=published,
    )


def new_article(
    number: int = 1,
    *,
    publisher: str = "yna.test",
    title: str = "",
    body: str = "",
    story: int | None = None,
    owed_at: datetime = NOW,
) -> NewArticle:
    text = body or f"Body of article {number}."
    title = title or f"Article {number}"
    reading = Reading(
        url=f"https://{publisher}/view/{number}",
        title=title,
        lead=text[:20],
        body=text,
        read=Read.FULL,
        authors=("Kim",),
        language="en",
        published=NOW - MINUTE,
    )
    return NewArticle(
        reading=reading,
        publisher=publisher,
        text_hash=hash_of(text),
        analyzed=analyze(title, text, text[:20]),
        story=story,
        first_seen_at=NOW,
        owed_at=owed_at,
    )


def hash_of(text: str) -> bytes:
    return blake2b(text.encode(errors="replace"), digest_size=16).digest()


def add_article(archive: Database, new: NewArticle | None = None) -> Article:
    return within(archive, lambda conn: articles.add(conn, new or new_article()))


def add_watch(archive: Database, name: str = "DPRK troops", to: tuple[str, ...] = ()) -> int:
    settings = WatchSettings(name=name, query="troops", to=to)
    return within(archive, lambda conn: watches.add(conn, settings, now=NOW))


def add_channel(archive: Database, name: str = "desk", *, concurrency: int = 1) -> int:
    settings = ChannelSettings(
        name=name, url="https://hook.test/", secrets=("whsec_x",), concurrency=concurrency
    )
    return within(archive, lambda conn: channels.add(conn, settings, now=NOW))
