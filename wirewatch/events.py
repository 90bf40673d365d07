"""What happens while wirewatch runs, as values: the console prints them, tests collect them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVisited:
    """A visit brought something: `new` unknown and `changed` known entries.

    `old` of them raise nothing: they were published too long before the source was added. Where
    nothing stood there that was known, what came after `lost_since` (UTC) may never have been seen;
    `next_at` is when the source is visited again.
    """

    source: str
    new: int
    changed: int
    ms: int
    old: int = 0
    lost_since: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFailed:
    """A visit brought nothing; the source is visited again at `next_at` (UTC), if ever."""

    id: str
    source: str
    reason: str
    failures: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecovered:
    """A source that failed `failures` times in a row answers again."""

    source: str
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTurned:
    """A section page of a site began to fail for a `reason`; or answers again (None)."""

    id: str
    source: str
    section: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeGiven:
    """A source is in trouble for long enough to say so, or well again; `kind` as in webhooks."""

    notice: str
    kind: str
    source: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkTurned:
    """The network seems `down`, since several sources are silent and none answers; or is back."""

    down: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleOwed:
    """An article was written with all it sets off; `note` says why its text is a fallback."""

    article: str
    url: str
    title: str
    publisher: str
    source: str
    note: str
    revised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTold:
    """A watch is told about an article; the deliveries to `channels` are owed from here on."""

    alert: str
    watch: str
    title: str
    publisher: str
    url: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertHeld:
    """A watch is to be told about an article, and `silence` holds that until a time (UTC)."""

    alert: str
    watch: str
    title: str
    publisher: str
    url: str
    silence: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTold:
    """A silence is over; the alerts that it held of a watch are owed in one message."""

    watch: str
    alerts: int
    silence: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryGivenUp:
    """An entry has neither a readable page nor a title or summary."""

    source: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTried:
    """One attempt to deliver: `arrived`, or why not and when the next attempt is due (UTC).

    `attempt` counts from 1, and anew where it was `replayed`.
    """

    delivery: str
    channel: str
    arrived: bool
    words: str
    attempt: int
    next_at: datetime | None
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMoved:
    """A source moved to `to` for good, as is believed now; None: it stands where it was."""

    source: str
    to: str | None


Event: TypeAlias = (
    SourceVisited
    | VisitFailed
    | SourceRecovered
    | SourceMoved
    | SectionTurned
    | NoticeGiven
    | NetworkTurned
    | ArticleOwed
    | AlertTold
    | AlertHeld
    | HeldTold
    | EntryGivenUp
    | DeliveryTried
)

Tell: TypeAlias = Callable[[Event], None]
"""Takes an event as it happens; it must not wait."""
