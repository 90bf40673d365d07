"""What a message speaks of, as values; each kind of channel renders them in its own manner."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from news.alert import AlertKind
from news.article import Article
from news.match import Match
from news.notice import Notice
from news.story import Account, Story
from news.watch import Watch

ACCOUNTS = 6
"""As many articles of a story a message may name, the earliest first."""


def nobody_else() -> Sequence[Account]:
    """Return the accounts of a story that one article tells."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFacts:
    """One alert about an article, with all that its message says.

    `at` (UTC) is when it was decided; `reason` is policy's code; a `sample` is sent to try a
    channel and tells nothing new. Without `base_url` the message carries no links. `body` is the
    text that the match's spans point into, empty where it is not kept. `accounts` gives the first
    articles of the story in order of time; it is asked only by what shows them, since it costs a
    query. `corrected` says that the article was revised after the watch had matched it, while its
    alert was held, and as it reads now the watch does not match it.
    """

    alert: int
    kind: AlertKind
    reason: str
    at: datetime
    watch: Watch
    article: Article
    match: Match
    story: Story
    body: str = field(default="", repr=False)
    accounts: Callable[[], Sequence[Account]] = field(default=nobody_else, repr=False)
    base_url: str | None = None
    sample: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestFacts:
    """Several alerts in one message, or one that was held; `at` is UTC.

    `because` is a code for machines: "silence", "quiet", "digest", "cap" or "cooldown"; `words`
    says it in one sentence for people, without a full stop ("“Weekend” held these for 8 h").
    `watch` is the one they are all of, None where there are several. `omitted` counts alerts that
    the message is too short for. Each alert's own `base_url` gives its links.
    """

    because: str
    words: str
    at: datetime
    watch: Watch | None
    alerts: tuple[AlertFacts, ...]
    omitted: int = 0
    base_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PingFacts:
    """A notice that only tries a channel; `at` is UTC."""

    notice: int
    at: datetime
    channel: int
    channel_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """One notice; times that are told to people are told in `timezone`."""

    number: int
    notice: Notice
    timezone: str = "UTC"
    base_url: str | None = None

    @property
    def at(self) -> datetime:
        """When it was decided (UTC)."""
        return self.notice.at


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesFacts:
    """Several notices in one message; `at` is UTC.

    `omitted` counts those that the message is too short for.
    """

    at: datetime
    notices: tuple[NoticeFacts, ...]
    omitted: int = 0


Facts: TypeAlias = AlertFacts | DigestFacts | PingFacts | NoticeFacts | NoticesFacts
