"""The tables of wirewatch.toml that stand many times, key by key as they are written.

They check the shape of each `[[source]]`, `[[channel]]`, `[[alias]]`, `[[publisher]]` and
`[[watch]]`; what one key says about another is in rules.py, what queries say in queries.py.
"""

from dataclasses import field
from datetime import timedelta
from typing import Annotated

from pydantic.dataclasses import dataclass

from news.alert import AlertKind
from wirewatch.config.fields import (
    STRICT,
    AliasName,
    ChannelAddress,
    Count,
    Country,
    Cron,
    Domain,
    Duration,
    Interval,
    Listed,
    Name,
    Names,
    Quiet,
    Rate,
    Selector,
    Text,
    Texts,
    WebAddress,
    When,
    Zone,
    between,
    one_of,
)

SOURCE_KINDS = ("feed", "sitemap", "list", "site")
FOUND_OUT = "auto"
"""The kind of a source that names none: whoever reads it looks what stands there."""

_Kind = Annotated[Text, one_of(*SOURCE_KINDS)]
_AlertKind = Annotated[Text, one_of(*AlertKind)]
_Shape = Annotated[Text, one_of("slack", "discord", "teams")]


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class SourceTable:
    """`[[source]]`."""

    name: Name
    url: WebAddress
    kind: _Kind | None = None
    every: Interval | None = None
    cron: Cron | None = None
    timezone: Zone | None = None
    tags: Names = ()
    links: Selector | None = None
    sections: Texts = ()
    depth: Annotated[int, between(0, 20)] | None = None
    pages: Annotated[int, between(1, 100_000)] | None = None
    render: bool = False
    was: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class ChannelTable:
    """`[[channel]]`; two secrets stand there while one is being rotated."""

    name: Name
    url: ChannelAddress = field(repr=False)
    secret: Texts = field(default=(), repr=False)
    shape: _Shape | None = None
    rate: Rate | None = None
    concurrency: Annotated[int, between(1, 100)] = 1
    allow_command: bool = False
    was: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class AliasTable:
    """`[[alias]]`: every spelling of one name; each term is one phrase."""

    name: AliasName
    terms: Texts


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class PublisherTable:
    """`[[publisher]]`."""

    domain: Domain
    name: Name | None = None
    family: Name | None = None
    country: Country | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class WatchTable:
    """`[[watch]]`."""

    name: Name
    query: Text
    to: Names = ()
    alert: Annotated[tuple[_AlertKind, ...], Listed] = ("story",)
    min_publishers: Count = 1
    when: When = "now"
    max_per_hour: Count | None = None
    cooldown: Duration = timedelta()
    quiet: Quiet | None = None
    timezone: Zone | None = None
    noisy: bool = False
    private: bool = False
    owner: Name | None = None
    was: Name | None = None


TABLES: dict[str, type] = {
    "source": SourceTable,
    "channel": ChannelTable,
    "alias": AliasTable,
    "publisher": PublisherTable,
    "watch": WatchTable,
}
