"""`wirewatch silence end ID|NAME`: what was held is told now."""

import click

from archive import silences, watches
from archive.database import Database, Transaction
from archive.silences import KeptSilence
from news.errors import UsageError
from news.ids import parse_wire_id, wire_id
from wirewatch.cli.completing import watch_names
from wirewatch.cli.named import named
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen


@command("end", examples=("wirewatch silence end si_3", 'wirewatch silence end "DPRK troops"'))
@click.argument("name", metavar="ID|WATCH", shell_complete=watch_names)
@with_screen
def end(screen: Screen, name: str) -> None:
    """End a silence before its time, or call off one that is planned.

    With the name of a WATCH, every silence of that watch alone is ended.
    """
    now = screen.clock()
    with archive(configuration(screen)) as database:
        ended = _end(screen, database, name)
    for one, due in ended:
        if screen.manner.json:
            screen.data({"id": wire_id("si", one.id), "due": due})
            continue
        whose = "every watch" if one.watch is None else f'"{one.watch_name}"'
        held = "1 alert that it held is" if due == 1 else f"{due} alerts that it held are"
        told = f"; {held} told at once by a running `wirewatch run`" if due else ""
        over = "called off; it had not begun" if one.from_at > now else f"over{told}"
        screen.say(f"{wire_id('si', one.id)} of {whose} is {over}.")


def _end(screen: Screen, database: Database, name: str) -> list[tuple[KeptSilence, int]]:
    now = screen.clock()
    with database.writing() as conn:
        database.alone(conn)  # what is being held just now is to see the end
        meant = _meant(screen, conn, name)
        return [(one, silences.end(conn, one.id, now=now)) for one in meant]


def _meant(screen: Screen, conn: Transaction, name: str) -> list[KeptSilence]:
    running = silences.running(conn, now=screen.clock())
    match parse_wire_id(name):
        case ("si", number):
            meant = [one for one in running if one.id == number]
            before = silences.by_number(conn, number)
            if not meant and before is not None:
                over = "called off" if before.over_at < before.from_at else "over"
                raise UsageError(f"{name} was {over} at {screen.at(before.over_at)}.")
        case _:
            watch = named(name, watches.listing(conn), noun="watch")
            meant = [one for one in running if one.watch == watch.id]
    if not meant:
        wide = [wire_id("si", one.id) for one in running if one.watch is None]
        hint = f"; {', '.join(wide)} silences every watch" if wide else ""
        raise UsageError(f'No silence of "{name}" is there{hint}. See `wirewatch silence list`.')
    return meant
