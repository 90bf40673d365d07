"""The sections of wirewatch.toml that stand once, as frozen values with their defaults.

They are what the code uses and, being pydantic dataclasses, what checks the file: one definition
for both. Durations are timedeltas, sizes are bytes.
"""

from dataclasses import field
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from wirewatch.config.fields import (
    STRICT,
    ArchiveAddress,
    Duration,
    Interval,
    Keep,
    MailAddress,
    MailServer,
    Names,
    PrivatePlaces,
    ProxyAddress,
    Size,
    Text,
    Texts,
    WebAddress,
    Zone,
    between,
    one_of,
)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Top:
    """What stands above the first table; `include` is relative to the file it stands in."""

    timezone: Zone = "UTC"
    catch_up: Duration = timedelta(hours=1)
    include: Texts = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Web:
    """`[web]`: where the pages are served; `base_url` is what links in alerts begin with."""

    host: Text = "127.0.0.1"
    port: Annotated[int, between(1, 65_535)] = 8_420
    base_url: WebAddress | None = None
    allowed_hosts: Texts = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Network:
    """`[network]`: how wirewatch reaches out, and the only private places that it may reach."""

    allow: PrivatePlaces = ()
    contact: Text | None = None
    delay: Duration = timedelta(seconds=1)
    proxy: ProxyAddress | None = field(default=None, repr=False)
    proxy_password: Text | None = field(default=None, repr=False)
    timeout: Interval = timedelta(seconds=30)
    max_bytes: Size = 10 * 1_048_576
    revisits: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Cadence:
    """`[cadence]`: the bounds of adaptive cadence."""

    min: Interval = timedelta(minutes=1)
    max: Interval = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Notices:
    """`[notices]`: who is told about wirewatch itself, and the dead-man ping."""

    to: Names = ()
    heartbeat: WebAddress | None = field(default=None, repr=False)
    heartbeat_every: Interval = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Archive:
    """`[archive]`: where everything is kept, how safely, and for how long (None: for ever)."""

    url: ArchiveAddress = field(default="sqlite:///wirewatch.db", repr=False)
    durability: Annotated[Literal["normal", "full"], one_of("normal", "full")] = "normal"
    keep: Keep | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Mail:
    """`[mail]`: the server that mails leave by, and whom they come from."""

    server: MailServer | None = None
    sender: Annotated[MailAddress | None, Field(alias="from")] = None
    password: Text | None = field(default=None, repr=False)


SECTIONS: dict[str, type] = {
    "web": Web,
    "network": Network,
    "cadence": Cadence,
    "notices": Notices,
    "archive": Archive,
    "mail": Mail,
}
