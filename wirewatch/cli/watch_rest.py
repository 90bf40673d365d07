"""`wirewatch watch pause`, `resume` and `rm`: a watch rests, goes on, or goes."""

import sys

import click

from archive import watches
from news.errors import UsageError
from news.ids import wire_id
from news.typed import typed
from news.watch import Watch
from wirewatch.cli.completing import watch_names
from wirewatch.cli.named import free_of_file, named
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen

BY_HAND = "by hand"
"""Why a watch rests that a person paused; `apply` lets it rest on."""


@command("pause", examples=('wirewatch watch pause "DPRK troops"',))
@click.argument("name", shell_complete=watch_names)
@with_screen
def pause(screen: Screen, name: str) -> None:
    """Let the watch NAME match nothing until `resume`. What comes meanwhile is not told later.

    To hold its alerts and have them summed up later: wirewatch silence.
    """
    with archive(configuration(screen)) as database, database.writing() as conn:
        one = named(name, watches.listing(conn), noun="watch")
        if one.paused and one.paused_reason is not None:
            _say(screen, one, "paused", "rests already.")
            return
        watches.pause(conn, one.id, BY_HAND)
    words = typed(one.settings.name, wire_id("w", one.id))
    _say(screen, one, "paused", f"rests. It goes on with: wirewatch watch resume {words}")


@command("resume", examples=('wirewatch watch resume "DPRK troops"',))
@click.argument("name", shell_complete=watch_names)
@with_screen
def resume(screen: Screen, name: str) -> None:
    """Let the watch NAME match again, from now on."""
    with archive(configuration(screen)) as database, database.writing() as conn:
        one = named(name, watches.listing(conn), noun="watch")
        if not one.paused:
            _say(screen, one, "watching", "does not rest.")
            return
        if one.paused_reason is None:
            raise UsageError(
                f'The watch "{one.settings.name}" left {one.owned_by_file or "its file"}; put it '
                "back there, then: wirewatch apply"
            )
        watches.resume(conn, one.id)
    _say(screen, one, "watching", "watches again.")


@command("rm", examples=("wirewatch watch rm Coffins", "wirewatch watch rm w_3 --yes"))
@click.argument("name", shell_complete=watch_names)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_screen
def rm(screen: Screen, name: str, *, yes: bool) -> None:
    """Take the watch NAME away. What it told stays in the archive; its name is free again."""
    with archive(configuration(screen)) as database:
        with database.reading() as conn:
            one = free_of_file(named(name, watches.listing(conn), noun="watch"), noun="watch")
        if not yes:
            _ask(one.settings.name)
        with database.writing() as conn:
            watches.remove(conn, one.id, now=screen.clock())
    _say(screen, one, "removed", "is gone.")


def _say(screen: Screen, one: Watch, state: str, words: str) -> None:
    if screen.manner.json:
        screen.data({"id": wire_id("w", one.id), "name": one.settings.name, "state": state})
    else:
        screen.say(f'"{one.settings.name}" {words}')


def _ask(name: str) -> None:
    if not sys.stdin.isatty():
        raise UsageError(f'This would remove watch "{name}". Say --yes to do it.')
    click.confirm(f'Remove watch "{name}"?', abort=True)
