"""`wirewatch channel enable` and `rm`: a channel opens again, or goes."""

import sys

import click

from archive import channel_figures, channels, watches
from archive.database import Transaction
from news.channel import ChannelState, KeptChannel
from news.errors import UsageError
from news.ids import wire_id
from news.typed import typed
from wirewatch.cli.completing import channel_names
from wirewatch.cli.named import free_of_file, named
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen


@command("enable", examples=("wirewatch channel enable newsroom",))
@click.argument("name", shell_complete=channel_names)
@with_screen
def enable(screen: Screen, name: str) -> None:
    """Open the channel NAME again, whose receiver wanted nothing more; what waits goes out."""
    with archive(configuration(screen)) as database, database.writing() as conn:
        one = named(name, channels.listing(conn), noun="channel")
        closed = one.state is ChannelState.DISABLED
        waiting = channels.open_again(conn, one.id, now=screen.clock()) if closed else 0
        dead = channel_figures.of_all(conn)[one.id].dead
    if screen.manner.json:
        screen.data({**_as_json(one, "ok" if closed else one.state.value), "waiting": waiting})
        return
    if closed:
        screen.say(f'Channel "{one.settings.name}" is open again; {_deliveries(waiting)} out now.')
    else:
        screen.say(f'Channel "{one.settings.name}" is not disabled, but {one.state}.')
    if dead:
        screen.remark(
            f"{dead} that were given up are kept. To send them: wirewatch alerts replay --since 7d "
            f"--channel {typed(one.settings.name, wire_id('ch', one.id))} --failed"
        )


@command("rm", examples=("wirewatch channel rm newsroom", "wirewatch channel rm ch_3 --yes"))
@click.argument("name", shell_complete=channel_names)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_screen
def rm(screen: Screen, name: str, *, yes: bool) -> None:
    """Take the channel NAME away. What went out stays on record; what waits is given up."""
    with archive(configuration(screen)) as database:
        with database.reading() as conn:
            one = named(name, channels.listing(conn), noun="channel")
            free_of_file(one, noun="channel")
            cost = _cost(conn, one)
        if not yes:
            _ask(screen, one, cost)
        with database.writing() as conn:
            channels.remove(conn, one.id, now=screen.clock())
    if screen.manner.json:
        screen.data(_as_json(one, "removed"))
    else:
        screen.say(f'Channel "{one.settings.name}" is gone.{cost}')


def _cost(conn: Transaction, one: KeptChannel) -> str:
    """Say what its end means for others; nothing where it means nothing."""
    name = one.settings.name
    telling = [f'"{w.settings.name}"' for w in watches.listing(conn) if name in w.settings.to]
    waiting = channel_figures.of_all(conn)[one.id].waiting
    words = ""
    if telling:
        words += f" {', '.join(telling)} {'names' if len(telling) == 1 else 'name'} it."
    if waiting:
        given_up = (
            "1 delivery waits and is" if waiting == 1 else f"{waiting} deliveries wait and are"
        )
        words += f" {given_up} given up."
    return words


def _ask(screen: Screen, one: KeptChannel, cost: str) -> None:
    name = one.settings.name
    if not sys.stdin.isatty():
        raise UsageError(f'This would remove channel "{name}".{cost} Say --yes to do it.')
    if cost:
        screen.say(cost.strip())
    click.confirm(f'Remove channel "{name}"?', abort=True)


def _deliveries(count: int) -> str:
    return "1 delivery that waits goes" if count == 1 else f"{count} deliveries that wait go"


def _as_json(one: KeptChannel, state: str) -> dict[str, object]:
    return {"id": wire_id("ch", one.id), "name": one.settings.name, "state": state}
