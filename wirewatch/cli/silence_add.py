"""`wirewatch silence WATCH|--all --for 1h|--until 08:00`: hold alerts from now on."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

import click

from archive import silences, watches
from archive.database import Database
from archive.silences import NewSilence
from news.errors import UsageError
from news.ids import wire_id
from wirewatch.cli.completing import watch_names
from wirewatch.cli.named import named
from wirewatch.cli.opened import Since, archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, ago, with_screen
from wirewatch.moments import HOUR, moment, said_moment


class _Said(TypedDict):
    """The options, as click brings them."""

    every: bool
    length: timedelta | None
    until: str | None
    begin: str | None
    why: str


@command(
    "add",
    examples=(
        'wirewatch silence "DPRK troops" --for 1h',
        'wirewatch silence "DPRK troops" --until 08:00 --why "night desk"',
        "wirewatch silence --all --from 22:00 --for 9h",
        "wirewatch silence add list --for 1w      (a watch that is called list)",
    ),
)
@click.argument("watch", required=False, shell_complete=watch_names)
@click.option("--all", "every", is_flag=True, help="Every watch, those to come included.")
@click.option("--for", "length", type=Since(), metavar="TIME", help='So long, such as "1h", "1w".')
@click.option(
    "--until", metavar="TIME", help='Until then: "08:00" (the next one) or "2026-11-24 08:00".'
)
@click.option("--from", "begin", metavar="TIME", help="From then on, written alike; else from now.")
@click.option(
    "--why", default="", metavar="TEXT", help="For whoever asks: stands beside each alert."
)
@with_screen
def add(screen: Screen, watch: str | None, **said: Unpack[_Said]) -> None:
    """Hold the alerts of WATCH; at the end one message tells what was held.

    Nothing is lost: what matches is kept, and `wirewatch alerts` shows what is held. Times are
    those of the configuration's `timezone`.
    """
    if (watch is None) == (not said["every"]):
        raise UsageError("Name one watch, or say --all.")
    configured = configuration(screen)
    order = _order(said, configured.timezone, screen.clock())
    with archive(configured) as database:
        order, name = _of_watch(database, order, watch)
        with database.writing() as conn:
            number = silences.add(conn, order, now=screen.clock())
    if screen.manner.json:
        screen.data(_as_json(number, order, name))
        return
    screen.say(_in_words(number, order, name, configured.timezone, now=screen.clock()))
    screen.remark(f"Sooner: wirewatch silence end {wire_id('si', number)}")


def _in_words(number: int, order: NewSilence, name: str | None, zone: str, *, now: datetime) -> str:
    whose = "every watch" if name is None else f'"{name}"'
    begins, ends = (
        said_moment(at, zone, of=order.until_at - order.from_at)
        for at in (order.from_at, order.until_at)
    )
    if order.from_at > now:
        holds = f"will hold the alerts of {whose} from {begins} until {ends} ({zone})"
    else:
        left = order.until_at - now
        soon = f", {ago(-left.total_seconds())}" if left < HOUR else ""
        holds = f"holds the alerts of {whose} until {ends} ({zone}){soon}"
    return f"{wire_id('si', number)} {holds}. At the end one message tells what was held."


def _order(said: _Said, zone: str, now: datetime) -> NewSilence:
    begin, until, length = said["begin"], said["until"], said["length"]
    if (length is None) == (until is None):
        raise UsageError("Say how long: --for 1h, or --until 08:00; one of them.")
    begins = now if begin is None else _moment("--from", begin, zone, now)
    ends = begins if until is None else _moment("--until", until, zone, begins)
    ends += length or timedelta()
    if ends <= begins:
        raise UsageError("A silence without length holds nothing; say --for 1h.")
    why = " ".join(said["why"].split())
    return NewSilence(watch=None, why=why, from_at=begins, until_at=ends)


def _moment(option: str, text: str, zone: str, after: datetime) -> datetime:
    try:
        return moment(text, zone=zone, after=after)
    except ValueError as error:
        raise UsageError(f"{option}: {error}.") from None


def _of_watch(
    database: Database, order: NewSilence, watch: str | None
) -> tuple[NewSilence, str | None]:
    if watch is None:
        return order, None
    with database.reading() as conn:
        found = named(watch, watches.listing(conn), noun="watch")
    return replace(order, watch=found.id), found.settings.name


def _as_json(number: int, order: NewSilence, name: str | None) -> dict[str, object]:
    return {
        "id": wire_id("si", number),
        "watch": order.watch and {"id": wire_id("w", order.watch), "name": name},
        "from": order.from_at,
        "until": order.until_at,
        "why": order.why,
    }
