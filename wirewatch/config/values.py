"""What a configuration says, as frozen values: everything checked, every default filled in."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from news.alias import Alias
from news.channel import ChannelSettings
from news.source import SourceSettings
from news.watch import WatchSettings
from wirewatch.config.fault import Origin
from wirewatch.config.sections import Archive, Cadence, Mail, Network, Notices, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredSource:
    """A source that the file asks for; `was` is the name it had before."""

    settings: SourceSettings
    origin: Origin
    was: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredChannel:
    """A channel that the file asks for; without secrets, one is made for it."""

    settings: ChannelSettings
    origin: Origin
    was: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredAlias:
    """An alias that the file asks for."""

    settings: Alias
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredPublisher:
    """What the file says about a publisher; None says nothing."""

    domain: str
    origin: Origin
    name: str | None = None
    family: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredWatch:
    """A watch that the file asks for; `was` is the name it had before."""

    settings: WatchSettings
    origin: Origin
    was: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything that wirewatch.toml says; without arguments, what holds when there is no file.

    `file` is the file that was named, absolute, and `files` are all that were read; `archive.url`
    has no relative path any more, and every secret stands here in clear, so this is never logged.
    """

    file: Path | None = None
    files: tuple[Path, ...] = ()
    timezone: str = "UTC"
    catch_up: timedelta = timedelta(hours=1)
    web: Web = field(default_factory=Web)
    network: Network = field(default_factory=Network)
    cadence: Cadence = field(default_factory=Cadence)
    notices: Notices = field(default_factory=Notices)
    archive: Archive = field(default_factory=Archive)
    mail: Mail = field(default_factory=Mail, repr=False)
    sources: tuple[DesiredSource, ...] = ()
    channels: tuple[DesiredChannel, ...] = ()
    aliases: tuple[DesiredAlias, ...] = ()
    publishers: tuple[DesiredPublisher, ...] = ()
    watches: tuple[DesiredWatch, ...] = ()
