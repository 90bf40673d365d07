"""What differs between two settings, in the words of wirewatch.toml, with secrets left out."""

from dataclasses import dataclass, fields
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from news.alias import Alias
from news.channel import ChannelSettings
from news.source import SourceSettings, Spider
from news.watch import WatchSettings
from wirewatch.config.times import written

NOTHING = "–"
"""What stands for a setting that is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One key, and what stood there before and stands there now."""

    key: str
    old: str
    new: str


def differences(
    old: Alias | SourceSettings | ChannelSettings | WatchSettings,
    new: Alias | SourceSettings | ChannelSettings | WatchSettings,
) -> tuple[Difference, ...]:
    """Compare all but the name. What may be secret is named, never shown."""
    if isinstance(old, SourceSettings) and isinstance(new, SourceSettings):
        return (*_differences(old, new), *_differences(old.spider, new.spider))
    return _differences(old, new)


def _differences(
    old: Alias | SourceSettings | Spider | ChannelSettings | WatchSettings,
    new: Alias | SourceSettings | Spider | ChannelSettings | WatchSettings,
) -> tuple[Difference, ...]:
    hidden = isinstance(new, ChannelSettings)
    return tuple(
        Difference(
            key=_KEYS.get(field.name, field.name),
            old=_shown(field.name, getattr(old, field.name), hidden=hidden),
            new=_shown(field.name, getattr(new, field.name), hidden=hidden),
        )
        for field in fields(new)
        if field.name not in {"name", "spider"}
        and getattr(old, field.name) != getattr(new, field.name)
    )


def address_without_path(url: str) -> str:
    """Return as much of an address as may be shown to whoever is at the command line.

    The path of a webhook may itself be the secret; a mailbox is none. Logs show neither.
    """
    parts = urlsplit(url)
    if parts.scheme == "mailto":
        return unquote(url.partition("?")[0])
    if parts.scheme not in {"http", "https"}:
        return f"{parts.scheme}:…"
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}/…"


_KEYS = {"secrets": "secret"}


def _shown(key: str, value: object, *, hidden: bool) -> str:
    match value:
        case None | () | "":
            return NOTHING
        case timedelta():
            return written(value)
        case bool():
            return str(value).lower()
        case tuple() if key == "secrets":
            return f"({len(value)} not shown)"
        case tuple():
            return ", ".join(map(str, value))
        case str() if hidden and key == "url":
            return address_without_path(value)
        case _:
            return str(value)
