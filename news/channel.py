"""A channel: one configured way out."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

_KINDS = {"http": "webhook", "https": "webhook", "mailto": "mail"}


class ChannelState(StrEnum):
    """How a channel is doing: taking deliveries, failing for now, or disabled for good."""

    OK = "ok"
    FAILING = "failing"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """What a person says about a channel; `secrets` are two while one is being rotated."""

    name: str
    url: str = field(repr=False)  # may itself be a secret
    secrets: tuple[str, ...] = field(default=(), repr=False)
    shape: str | None = None
    rate: str | None = None
    concurrency: int = 1
    allow_command: bool = False

    @property
    def kind(self) -> str:
        """Return "webhook", "mail" or the scheme of another kind.

        It is for good: what waits for a channel was written for its kind.
        """
        scheme = self.url.partition(":")[0].lower()
        return _KINDS.get(scheme, scheme)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChannel:
    """A channel as the archive keeps it; what is wrong with it, and since when (UTC)."""

    id: int
    settings: ChannelSettings
    state: ChannelState = ChannelState.OK
    state_reason: str | None = None
    failing_since: datetime | None = None
    owned_by_file: str | None = None
