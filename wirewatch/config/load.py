"""Reads wirewatch.toml: from a path to a `Configuration`, or to every fault that is in it.

The way: documents (files, TOML) → gather (shapes) → rules (what one setting says about another)
→ values. Each step adds its faults to the same list, so that a person sees all of them at once.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from news.alias import Alias
from news.channel import ChannelSettings
from news.errors import ConfigurationError
from news.source import SourceSettings, Spider
from news.watch import WatchSettings
from wirewatch.config import documents, rules
from wirewatch.config.by_hand import channels_by_hand
from wirewatch.config.fault import Fault
from wirewatch.config.gather import Gathered, gather
from wirewatch.config.secret import looked_up
from wirewatch.config.sections import Archive, Cadence, Mail, Network, Notices, Top, Web
from wirewatch.config.tables import FOUND_OUT, SourceTable
from wirewatch.config.values import (
    Configuration,
    DesiredAlias,
    DesiredChannel,
    DesiredPublisher,
    DesiredSource,
    DesiredWatch,
)

FILE_NAME = "wirewatch.toml"
_SQLITE = "sqlite:///"


def load(path: Path, *, environ: Mapping[str, str] = os.environ) -> Configuration:
    """Read the file at `path` and all it includes.

    Raises ConfigurationError with one line per fault, file by file, in the order of lines.
    """
    faults: list[Fault] = []
    found = documents.read(path, faults)
    unread = bool(faults)
    gathered = gather(found, faults)
    if not unread:  # a file that cannot be read may hold what the others name
        archive = _archive(path, gathered)
        rules.check(
            gathered, environ, faults, partial(channels_by_hand, archive.url, path.resolve())
        )
    _stop_at(faults)
    configuration = _configuration(path, gathered, environ)
    return replace(configuration, files=tuple(one.path.resolve() for one in found))


def load_or_default(given: Path | None, *, folder: Path) -> Configuration:
    """Read the file that was `given`, else wirewatch.toml in `folder`, else take the defaults."""
    path = given or _shortest(folder / FILE_NAME)
    if given is None and not path.exists():
        return Configuration(archive=_placed_archive(Archive(), folder))
    return load(path)


def _shortest(path: Path) -> Path:
    """Messages name a file in the current folder by its name alone."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _stop_at(faults: list[Fault]) -> None:
    if faults:
        ordered = sorted(faults, key=lambda fault: (fault.origin.file, fault.origin.line))
        raise ConfigurationError("\n".join(dict.fromkeys(str(fault) for fault in ordered)))


def _configuration(path: Path, gathered: Gathered, environ: Mapping[str, str]) -> Configuration:
    top = gathered.section(Top)
    return Configuration(
        file=path.resolve(),
        timezone=top.timezone,
        catch_up=top.catch_up,
        web=gathered.section(Web),
        network=_network(gathered, environ),
        cadence=gathered.section(Cadence),
        notices=gathered.section(Notices),
        archive=_archive(path, gathered),
        mail=_mail(gathered, environ),
        sources=tuple(_sources(gathered, top.timezone)),
        channels=tuple(_channels(gathered, environ)),
        aliases=tuple(_aliases(gathered)),
        publishers=tuple(_publishers(gathered)),
        watches=tuple(_watches(gathered, top.timezone)),
    )


def _archive(path: Path, gathered: Gathered) -> Archive:
    placed = gathered.once.get("archive")
    folder = gathered.folders[placed.where.file] if placed else path.parent
    return _placed_archive(gathered.section(Archive), folder)


def _placed_archive(archive: Archive, folder: Path) -> Archive:
    """Give the SQLite file its absolute path: a relative one is relative to the file naming it."""
    if not archive.url.startswith(_SQLITE):
        return archive
    path = (folder / archive.url.removeprefix(_SQLITE)).resolve()
    return replace(archive, url=f"{_SQLITE}{path}")


def _mail(gathered: Gathered, environ: Mapping[str, str]) -> Mail:
    placed = gathered.once.get("mail")
    if placed is None or placed.value.password is None:
        return gathered.section(Mail)
    folder = gathered.folders[placed.where.file]
    password = looked_up(placed.value.password, beside=folder, environ=environ)
    mail: Mail = placed.value
    return replace(mail, password=password)


def _network(gathered: Gathered, environ: Mapping[str, str]) -> Network:
    placed = gathered.once.get("network")
    if placed is None or placed.value.proxy_password is None:
        return gathered.section(Network)
    folder = gathered.folders[placed.where.file]
    password = looked_up(placed.value.proxy_password, beside=folder, environ=environ)
    network: Network = placed.value
    return replace(network, proxy_password=password)


def _sources(gathered: Gathered, zone: str) -> Iterator[DesiredSource]:
    for placed in gathered.sources:
        table = placed.value
        settings = SourceSettings(
            name=table.name,
            kind=table.kind or _kind_by_keys(table),
            url=table.url,
            every=table.every,
            cron=table.cron,
            timezone=table.timezone or zone,
            tags=table.tags,
            spider=Spider(
                links=table.links,
                sections=table.sections,
                depth=table.depth,
                pages=table.pages,
                render=table.render,
            ),
        )
        yield DesiredSource(settings=settings, origin=placed.where.origin(), was=table.was)


def _kind_by_keys(table: SourceTable) -> str:
    """Return the kind of a source that does not say it: whose page alone counts, is found out."""
    if table.sections or table.depth is not None or table.pages is not None:
        return "site"
    return "list" if table.links else FOUND_OUT


def _channels(gathered: Gathered, environ: Mapping[str, str]) -> Iterator[DesiredChannel]:
    for placed in gathered.channels:
        table = placed.value
        folder = gathered.folders[placed.where.file]
        settings = ChannelSettings(
            name=table.name,
            url=_placed_address(table.url, folder),
            secrets=tuple(looked_up(one, beside=folder, environ=environ) for one in table.secret),
            shape=table.shape,
            rate=table.rate,
            concurrency=table.concurrency,
            allow_command=table.allow_command,
        )
        yield DesiredChannel(settings=settings, origin=placed.where.origin(), was=table.was)


def _placed_address(url: str, folder: Path) -> str:
    scheme, _, rest = url.partition(":")
    return f"{scheme}:{(folder / rest).resolve()}" if scheme in {"jsonl", "command"} else url


def _aliases(gathered: Gathered) -> Iterator[DesiredAlias]:
    for placed in gathered.aliases:
        settings = Alias(name=placed.value.name, terms=placed.value.terms)
        yield DesiredAlias(settings=settings, origin=placed.where.origin())


def _publishers(gathered: Gathered) -> Iterator[DesiredPublisher]:
    for placed in gathered.publishers:
        table = placed.value
        yield DesiredPublisher(
            domain=table.domain,
            origin=placed.where.origin(),
            name=table.name,
            family=table.family,
            country=table.country,
        )


def _watches(gathered: Gathered, zone: str) -> Iterator[DesiredWatch]:
    for placed in gathered.watches:
        table = placed.value
        settings = WatchSettings(
            name=table.name,
            query=table.query,
            to=table.to,
            alert=table.alert,
            min_publishers=table.min_publishers,
            when=table.when,
            max_per_hour=table.max_per_hour,
            cooldown=table.cooldown,
            quiet=table.quiet,
            timezone=table.timezone or zone,
            noisy=table.noisy,
            private=table.private,
            owner=table.owner,
        )
        yield DesiredWatch(settings=settings, origin=placed.where.origin(), was=table.was)
