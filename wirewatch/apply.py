"""Brings the archive in line with the configuration: plan and steps in one transaction.

`run` does it before it starts, `apply` does it beside a running `run`, which sees the change
within a second. A second time there is nothing to change.
"""

import secrets
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, assert_never

from archive import aliases, channel_figures, channels, publishers, sources, watches
from archive.database import Database, Transaction
from news.alias import Alias
from news.channel import ChannelSettings
from news.source import SourceSettings
from news.url import is_http
from news.watch import WatchSettings
from wirewatch.comparison import Step, Verb
from wirewatch.config.secret import PREFIX
from wirewatch.config.values import Configuration, DesiredPublisher
from wirewatch.plan import LEFT_THE_FILE, Kept, Plan, plan

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class MadeSecret:
    """A secret that was made because the file names none; it is shown this once."""

    channel: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What was done."""

    plan: Plan
    made: tuple[MadeSecret, ...]


MakeSecret: TypeAlias = Callable[[], str]


def fresh_secret() -> str:
    """Return a new key to sign webhooks with, as Standard Webhooks writes it."""
    return PREFIX + b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def bring_in_line(
    database: Database,
    configuration: Configuration,
    *,
    now: datetime,
    prune: bool = False,
    make_secret: MakeSecret = fresh_secret,
) -> Applied:
    """Plan by what the archive has, and carry it out, all in one transaction."""
    with database.writing() as conn:
        database.alone(conn)  # two who apply at once would each add what is missing
        publishers.refresh(conn)
        planned = plan(configuration, kept(conn), prune=prune)
        made = carry_out(conn, planned, now=now, make_secret=make_secret)
        publishers.own(conn, [one.domain for one in configuration.publishers], planned.file)
    return Applied(plan=planned, made=made)


def kept(conn: Transaction) -> Kept:
    """Return what the archive has, as a plan wants to see it."""
    found = Kept(
        sources=sources.listing(conn),
        channels=channels.listing(conn),
        watches=watches.listing(conn),
        aliases=aliases.kept(conn),
        publishers=publishers.listing(conn),
        waiting={one: known.waiting for one, known in channel_figures.of_all(conn).items()},
    )
    gone = {file for _, file in found.owners_by_object() if not Path(file).exists()}
    return replace(found, vanished=frozenset(gone))


def carry_out(
    conn: Transaction, planned: Plan, *, now: datetime, make_secret: MakeSecret = fresh_secret
) -> tuple[MadeSecret, ...]:
    """Take every step within the transaction of `conn`; return the secrets made on the way."""
    made: list[MadeSecret] = []
    sources.make_way(conn, [step.number for step in planned.steps if _moves(step)])
    for step in planned.steps:
        settings = step.settings
        if isinstance(settings, ChannelSettings) and _writes(step) and _is_unsigned(settings):
            secret = make_secret()
            settings = replace(settings, secrets=(secret,))
            made.append(MadeSecret(step.name, secret))
        _take(conn, replace(step, settings=settings), planned.file, now)
    return tuple(made)


def _moves(step: Step) -> bool:
    return step.verb is Verb.CHANGE and isinstance(step.settings, SourceSettings)


def _is_unsigned(settings: ChannelSettings) -> bool:
    """Tell whether a secret is to be made: mails are not signed."""
    return is_http(settings.url) and not settings.secrets


def _writes(step: Step) -> bool:
    return step.verb in {Verb.ADD, Verb.CHANGE}


def _take(conn: Transaction, step: Step, file: str, now: datetime) -> None:
    match step.verb:
        case Verb.ADD:
            _add(conn, step, file, now)
        case Verb.CHANGE:
            _change(conn, step, file, now)
        case Verb.RENAME:
            _RENAME[step.noun](conn, step.number, step.name)
        case Verb.PAUSE | Verb.RESUME:
            _rest(conn, step, now)
        case Verb.REMOVE:
            _REMOVE[step.noun](conn, step.number, now=now)
        case _:
            assert_never(step.verb)


def _add(conn: Transaction, step: Step, file: str, now: datetime) -> None:
    match step.settings:
        case SourceSettings() as source:
            sources.add(conn, source, now=now, file=file)
        case ChannelSettings() as channel:
            channels.add(conn, channel, now=now, file=file)
        case WatchSettings() as watch:
            watches.add(conn, watch, now=now, file=file)
        case Alias() as alias:
            aliases.keep(conn, alias.name, alias.terms, file=file)
        case DesiredPublisher() as publisher:
            _describe(conn, publisher)
        case None:
            pass
        case _:
            assert_never(step.settings)


def _change(conn: Transaction, step: Step, file: str, now: datetime) -> None:
    match step.settings:
        case SourceSettings() as source:
            sources.change(conn, step.number, source, now=now, file=file)
        case ChannelSettings() as channel:
            channels.change(conn, step.number, channel, file=file)
        case WatchSettings() as watch:
            watches.change(conn, step.number, watch, now=now, file=file)
        case Alias() as alias:
            aliases.keep(conn, alias.name, alias.terms, file=file)
        case DesiredPublisher() as publisher:
            _describe(conn, publisher)
        case None:
            pass
        case _:
            assert_never(step.settings)


def _forget(conn: Transaction, alias: int, *, now: datetime) -> None:  # noqa: ARG001 - as of the others
    aliases.remove(conn, alias)


def _describe(conn: Transaction, one: DesiredPublisher) -> None:
    publishers.describe(conn, one.domain, name=one.name, family=one.family, country=one.country)


def _rest(conn: Transaction, step: Step, now: datetime) -> None:
    match step.noun, step.verb:
        case "source", Verb.PAUSE:
            sources.pause(conn, step.number, LEFT_THE_FILE)
        case "source", _:
            sources.resume(conn, step.number, now=now)
        case "watch", Verb.PAUSE:
            watches.pause(conn, step.number)
        case "watch", _:
            watches.resume(conn, step.number)


_RENAME = {"channel": channels.rename, "source": sources.rename, "watch": watches.rename}
_REMOVE = {
    "alias": _forget,
    "channel": channels.remove,
    "publisher": publishers.take_back,
    "source": sources.remove,
    "watch": watches.remove,
}
