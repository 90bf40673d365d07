"""`wirewatch watch edit`: change what was said of a watch, and see first what that changes."""

import sys
from dataclasses import dataclass, replace
from typing import Unpack

import click

from archive import watches
from archive.database import Transaction
from news.errors import UsageError
from news.query.fault import Fault
from news.query.tree import Query
from news.watch import Watch, WatchSettings
from wirewatch.cli.completing import watch_names
from wirewatch.cli.named import free_of_file, named
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.previewed import change_as_json, headline, show_change
from wirewatch.cli.query_words import remark_hints, understood
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.watch_preview import DAYS, asked_of, try_out
from wirewatch.cli.watch_settings import (
    Said,
    refuse_noisy,
    refuse_taken,
    refuse_unknown,
    settings_options,
    with_said,
)
from wirewatch.cli.watch_shown import show_watch
from wirewatch.config.values import Configuration
from wirewatch.differences import Difference, differences
from wirewatch.preview import Preview
from wirewatch.preview_change import Change, change
from wirewatch.queries import query_of


class Changed(Said):
    """What the options said, and what only an edit can say."""

    query: str | None
    new_name: str | None
    to_nobody: bool
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effect:
    """What the new query would have told, and what it wins and loses against the old one."""

    tried: Preview
    change: Change | None


@command(
    "edit",
    examples=(
        "wirewatch watch edit Coffins --query 'coffins (soldiers OR troops) -football'",
        'wirewatch watch edit Coffins --name "Soldiers\' coffins" --to desk --yes',
    ),
)
@click.argument("name", shell_complete=watch_names)
@click.option("--query", metavar="QUERY", help="Wait for this instead.")
@click.option("--name", "new_name", metavar="NEW", help="Call it so; its history stays.")
@settings_options
@click.option("--to-nobody", is_flag=True, help="Tell no channel any more.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_screen
def edit(screen: Screen, name: str, **said: Unpack[Changed]) -> None:
    """Change the watch NAME; what is not said stays as it is.

    Without options it shows the watch as it is. Else it shows what changes and, for another query,
    which articles of the last 60 days it wins and loses. On a terminal it asks before it does it.
    What was told is not told again.
    """
    configured = configuration(screen)
    with archive(configured) as database:
        with database.reading() as conn:
            kept = named(name, watches.listing(conn), noun="watch")
            if _says_nothing(said):
                show_watch(screen, kept)
                return
            free_of_file(kept, noun="watch")
            settings = _settings(kept.settings, said)
            told = _told(kept.settings, settings)
            if not told:
                screen.say("Nothing to change.")
                return
            parsed = understood(conn, settings.query)
            refuse_taken(conn, settings.name, own=kept.id)
            refuse_unknown(conn, settings)
            effect = _effect(screen, conn, configured, kept, (settings, parsed))
        if effect is not None:
            refuse_noisy(settings, effect.tried)
        _show(screen, told, effect)
        if not said["yes"]:
            _ask(screen)
        with database.writing() as conn:
            watches.change(conn, kept.id, settings, now=screen.clock())
    if not screen.manner.json:
        screen.say(f'"{settings.name}" is changed.')
    remark_hints(screen, parsed)


def _says_nothing(said: Changed) -> bool:
    one_value = (said["query"], said["new_name"], said["noisy"])
    others = said["to"] or said["alert"] or said["to_nobody"]
    return not others and all(value is None for value in one_value)


def _settings(before: WatchSettings, said: Changed) -> WatchSettings:
    if said["to_nobody"] and said["to"]:
        raise UsageError("--to and --to-nobody cannot be said together.")
    changed = replace(
        before,
        query=before.query if said["query"] is None else said["query"],
        name=before.name if said["new_name"] is None else said["new_name"],
        to=() if said["to_nobody"] else before.to,
    )
    return with_said(changed, said)


def _told(old: WatchSettings, new: WatchSettings) -> list[Difference]:
    renamed = [Difference(key="name", old=old.name, new=new.name)] if old.name != new.name else []
    return [*renamed, *differences(old, new)]


def _effect(
    screen: Screen,
    conn: Transaction,
    configured: Configuration,
    kept: Watch,
    new: tuple[WatchSettings, Query],
) -> _Effect | None:
    """Try the new settings where they tell otherwise than the old ones."""
    settings, parsed = new
    before = kept.settings
    if (settings.query, settings.alert) == (before.query, before.alert):
        return None
    asked = asked_of(configured, settings, parsed)
    tried = try_out(screen, conn, asked)
    old = query_of(conn, before.query)
    if isinstance(old, Fault) or settings.query == before.query:
        return _Effect(tried=tried, change=None)
    asked_before = asked_of(configured, before, old)
    tried_before = try_out(screen, conn, asked_before)
    return _Effect(tried=tried, change=change(conn, (asked_before, tried_before), (asked, tried)))


def _show(screen: Screen, told: list[Difference], effect: _Effect | None) -> None:
    if screen.manner.json:
        won_and_lost = effect.change if effect else None
        screen.data(
            {
                "changed": [{"key": one.key, "old": one.old, "new": one.new} for one in told],
                "effect": won_and_lost and change_as_json(won_and_lost),
            }
        )
        return
    for one in told:
        screen.say(f"{one.key}: {one.old} → {one.new}")
    if effect is None:
        return
    screen.say(headline(effect.tried))
    if effect.change is not None:
        show_change(screen, effect.change, DAYS)


def _ask(screen: Screen) -> None:
    """Ask where somebody sits; a script that says what to change means it."""
    if screen.terminal and sys.stdin.isatty():
        click.confirm("Change it?", abort=True, err=True)
