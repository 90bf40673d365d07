"""Everything known about an address or a name on the wire: the answer to "why no alert?"."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from archive.alerts import KeptAlert
from news.article import Article
from news.delivery import Attempt
from news.match import Span
from news.trail import TrailLine


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
class SourceFigures:
    """A source that might have told it, and how its visits of the last day went."""

    id: int
    name: str
    url: str
    paused_reason: str | None
    visits: int
    good: int
    entries: int
    last_visit_at: datetime | None
    last_reason: str | None
    newest_entry_at: datetime | None


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


def about(conn: Connection, name: str, *, now: datetime) -> Findings:
    """Return what is known about an address, or about `ar_`, `al_`, `dl_`, `st_` or `so_` names.

    `sources` are those whose publisher is that of the address.
    """
    raise NotImplementedError
