"""Everything known about an address or a name on the wire: the answer to "why no alert?"."""

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select

from archive import alerts, articles, notices, source_figures, story_decisions, trail
from archive.alerts import KeptAlert
from archive.columns import digest
from archive.notices import KeptNotice
from archive.schema import article_sources, entries, sources
from archive.schema import articles as article_rows
from archive.schema_telling import alerts as alert_rows
from archive.schema_telling import (
    attempts,
    channels,
    deliveries,
    delivery_alerts,
    matches,
    watches,
)
from archive.source_figures import SourceFigures
from news.article import Article
from news.delivery import Attempt
from news.entry import Entry
from news.ids import parse_wire_id
from news.match import Span
from news.publisher import publisher_of
from news.trail import TrailLine
from news.url import is_http


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEntry:
    """An entry as one source told it."""

    id: int
    source: int
    source_name: str
    url: str | None
    title: str
    published: datetime | None
    noted_at: datetime
    state: str
    attempts: int
    due_at: datetime | None
    reason: str | None
    article: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMatch:
    """A watch that holds for the article, and where."""

    watch: int
    watch_name: str
    version: int
    revision: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDelivery:
    """A delivery of one of the article's alerts, with its attempts, oldest first."""

    id: int
    channel: str
    state: str
    alerts: tuple[int, ...]
    owed_at: datetime
    due_at: datetime | None
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is known; all empty but `sources` where nothing is."""

    entries: tuple[ToldEntry, ...] = ()
    article: Article | None = None
    told_by: tuple[str, ...] = ()
    trail: tuple[TrailLine, ...] = ()
    matches: tuple[KeptMatch, ...] = ()
    alerts: tuple[KeptAlert, ...] = ()
    deliveries: tuple[KeptDelivery, ...] = ()
    sources: tuple[SourceFigures, ...] = ()
    notices: tuple[KeptNotice, ...] = ()


def about(conn: Connection, name: str, *, now: datetime) -> Findings:
    """Return what is known about an address, or about a name on the wire.

    `sources` are those that told it and those of the same publisher, which might have.
    """
    match parse_wire_id(name):
        case ("so", number):
            return Findings(sources=source_figures.of(conn, [number], now=now))
        case ("nt", number):
            return Findings(notices=tuple(notices.of(conn, [number])))
        case ("dl", number) if given := notices.carried_by(conn, number):
            return Findings(notices=tuple(given))
        case (kind, number):
            article = _article_of(conn, kind, number)
            found = Findings() if article is None else _about_article(conn, article)
        case _:
            found = _about_address(conn, name)
    address = found.article.url if found.article else name
    might = source_figures.of_publisher(conn, publisher_of(address)) if is_http(address) else set()
    might |= {entry.source for entry in found.entries}
    return replace(found, sources=source_figures.of(conn, might, now=now))


def _article_of(conn: Connection, kind: str, number: int) -> int | None:
    if kind == "ar":
        return number if articles.get(conn, number) else None
    if kind == "st":
        number = story_decisions.standing_story(conn, number)
    query = _ARTICLE_OF.get(kind)
    if query is None:
        return None
    found: int | None = conn.execute(query, {"number": number}).scalar()
    return found


def _about_address(conn: Connection, url: str) -> Findings:
    told = _told(conn, entries.c.key_hash == digest(Entry(url=url).key()))
    article = articles.by_url(conn, url)
    number = article.id if article else next((one.article for one in told if one.article), None)
    if number is not None:
        found = _about_article(conn, number)
        known = {entry.id for entry in found.entries}
        more = tuple(entry for entry in told if entry.id not in known)
        return replace(found, entries=found.entries + more)
    lines = [line for entry in told for line in trail.of_entry(conn, entry.id)]
    return Findings(entries=told, trail=tuple(lines))


def _about_article(conn: Connection, number: int) -> Findings:
    of_article = alert_rows.c.article == number
    raised = alerts.kept(conn, alerts.selected().where(of_article).order_by(alert_rows.c.id))
    return Findings(
        entries=_told(conn, entries.c.article == number),
        article=articles.get(conn, number),
        told_by=tuple(conn.execute(_TOLD_BY, {"number": number}).scalars()),
        trail=tuple(trail.of_article(conn, number)),
        matches=_matches(conn, number),
        alerts=tuple(raised),
        deliveries=_deliveries(conn, [alert.id for alert in raised]),
    )


def _told(conn: Connection, which: ColumnElement[bool]) -> tuple[ToldEntry, ...]:
    columns = [entries.c[field.name] for field in fields(ToldEntry) if field.name != "source_name"]
    query = select(*columns, sources.c.name.label("source_name")).select_from(
        entries.join(sources, entries.c.source == sources.c.id)
    )
    rows = conn.execute(query.where(which).order_by(entries.c.id)).mappings()
    return tuple(ToldEntry(**row) for row in rows)


def _matches(conn: Connection, article: int) -> tuple[KeptMatch, ...]:
    rows = conn.execute(_MATCHES, {"number": article})
    return tuple(
        KeptMatch(
            watch=row.watch,
            watch_name=row.name,
            version=row.watch_version,
            revision=row.revision,
            spans=tuple(Span(**span) for span in row.spans),
        )
        for row in rows
    )


def _deliveries(conn: Connection, numbers: list[int]) -> tuple[KeptDelivery, ...]:
    if not numbers:
        return ()
    carried: defaultdict[int, list[int]] = defaultdict(list)
    for row in conn.execute(_CARRIED, {"many": numbers}):
        carried[row.delivery].append(row.alert)
    tried: defaultdict[int, list[Attempt]] = defaultdict(list)
    for one in conn.execute(_ATTEMPTS, {"many": list(carried)}).mappings():
        tried[one["delivery"]].append(
            Attempt(**{field.name: one[field.name] for field in fields(Attempt)})
        )
    return tuple(
        KeptDelivery(
            id=row.id,
            channel=row.name,
            state=row.state,
            alerts=tuple(carried[row.id]),
            owed_at=row.owed_at,
            due_at=row.due_at,
            attempts=tuple(tried[row.id]),
        )
        for row in conn.execute(_DELIVERIES, {"many": list(carried)})
    )


_NUMBER: Any = bindparam("number")
_MANY: Any = bindparam("many", expanding=True)
_ARTICLE_OF = {
    "st": select(article_rows.c.id)
    .where(article_rows.c.story == _NUMBER)
    .order_by(article_rows.c.id)
    .limit(1),
    "al": select(alert_rows.c.article).where(alert_rows.c.id == _NUMBER),
    "dl": select(alert_rows.c.article)
    .select_from(alert_rows.join(delivery_alerts))
    .where(delivery_alerts.c.delivery == _NUMBER)
    .limit(1),
}
_TOLD_BY = (
    select(sources.c.name)
    .select_from(sources.join(article_sources))
    .where(article_sources.c.article == _NUMBER)
    .order_by(sources.c.id)
)
_MATCHES = (
    select(matches, watches.c.name)
    .select_from(matches.join(watches))
    .where(matches.c.article == _NUMBER)
    .order_by(matches.c.watch)
)
_CARRIED = select(delivery_alerts).where(delivery_alerts.c.alert.in_(_MANY))
_ATTEMPTS = (
    select(attempts)
    .where(attempts.c.delivery.in_(_MANY))
    .order_by(attempts.c.delivery, attempts.c.n)
)
_DELIVERIES = (
    select(deliveries, channels.c.name)
    .select_from(deliveries.join(channels))
    .where(deliveries.c.id.in_(_MANY))
    .order_by(deliveries.c.id)
)
