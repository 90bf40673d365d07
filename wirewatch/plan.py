"""What the configuration changes in the archive: a pure decision, shown before it is done.

Objects that the file made are the file's; those made by hand are left alone. What leaves the file
rests until `--prune` removes it; `was` gives a new name and keeps the history. wirewatch/apply.py
carries the steps out in their order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archive.publishers import KeptPublisher
from archive.sources import KeptSource
from news.alias import Alias, KeptAlias
from news.channel import ChannelSettings, KeptChannel
from news.errors import ConfigurationError
from news.source import SourceSettings
from news.source_address import source_address
from news.watch import Watch, WatchSettings
from wirewatch.alias_leaving import leaving
from wirewatch.comparison import Compared, Noun, Owner, Present, Step, Verb, Wanted, compare
from wirewatch.config.fault import Fault
from wirewatch.config.unserved import channel_is_served, source_is_served
from wirewatch.config.values import Configuration, DesiredSource
from wirewatch.plan_publishers import publisher_steps

LEFT_THE_FILE = "it left the configuration"
"""Why a source rests that is not in the file any more; it is visited again when it comes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the archive has; `vanished` are owning files that do not exist any more.

    `waiting` counts, by channel, deliveries that are not settled yet.
    """

    sources: Sequence[KeptSource] = ()
    channels: Sequence[KeptChannel] = ()
    watches: Sequence[Watch] = ()
    aliases: Sequence[KeptAlias] = ()
    publishers: Sequence[KeptPublisher] = ()
    vanished: frozenset[str] = frozenset()
    waiting: Mapping[int, int] = field(default_factory=dict)

    def owners_by_object(self) -> Iterator[tuple[tuple[Noun, int], str]]:
        """Return noun and number of each object that a file owns, with that file."""
        owned: list[tuple[Noun, int, str | None]] = [
            *(("source", one.id, one.owned_by_file) for one in self.sources),
            *(("channel", one.id, one.owned_by_file) for one in self.channels),
            *(("watch", one.id, one.owned_by_file) for one in self.watches),
            *(("alias", one.id, one.owned_by_file) for one in self.aliases),
        ]
        for noun, number, file in owned:
            if file is not None:
                yield (noun, number), file


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps in their order, for the objects of `file`.

    `remarks` tell of what stays as it is, although the file says nothing of it any more, `losses`
    of what is given up by a removal.
    """

    file: str = ""
    steps: tuple[Step, ...] = ()
    remarks: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()

    @property
    def removals(self) -> int:
        """How many objects would be gone afterwards."""
        return sum(step.verb is Verb.REMOVE for step in self.steps)


def plan(configuration: Configuration, kept: Kept, *, prune: bool = False) -> Plan:
    """Compare what the file says with what the archive has.

    Raises ConfigurationError where a name or an address is taken by what is not the file's.
    """
    if configuration.file is None:
        return Plan()
    owner = Owner(file=str(configuration.file), vanished=kept.vanished)
    channels = _compared_channels(configuration, kept, owner)
    sources = compare(
        "source",
        [_source(one) for one in configuration.sources if source_is_served(one)],
        [_present_source(one) for one in kept.sources],
        owner,
        same=lambda settings: source_address(settings.url),
    )
    watches = compare(
        "watch",
        [Wanted(one.settings, one.origin, one.was) for one in configuration.watches],
        [_present_watch(one, channels.renamed) for one in kept.watches],
        owner,
    )
    aliases = compare(
        "alias",
        [Wanted(one.settings, one.origin) for one in configuration.aliases],
        [_present_alias(one) for one in kept.aliases],
        owner,
    )
    if faults := [*channels.faults, *sources.faults, *aliases.faults, *watches.faults]:
        raise ConfigurationError("\n".join(map(str, faults)))
    left: list[tuple[Noun, Present[Any]]] = [
        *(("watch", one) for one in watches.left),
        *(("source", one) for one in sources.left),
        *(("channel", one) for one in channels.left),
    ]
    going = [step for noun, one in left if (step := _going(noun, one, prune=prune))]
    others = _untouched(kept.watches, [*watches.steps, *going])
    forgotten, unforgotten = leaving(aliases.left, others, prune=prune)
    described = publisher_steps(configuration.publishers, kept.publishers, owner.file)
    added = (*channels.steps, *described, *sources.steps, *aliases.steps, *watches.steps)
    steps = (*added, *going, *forgotten)
    remarks = (*_staying(left, going), *unforgotten, *_others(kept, steps))
    losses = tuple(_losses(going, kept.waiting))
    return Plan(file=owner.file, steps=steps, remarks=remarks, losses=losses)


def _compared_channels(
    configuration: Configuration, kept: Kept, owner: Owner
) -> Compared[ChannelSettings]:
    """Compare channels, each of which keeps its kind: what waits for it was written for that."""
    wanted = _channels(configuration, kept)
    compared = compare("channel", wanted, _present_channels(kept), owner)
    asked = {one.settings.name: one for one in wanted}
    kinds = {one.id: one.settings.kind for one in kept.channels}
    turned = [
        Fault(
            asked[step.name].origin,
            f'[[channel]] "{step.name}"',
            f"it is a {kinds[step.number]} channel and cannot become another kind; give the new "
            "one another name, and that to the watches that name it",
        )
        for step in compared.steps
        if step.verb is Verb.CHANGE and asked[step.name].settings.kind != kinds[step.number]
    ]
    return replace(compared, faults=(*compared.faults, *turned))


def _channels(configuration: Configuration, kept: Kept) -> list[Wanted[ChannelSettings]]:
    """Channels that name no secret keep the one that was made for them."""
    secrets = {one.settings.name: one.settings.secrets for one in kept.channels}
    wanted = []
    for one in configuration.channels:
        if channel_is_served(one):
            known = secrets.get(one.settings.name, secrets.get(one.was or "", ()))
            settings = replace(one.settings, secrets=one.settings.secrets or known)
            wanted.append(Wanted(settings, one.origin, one.was))
    return wanted


def _source(desired: DesiredSource) -> Wanted[SourceSettings]:
    return Wanted(desired.settings, desired.origin, desired.was)


def _present_channels(kept: Kept) -> list[Present[ChannelSettings]]:
    return [
        Present(number=one.id, settings=one.settings, owner=one.owned_by_file)
        for one in kept.channels
    ]


def _present_source(kept: KeptSource) -> Present[SourceSettings]:
    return Present(
        number=kept.id,
        settings=kept.settings,
        owner=kept.owned_by_file,
        resting=kept.paused_reason == LEFT_THE_FILE,
        stopped=kept.paused,
    )


def _present_watch(kept: Watch, renamed: Mapping[str, str]) -> Present[WatchSettings]:
    """Take a watch as it is once channels have their new names."""
    to = tuple(renamed.get(name, name) for name in kept.settings.to)
    return Present(
        number=kept.id,
        settings=replace(kept.settings, to=to),
        owner=kept.owned_by_file,
        resting=kept.paused and kept.paused_reason is None,
    )


def _present_alias(kept: KeptAlias) -> Present[Alias]:
    return Present(number=kept.id, settings=kept.settings, owner=kept.owned_by_file)


def _untouched(watches: Sequence[Watch], steps: Sequence[Step]) -> list[Watch]:
    """Return the watches that keep the query which they have."""
    ending = {Verb.CHANGE, Verb.REMOVE}
    numbers = {step.number for step in steps if step.noun == "watch" and step.verb in ending}
    return [watch for watch in watches if watch.id not in numbers]


def _going(noun: Noun, left: Present[Any], *, prune: bool) -> Step | None:
    name: str = left.settings.name
    if prune:
        return Step(noun=noun, verb=Verb.REMOVE, name=name, number=left.number)
    if noun == "channel" or left.resting:
        return None
    return Step(noun=noun, verb=Verb.PAUSE, name=name, number=left.number)


def _staying(left: Sequence[tuple[Noun, Present[Any]]], going: Sequence[Step]) -> Iterator[str]:
    numbers = {(step.noun, step.number) for step in going}
    for noun, one in left:
        if (noun, one.number) not in numbers:
            state = "stays" if noun == "channel" else "rests"
            yield f'{noun} "{one.settings.name}" left the file and {state} until `apply --prune`'


def _losses(going: Sequence[Step], waiting: Mapping[int, int]) -> Iterator[str]:
    for step in going:
        count = waiting.get(step.number, 0)
        if step.noun == "channel" and step.verb is Verb.REMOVE and count:
            what = "1 delivery that waits" if count == 1 else f"{count} deliveries that wait"
            is_ = "is" if count == 1 else "are"
            yield f'{what} for channel "{step.name}" {is_} given up'


def _others(kept: Kept, steps: Sequence[Step]) -> Iterator[str]:
    adopted = {(step.noun, step.number) for step in steps}
    for file in sorted(kept.vanished):
        count = sum(owner == file and key not in adopted for key, owner in kept.owners_by_object())
        if count:
            objects = "1 object belongs" if count == 1 else f"{count} objects belong"
            yield f"{objects} to {file}, which is gone: left alone"
