"""Alerts and matches: what a watch was told, and that it is told nothing twice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from news.alert import AlertKind, AlertState, Standing
from news.match import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """An alert as it was decided; `detail` is the revision of an edit or the families of growth."""

    watch: int
    story: int | None
    article: int | None
    kind: AlertKind
    reason: str
    state: AlertState
    at: datetime
    detail: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentTo:
    """How one alert went out through one channel: where its delivery stands, the last answer."""

    channel: str
    delivery: int
    state: str
    attempts: int
    last_outcome: str | None
    last_status: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAlert:
    """An alert as the archive keeps it, with where it went."""

    id: int
    at: datetime
    kind: AlertKind
    reason: str
    state: AlertState
    watch: int
    watch_name: str
    story: int | None
    article: int | None
    title: str | None
    url: str | None
    publisher_name: str | None
    sent: tuple[SentTo, ...]


def standing(conn: Connection, *, watch: int, story: int, article: int) -> Standing:
    """Return what `watch` was told before about this story and this article."""
    raise NotImplementedError


def add(conn: Connection, new: NewAlert) -> int | None:
    """Keep an alert and, if it is told, that it was; None if the watch was told that before."""
    raise NotImplementedError


def add_match(conn: Connection, match: Match, *, article: int, revision: int) -> None:
    """Keep that a watch holds for an article, in place of what was kept of the two before."""
    raise NotImplementedError


def listing(
    conn: Connection, *, since: datetime | None = None, limit: int = 100
) -> list[KeptAlert]:
    """Return alerts newest first, each with the outcome at each channel."""
    raise NotImplementedError
