"""`wirewatch alerts replay`: the same messages again, under the same ids."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

import click

from archive import channels
from archive import replay as replays
from archive.database import Transaction
from archive.replay import Found, Wanted
from news.delivery import DeliveryState
from news.errors import UsageError
from news.ids import parse_wire_id, wire_id
from news.typed import typed
from wirewatch.cli.completing import channel_names
from wirewatch.cli.named import named
from wirewatch.cli.opened import Since, archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen

MANY = 20
"""From more than so many messages on it asks first."""


class _Said(TypedDict):
    """The options, as click brings them."""

    since: timedelta | None
    until: timedelta | None
    channel: tuple[str, ...]
    failed: bool
    yes: bool


@command(
    "replay",
    examples=(
        "wirewatch alerts replay al_77",
        "wirewatch alerts replay dl_512 dl_513",
        "wirewatch alerts replay --since 2h --channel newsroom",
        "wirewatch alerts replay --since 2d --until 1d --channel newsroom --failed",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--since", type=Since(), metavar="TIME", help="What was owed since so long ago.")
@click.option("--until", type=Since(), metavar="TIME", help="And before so long ago.")
@click.option(
    "--channel",
    multiple=True,
    metavar="NAME",
    shell_complete=channel_names,
    help="Only through this channel.",
)
@click.option("--failed", is_flag=True, help="Only what was tried and has not arrived.")
@click.option("--yes", is_flag=True, help="Do not ask, however many they are.")
@with_screen
def replay(screen: Screen, ids: tuple[str, ...], **said: Unpack[_Said]) -> None:
    """Send messages again: alerts (al_…), notices (nt_…), deliveries (dl_…), or all of a channel.

    A message keeps its id and its bytes, so a receiver that keeps ids acts on none twice. It has
    ten attempts again.
    """
    if bool(ids) == (said["since"] is not None):
        raise UsageError("Name alerts or deliveries, or say --since 2h --channel NAME.")
    if not ids and not said["channel"]:
        raise UsageError("Say through which channel: --channel NAME.")
    with archive(configuration(screen)) as database:
        with database.reading() as conn:
            wanted = _wanted(conn, ids, said, screen.clock())
            _refuse_unknown(conn, ids, wanted)
            found = replays.find(conn, wanted)
        going = [one for one in found if not one.removed]
        if len(going) > MANY and not said["yes"]:
            _ask(screen, going)
        with database.writing() as conn:
            count = replays.send_again(conn, [one.id for one in going], now=screen.clock())
    _say(screen, found, count)


def _wanted(conn: Transaction, ids: Sequence[str], said: _Said, now: datetime) -> Wanted:
    numbers: dict[str, list[int]] = {"al": [], "dl": [], "nt": []}
    for name in ids:
        kind, number = parse_wire_id(name) or ("", 0)
        if kind not in numbers:
            raise UsageError(f'"{name}" is no alert (al_77), delivery (dl_512) or notice (nt_3).')
        numbers[kind].append(number)
    known = channels.listing(conn)
    until = said["until"]
    return Wanted(
        deliveries=numbers["dl"],
        alerts=numbers["al"],
        notices=numbers["nt"],
        since=None if said["since"] is None else now - said["since"],
        until=None if until is None else now - until,
        channels=[named(name, known, noun="channel").id for name in said["channel"]],
        failed=said["failed"],
    )


def _refuse_unknown(conn: Transaction, ids: Sequence[str], wanted: Wanted) -> None:
    """Raise UsageError where one of the names was never owed to a channel."""
    of_alerts = [(wire_id("al", one), Wanted(alerts=[one])) for one in wanted.alerts]
    of_deliveries = [(wire_id("dl", one), Wanted(deliveries=[one])) for one in wanted.deliveries]
    of_notices = [(wire_id("nt", one), Wanted(notices=[one])) for one in wanted.notices]
    all_named = of_alerts + of_deliveries + of_notices
    known = {name for name, one in all_named if replays.find(conn, one)}
    if missing := [name for name in ids if name not in known]:
        raise UsageError(f"No message was owed for {', '.join(missing)}; see `wirewatch alerts`.")


def _ask(screen: Screen, going: Sequence[Found]) -> None:
    per_channel = Counter(one.channel for one in going).most_common()
    parts = ", ".join(f"{count} to {channel}" for channel, count in per_channel)
    if not sys.stdin.isatty():
        raise UsageError(f"This would send {len(going)} messages again ({parts}). Say --yes.")
    screen.say(f"{len(going)} messages would be sent again: {parts}.")
    click.confirm("Send them?", abort=True)


def _say(screen: Screen, found: Sequence[Found], count: int) -> None:
    if screen.manner.json:
        again = [wire_id("dl", one.id) for one in found if not one.removed]
        screen.data({"again": count, "deliveries": again})
    elif not found:
        screen.say("Nothing to send again: no such message was owed.")
    else:
        messages = "1 message is" if count == 1 else f"{count} messages are"
        screen.say(f"{messages} due again; a running `wirewatch run` sends at once.")
    for line in _remarks(found, count):
        screen.remark(line)


def _remarks(found: Sequence[Found], count: int) -> Iterator[str]:
    for name in sorted({one.channel for one in found if one.disabled and not one.removed}):
        enable = f"wirewatch channel enable {typed(name)}"
        yield f'Channel "{name}" is disabled; they wait until: {enable}'
    if gone := sum(one.removed for one in found):
        yield f"{gone} went to a channel that was removed, and cannot be sent again."
    under_way = len(found) - gone - count
    if under_way and any(one.state is DeliveryState.SENDING for one in found):
        yield f"{under_way} are being sent at this moment, and were left alone."
