"""Objects that a file wants against objects that the archive has, whatever kind they are of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Literal, TypeAlias, TypeVar

from news.alias import Alias
from news.channel import ChannelSettings
from news.source import SourceSettings
from news.watch import WatchSettings
from wirewatch.config.fault import Fault, Origin
from wirewatch.config.values import DesiredPublisher
from wirewatch.differences import Difference, differences

Noun: TypeAlias = Literal["alias", "channel", "publisher", "source", "watch"]
Settings: TypeAlias = Alias | SourceSettings | ChannelSettings | WatchSettings
S = TypeVar("S", bound=Settings)
Same: TypeAlias = Callable[[S], str]
"""What makes two objects one although their names differ."""


class Verb(StrEnum):
    """What a step does to one object."""

    RENAME = "rename"
    ADD = "add"
    CHANGE = "change"
    RESUME = "resume"
    PAUSE = "pause"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of one object; `number` is the archive's, where it has one already.

    `settings` are the new ones where there are any, `told` what a person reads of them.
    """

    noun: Noun
    verb: Verb
    name: str
    number: int = 0
    settings: Settings | DesiredPublisher | None = None
    told: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted(Generic[S]):
    """An object as a file asks for it; `was` is the name it had before."""

    settings: S
    origin: Origin
    was: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Present(Generic[S]):
    """An object as the archive has it.

    `resting` is one that left the file before, `stopped` one that rests for a reason of its own.
    """

    number: int
    settings: S
    owner: str | None
    resting: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The file that asks; `vanished` are files that owned objects and do not exist any more."""

    file: str
    vanished: frozenset[str] = frozenset()

    def fault(self, noun: Noun, wanted: Wanted[S], present: Present[S]) -> Fault | None:
        """Say why `present` is not this file's to change, if it is not."""
        if present.owner == self.file or present.owner in self.vanished:
            return None
        label = f'[[{noun}]] "{wanted.settings.name}"'
        whose = "was made by hand" if present.owner is None else f"belongs to {present.owner}"
        same = "this name" if present.settings.name == wanted.settings.name else "this address"
        words = f"{'an' if noun == 'alias' else 'a'} {noun} of {same} {whose}; change one of them"
        return Fault(wanted.origin, label, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared(Generic[S]):
    """What is to be done, what the file left behind, and what is in its way."""

    steps: tuple[Step, ...]
    left: tuple[Present[S], ...]
    faults: tuple[Fault, ...]

    @property
    def renamed(self) -> dict[str, str]:
        """New names by old ones."""
        renames = (step for step in self.steps if step.verb is Verb.RENAME)
        return {step.told[0].old: step.name for step in renames}


def compare(
    noun: Noun,
    wanted: Sequence[Wanted[S]],
    present: Sequence[Present[S]],
    owner: Owner,
    same: Same[S] = lambda settings: settings.name,
) -> Compared[S]:
    """Compare by name, then by former name, then by what else makes two objects the `same`."""
    steps: list[Step] = []
    faults: list[Fault] = []
    found: set[int] = set()
    for one, other in _pairs(wanted, present, same):
        if other is None:
            steps.append(_step(noun, Verb.ADD, one))
            continue
        found.add(other.number)
        fault = owner.fault(noun, one, other)
        faults.extend([fault] if fault else [])
        steps.extend(_changes(noun, one, other, owner))
    left = tuple(one for one in present if one.number not in found and one.owner == owner.file)
    renames_first = sorted(steps, key=lambda step: step.verb is not Verb.RENAME)
    return Compared(steps=tuple(renames_first), left=left, faults=tuple(faults))


def _pairs(
    wanted: Iterable[Wanted[S]], present: Sequence[Present[S]], same: Same[S]
) -> Iterator[tuple[Wanted[S], Present[S] | None]]:
    wanted = list(wanted)
    by_name = {one.settings.name: one for one in present}
    names = {one.settings.name for one in wanted}
    alike = {same(one.settings): one for one in present if one.settings.name not in names}
    for one in wanted:
        former = by_name.get(one.was) if one.was is not None else None
        yield one, by_name.get(one.settings.name) or former or alike.get(same(one.settings))


def _changes(noun: Noun, wanted: Wanted[S], present: Present[S], owner: Owner) -> Iterator[Step]:
    new, old = wanted.settings, present.settings
    if new.name != old.name:
        told = Difference(key="name", old=old.name, new=new.name)
        yield _step(noun, Verb.RENAME, wanted, present, (told,))
    told_all = differences(old, new)
    if present.owner != owner.file:
        told_all += (Difference(key="file", old=present.owner or "", new=owner.file),)
    if told_all:
        yield _step(noun, Verb.CHANGE, wanted, present, told_all)
    if present.resting or (present.stopped and told_all):
        yield _step(noun, Verb.RESUME, wanted, present)


def _step(
    noun: Noun,
    verb: Verb,
    wanted: Wanted[S],
    present: Present[S] | None = None,
    told: tuple[Difference, ...] = (),
) -> Step:
    return Step(
        noun=noun,
        verb=verb,
        name=wanted.settings.name,
        number=present.number if present else 0,
        settings=wanted.settings,
        told=told,
    )
