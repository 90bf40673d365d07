"""`wirewatch silence list`: what is silenced now, what will be, what was, and how much was held."""

from datetime import datetime

import click

from archive import silences
from archive.silences import KeptSilence
from news.ids import wire_id
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.table import show
from wirewatch.moments import said_moment


@command("list", examples=("wirewatch silence list", "wirewatch silence list --past 100 --json"))
@click.option(
    "--past",
    type=click.IntRange(0, 10_000),
    default=20,
    show_default=True,
    help="So many of those that are over.",
)
@with_screen
def show_all(screen: Screen, *, past: int) -> None:
    """Show active and planned silences, and the last that are over, with what each held."""
    now, configured = screen.clock(), configuration(screen)
    with archive(configured) as database, database.reading() as conn:
        listed = silences.running(conn, now=now)
        listed += silences.past(conn, now=now, limit=past)
    if screen.manner.json:
        for one in listed:
            screen.data(as_json(one, now))
        return
    zone = configured.timezone
    columns = ("silence", "watch", f"state ({zone})", "held", "why")
    show(screen, columns, [row_of(screen, one, now, zone) for one in listed])
    if not listed:
        screen.remark("Nothing is silenced. Try: wirewatch silence WATCH --for 1h")


def state_of(one: KeptSilence, now: datetime) -> str:
    """Return "active", "planned" or "past"."""
    if one.over_at <= now:
        return "past"
    return "active" if one.from_at <= now else "planned"


def as_json(one: KeptSilence, now: datetime) -> dict[str, object]:
    """Return a silence for machines."""
    return {
        "id": wire_id("si", one.id),
        "watch": one.watch and {"id": wire_id("w", one.watch), "name": one.watch_name},
        "state": state_of(one, now),
        "from": one.from_at,
        "until": one.until_at,
        "ended_at": one.ended_at,
        "why": one.why,
        "held": one.held,
        "waiting": one.waiting,
    }


def row_of(screen: Screen, one: KeptSilence, now: datetime, zone: str) -> tuple[str, ...]:
    """Return a silence as a line of the table."""
    match state_of(one, now):
        case "active":
            state = f"active until {_at(screen, one, one.until_at, zone)}"
        case "planned":
            begin, end = (_at(screen, one, at, zone) for at in (one.from_at, one.until_at))
            state = f"planned from {begin} until {end}"
        case _:
            over = _at(screen, one, one.over_at, zone)
            by_hand = ", ended by hand" if one.ended_at else ""
            state = f"past since {over}{by_hand}"
            if one.over_at < one.from_at:
                state = f"called off at {over}"
    held = "1 alert" if one.held == 1 else f"{one.held} alerts"
    if one.waiting and one.over_at <= now:
        held += f", {one.waiting} still to be told"
    return (wire_id("si", one.id), one.watch_name or "every watch", state, held, one.why)


def _at(screen: Screen, one: KeptSilence, at: datetime, zone: str) -> str:
    """Return a time as it was said, in the configuration's zone; in a pipe in full, UTC."""
    if not screen.terminal:
        return screen.at(at)
    return said_moment(at, zone, of=one.until_at - one.from_at)
