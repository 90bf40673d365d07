"""`wirewatch watch add`: a new watch, tried on the past before it is kept."""

from typing import Unpack

import click

from archive import run_lock, watches
from news.ids import wire_id
from news.typed import typed
from news.watch import WatchSettings
from wirewatch.cli.opened import archive_or_new, configuration
from wirewatch.cli.options import command
from wirewatch.cli.previewed import as_json, summary
from wirewatch.cli.query_words import QueryCommand, readable, remark_hints, understood
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.watch_preview import asked_of, try_out
from wirewatch.cli.watch_settings import (
    Said,
    refuse_noisy,
    refuse_taken,
    refuse_unknown,
    settings_options,
    with_said,
)


@command(
    "add",
    kind=QueryCommand,
    examples=(
        "wirewatch watch add Coffins 'coffins soldiers -football' --to newsroom",
        "wirewatch watch add Treaty '\"strategic partnership\" OR treaty' --to newsroom --to desk",
        "wirewatch watch add Kursk --alert article -- '-football kursk'",
    ),
)
@click.argument("name")
@click.argument("query")
@settings_options
@with_screen
def add(screen: Screen, name: str, query: str, **said: Unpack[Said]) -> None:
    """Wait for QUERY from now on, under the name NAME; put QUERY in single quotes.

    It is tried on the archive's past first, and you see what it would have told. Articles that are
    there already raise no alert.
    """
    readable(query)
    configured = configuration(screen)
    new = WatchSettings(name=name, query=query, timezone=configured.timezone)
    with archive_or_new(configured) as database:
        with database.reading() as conn:
            parsed = understood(conn, query)
            settings = with_said(new, said)
            refuse_taken(conn, settings.name)
            refuse_unknown(conn, settings)
            tried = try_out(screen, conn, asked_of(configured, settings, parsed))
        refuse_noisy(settings, tried)
        with database.writing() as conn:
            number = watches.add(conn, settings, now=screen.clock())
    wire = wire_id("w", number)
    if screen.manner.json:
        screen.data({"id": wire, "name": settings.name, "preview": as_json(tried)})
    else:
        screen.say(f'{wire} "{settings.name}" is watched for from now on.')
        for line in summary(tried):
            screen.say(line)
    remark_hints(screen, parsed)
    remark_on(screen, settings, configured.archive.url)


def remark_on(screen: Screen, settings: WatchSettings, url: str) -> None:
    """Say who hears of a watch, and what has to run for it."""
    if not settings.to:
        screen.remark(
            "It tells nobody yet; see its alerts with `wirewatch alerts`, or give it a channel: "
            f"wirewatch watch edit {typed(settings.name)} --to CHANNEL"
        )
    held = run_lock.is_held(url)
    if held is not None:
        screen.remark(
            "The `wirewatch run` that is at work takes it up within a second."
            if held
            else "Nothing is at work on this archive just now; start it with: wirewatch run"
        )
