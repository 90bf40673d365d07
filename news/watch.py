"""A watch: a saved query, whom to tell, and when."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """What a person says about a watch; the texts are those of wirewatch.toml, validated there.

    `to` holds channel names, `alert` the kinds of news/alert.py; `quiet` is "HH:MM-HH:MM [zone]".
    """

    name: str
    query: str
    to: tuple[str, ...] = ()
    alert: tuple[str, ...] = ("story",)
    min_publishers: int = 1
    when: str = "now"
    max_per_hour: int | None = None
    cooldown: timedelta = timedelta()
    quiet: str | None = None
    timezone: str = "UTC"
    noisy: bool = False
    private: bool = False
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A watch as the archive keeps it; `version` counts its edits, `added_at` is UTC.

    One that is `paused` without a reason rests because it left its file.
    """

    id: int
    version: int
    settings: WatchSettings
    added_at: datetime
    paused: bool = False
    paused_reason: str | None = None
    owned_by_file: str | None = None
    channels: tuple[int, ...] = field(default=())
    """The channels that `settings.to` names, as the archive numbers them."""
