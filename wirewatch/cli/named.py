"""Which source, watch or channel a person means, by its name or its wire id ("so_3")."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from news.errors import UsageError
from news.ids import Prefix, wire_id
from wirewatch.config.fault import did_you_mean


class _Settings(Protocol):
    @property
    def name(self) -> str: ...


class Kept(Protocol):
    """A source, watch or channel as the archive keeps it."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def owned_by_file(self) -> str | None:
        """The file that it stands in, if it stands in one."""
        ...

    @property
    def settings(self) -> _Settings:
        """What a person said of it."""
        ...


One = TypeVar("One", bound=Kept)

PREFIXES: dict[str, Prefix] = {"source": "so", "watch": "w", "channel": "ch"}


def named(name: str, known: Sequence[One], *, noun: str) -> One:
    """Return the one of `known` that is meant; UsageError with what may have been meant."""
    plain = " ".join(name.split())  # as names are kept
    for one in known:
        if {name, plain} & {one.settings.name, wire_id(PREFIXES[noun], one.id)}:
            return one
    if not known:
        raise UsageError(f"There is no {noun} yet. Try: wirewatch {noun} add --help")
    hint = did_you_mean(name, [one.settings.name for one in known])
    raise UsageError(
        f'There is no {noun} "{name}"{hint}. See `wirewatch {noun} list`; '
        "what stands only in the file is there after `wirewatch apply`."
    )


def free_of_file(one: One, *, noun: str) -> One:
    """Return `one` if a command may change it; UsageError where a file says what it is."""
    if one.owned_by_file is None:
        return one
    raise UsageError(
        f'The {noun} "{one.settings.name}" stands in {one.owned_by_file}; '
        "change it there, then: wirewatch apply"
    )
