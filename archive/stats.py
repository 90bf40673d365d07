"""How much there is, for the banner of `run` and for `db stats`."""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Table,
    and_,
    exists,
    func,
    or_,
    select,
    text,
)

from archive.schema import articles, entries, sources
from archive.schema_telling import channels, deliveries, watches
from news.channel import ChannelState


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Numbers of what is kept; `size` is in bytes, of the whole archive.

    Sources and watches that are paused are not counted.
    """

    sources: int
    watches: int
    channels: int
    articles: int
    entries_waiting: int
    deliveries_waiting: int
    size: int


def count(conn: Connection) -> Stats:
    """Count what is kept."""
    row = conn.execute(_COUNT).one()
    return Stats(**row._mapping, size=size(conn))  # noqa: SLF001 - SQLAlchemy's public name for it


def round_remains(conn: Connection) -> bool:
    """Tell whether the first try of an entry or delivery is still to be made or ended."""
    return bool(conn.execute(_REMAINS).scalar_one())


def size(conn: Connection) -> int:
    """Return how large the whole archive is, in bytes."""
    if conn.dialect.name == "postgresql":
        words = "SELECT pg_database_size(current_database())"
    else:
        words = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    return int(conn.execute(text(words)).scalar_one())


def _kept(table: Table, *awake: ColumnElement[bool]) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.removed_at.is_(None), *awake)
        .scalar_subquery()
    )


def _waiting(table: Table) -> ScalarSelect[int]:
    return (
        select(func.count()).select_from(table).where(table.c.due_at.is_not(None)).scalar_subquery()
    )


_COUNT = select(
    _kept(sources, sources.c.paused_reason.is_(None)).label("sources"),
    _kept(watches, watches.c.paused.is_(False)).label("watches"),
    _kept(channels).label("channels"),
    select(func.count()).select_from(articles).scalar_subquery().label("articles"),
    _waiting(entries).label("entries_waiting"),
    _waiting(deliveries).label("deliveries_waiting"),
)
_CLOSED = select(channels.c.id).where(channels.c.state == ChannelState.DISABLED)
_BEFORE = deliveries.c.attempts_before
_REMAINS = select(
    or_(
        exists().where(
            entries.c.due_at.is_not(None),
            or_(
                entries.c.attempts == 0,
                and_(entries.c.state == "reading", entries.c.attempts == 1),
            ),
        ),
        exists().where(
            deliveries.c.due_at.is_not(None),
            or_(
                deliveries.c.attempts == _BEFORE,
                and_(deliveries.c.state == "sending", deliveries.c.attempts == _BEFORE + 1),
            ),
            deliveries.c.channel.not_in(_CLOSED),  # they wait for a person
        ),
    )
)
