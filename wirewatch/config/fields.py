"""The types of single settings: what TOML gives becomes what the code uses, or a fault in words."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, TypeAlias
from unicodedata import category

from pydantic import AfterValidator, BeforeValidator, ConfigDict

from news.alias import canonical_name
from news.ids import parse_wire_id
from scheduler.cron import cron_fault
from wirewatch.config import places, times
from wirewatch.config.fault import did_you_mean, quoted
from wirewatch.net.guard import parse_allowed

STRICT = ConfigDict(
    strict=True,
    extra="forbid",
    hide_input_in_errors=True,
    validate_by_name=True,
    validate_by_alias=True,
)
"""No guessing: "8420" is no number, and an unknown key is a fault."""

_SIZE = re.compile(r"([0-9]{1,12}) ?(B|kB|KiB|MB|MiB|GB|GiB)", re.ASCII)
_FACTORS = {
    "B": 1,
    "kB": 1_000,
    "KiB": 1_024,
    "MB": 1_000_000,
    "MiB": 1_048_576,
    "GB": 1_000_000_000,
    "GiB": 1_073_741_824,
}
_RATE = re.compile(r"([1-9][0-9]{0,5})/(s|m|h|d)", re.ASCII)
_LONGEST_NAME = 200


def _duration(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ValueError(f'a duration has a unit: write "{value}s" or "{value}m"')  # noqa: TRY004 - pydantic collects ValueErrors alone
    return times.duration(value) if isinstance(value, str) else value


def at_least(least: timedelta) -> AfterValidator:
    """Return a check that a duration is not shorter than `least`."""

    def check(value: timedelta) -> timedelta:
        if value < least:
            raise ValueError(f'the least is "{times.written(least)}"')
        return value

    return AfterValidator(check)


def between(least: int, most: int) -> AfterValidator:
    """Return a check that a number lies within bounds, both included."""

    def check(value: int) -> int:
        if not least <= value <= most:
            raise ValueError(f"must be from {least} to {most}, not {value}")
        return value

    return AfterValidator(check)


def one_of(*words: str) -> BeforeValidator:
    """Return a check that a text is one of `words`; what is no text is told by its type."""

    def check(value: object) -> object:
        if isinstance(value, str) and value not in words:
            hint = did_you_mean(value, words)
            mended = hint if "mean" in hint else f"; it is {quoted(words)}"
            raise ValueError(f'"{value}" is not known here{mended}')
        return value

    return BeforeValidator(check)


def _plain(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    if any(category(character) == "Cc" and character not in "\n\t" for character in value):
        raise ValueError("holds characters that cannot be shown")
    return value


def _name(value: str) -> str:
    if value != value.strip() or "\n" in value:
        raise ValueError("a name stands on one line, with no blanks around it")
    if len(value) > _LONGEST_NAME:
        raise ValueError(f"a name has at most {_LONGEST_NAME} characters")
    if parse_wire_id(value):
        raise ValueError(f'"{value}" is how wirewatch itself numbers things; choose another name')
    return value


def _size(value: object) -> object:
    found = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if isinstance(value, str) and not found:
        raise ValueError(f'"{value}" is no size; write one like "10 MiB"')
    return int(found[1]) * _FACTORS[found[2]] if found else value


def _rate(value: str) -> str:
    if not _RATE.fullmatch(value):
        raise ValueError(f'"{value}" is no rate; write one like "30/m"')
    return value


def _listed(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, str) else value


def _private_place(value: str) -> str:
    parse_allowed(value)
    return value


def _cron(value: str) -> str:
    if words := cron_fault(value, "UTC"):
        raise ValueError(words)
    return value


def _alias_name(value: str) -> str:
    name = canonical_name(value)
    if name is None:
        raise ValueError(
            "queries call it by @, so the name has no blanks: "
            'write letters and digits, and - _ . between them, like "kim-jong-un"'
        )
    return name


def _selector(value: str) -> str:
    from crawler.lists.selector import selector_fault  # noqa: PLC0415 - heavy, and seldom needed

    fault = selector_fault(value)
    if fault is not None:
        raise ValueError(fault)
    return value


def _domain(value: str) -> str:
    host, _, port = value.partition(":")
    if not places.host_name(host) or (port and not port.isdigit()):
        raise ValueError(f'"{value}" is no domain; write one like "theguardian.com"')
    return value.lower()


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", value, re.ASCII):
        raise ValueError(f'"{value}" is no country; write two letters, like "kr"')
    return value.lower()


def _checked(check: Callable[[str], str]) -> AfterValidator:
    return AfterValidator(check)


Text: TypeAlias = Annotated[str, _checked(_plain)]
Name: TypeAlias = Annotated[Text, _checked(_name)]
AliasName: TypeAlias = Annotated[Name, _checked(_alias_name)]
Listed = BeforeValidator(_listed)
"""One text may stand where a list of texts is meant."""
Texts: TypeAlias = Annotated[tuple[Text, ...], Listed]
Names: TypeAlias = Annotated[tuple[Name, ...], Listed]
Duration: TypeAlias = Annotated[timedelta, BeforeValidator(_duration)]
Interval: TypeAlias = Annotated[Duration, at_least(timedelta(seconds=1))]
Keep: TypeAlias = Annotated[Duration, at_least(timedelta(days=7))]
"""Younger pages are read again, and younger deliveries tried again: archive/prune.py."""
Size: TypeAlias = Annotated[int, BeforeValidator(_size), between(1_024, 2**40)]
Count: TypeAlias = Annotated[int, between(1, 1_000_000)]
Rate: TypeAlias = Annotated[Text, _checked(_rate)]
Zone: TypeAlias = Annotated[Text, _checked(times.zone)]
Quiet: TypeAlias = Annotated[Text, _checked(times.quiet_hours)]
When: TypeAlias = Annotated[Text, _checked(times.when)]
WebAddress: TypeAlias = Annotated[Text, _checked(places.web_address)]
ChannelAddress: TypeAlias = Annotated[Text, _checked(places.channel_address)]
MailAddress: TypeAlias = Annotated[Text, _checked(places.mail_address)]
MailServer: TypeAlias = Annotated[Text, _checked(places.mail_server)]
ProxyAddress: TypeAlias = Annotated[Text, _checked(places.proxy_address)]
ArchiveAddress: TypeAlias = Annotated[Text, _checked(places.archive_address)]
PrivatePlaces: TypeAlias = Annotated[tuple[Annotated[Text, _checked(_private_place)], ...], Listed]
Cron: TypeAlias = Annotated[Text, _checked(_cron)]
Selector: TypeAlias = Annotated[Text, _checked(_selector)]
Domain: TypeAlias = Annotated[Text, _checked(_domain)]
Country: TypeAlias = Annotated[Text, _checked(_country)]
