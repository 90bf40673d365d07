"""`wirewatch channel`, and its `test NAME`: what goes out, what comes back, and how fast."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from email.header import decode_header, make_header
from http import HTTPStatus

import click

from alerts.channel import Deferred, Delivered, Outcome, Refused, Rejected, Sent
from alerts.facts import PingFacts
from alerts.registry import Payloads, Unserved, channel_for, readable
from archive import channels
from news.channel import KeptChannel
from news.delivery import Delivery
from news.errors import WirewatchError
from news.ids import wire_id
from news.url import is_http
from wirewatch.cli.completing import channel_names
from wirewatch.cli.group import LazyGroup
from wirewatch.cli.named import named
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.config.values import Configuration
from wirewatch.differences import address_without_path
from wirewatch.net.client import open_client
from wirewatch.network import settings_of
from wirewatch.ways import channel_parts

_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_SHOWN_BYTES = 2_000
_SHOWN_LINES = 20

channel = LazyGroup(
    "channel",
    lazy={
        "add": ("wirewatch.cli.channel_add:add", "a webhook or a mailbox"),
        "list": ("wirewatch.cli.channel_list:show_all", "how each does, and what waits for it"),
        "test": ("wirewatch.cli.channel:test", "send a test message and show what comes back"),
        "rotate": ("wirewatch.cli.channel_rotate:rotate", "a new secret; the old one holds on"),
        "enable": ("wirewatch.cli.channel_rest:enable", "open one again that was closed"),
        "rm": ("wirewatch.cli.channel_rest:rm", "take one away"),
    },
    help="Ways out: who is told, and how that goes.",
)


@command("test")
@click.argument("name", shell_complete=channel_names)
@with_screen
def test(screen: Screen, name: str) -> None:
    """Send a test message through the channel NAME; show what was sent and what came back.

    Nothing is kept of it. Exit code 1 if it did not arrive.
    """
    configured = configuration(screen)
    with archive(configured) as database, database.reading() as conn:
        known = channels.listing(conn)
    kept = named(name, known, noun="channel")
    delivery = ping(kept, screen.clock())
    if not screen.manner.json:
        screen.say(f"{kept.settings.name} → {address_without_path(kept.settings.url)}", bold=True)
    sent = asyncio.run(_send(kept, delivery, configured))
    sent = replace(sent, headers=_as_read(kept, sent, configured))
    if screen.manner.json:
        screen.data(as_json(kept, delivery, sent))
    else:
        _show(screen, kept, delivery, sent)
    click.get_current_context().exit(0 if isinstance(sent.outcome, Delivered) else 1)


def ping(kept: KeptChannel, now: datetime) -> Delivery:
    """Return a test message under an id that no real delivery will ever have.

    Receivers drop what they had before by its id, so it must be new at every test.
    """
    number = int(now.timestamp() * 1000)
    facts = PingFacts(notice=number, at=now, channel=kept.id, channel_name=kept.settings.name)
    return Delivery(id=wire_id("dl", number), payload=Payloads(facts).of(kept.settings.url))


async def _send(kept: KeptChannel, delivery: Delivery, configured: Configuration) -> Sent:
    async with open_client(settings_of(configured.network)) as http:
        way = channel_for(kept.settings, channel_parts(configured, http))
        if isinstance(way, Unserved):
            raise WirewatchError(f'Channel "{kept.settings.name}" cannot be tried: {way.reason}.')
        return await way.send(delivery)


def _as_read(kept: KeptChannel, sent: Sent, configured: Configuration) -> Mapping[str, str]:
    """Return the headers as a person reads them: of a mail decoded, and who wrote to whom."""
    if is_http(kept.settings.url) or not sent.headers:
        return sent.headers
    to = address_without_path(kept.settings.url).partition(":")[2]
    decoded = {name: str(make_header(decode_header(raw))) for name, raw in sent.headers.items()}
    return {"From": configured.mail.sender or "", "To": to, **decoded}


def as_json(kept: KeptChannel, delivery: Delivery, sent: Sent) -> dict[str, object]:
    """Return the test for machines."""
    return {
        "channel": {"id": wire_id("ch", kept.id), "name": kept.settings.name},
        "arrived": isinstance(sent.outcome, Delivered),
        "outcome": in_words(sent.outcome),
        "status": sent.status,
        "ms": sent.ms,
        "sent": {
            "id": delivery.id,
            "headers": dict(sent.headers),
            "body": json.loads(delivery.payload),
        },
        "answer": sent.answer.decode("utf-8", "replace"),
    }


def in_words(outcome: Outcome) -> str:
    """Return what an outcome means for the alerts to come."""
    match outcome:
        case Delivered():
            return "it has it"
        case Deferred(reason):
            return f"{reason}; an alert would be tried again"
        case Rejected(reason):
            return f"{reason}; an alert would be kept for replay, the next one tried all the same"
        case Refused(reason):
            return f"{reason}; the receiver wants nothing more, an alert would close the channel"


def _show(screen: Screen, kept: KeptChannel, delivery: Delivery, sent: Sent) -> None:
    screen.say(f"\nSent test.ping ({len(delivery.payload)} bytes)", bold=True)
    _show_headers(screen, sent.headers)
    screen.say()
    screen.say(_indented(readable(kept.settings.url, delivery.payload)))
    status = _status(kept.settings.url, sent.status) if sent.status else "No answer"
    screen.say(f"\n{status} after {sent.ms} ms: {in_words(sent.outcome)}.", bold=True)
    if sent.answer:
        screen.say(_indented(_beginning(sent.answer)))


def _show_headers(screen: Screen, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        screen.say(f"  {name}: {value}", dim=True)


def _status(url: str, status: int) -> str:
    """Return a status with its phrase, where it is one of HTTP; a mail server brings its own."""
    return f"{status} {_PHRASES.get(status, '')}".rstrip() if is_http(url) else str(status)


def _beginning(answer: bytes) -> str:
    """Return at most a screenful of what came back."""
    text = answer[:_SHOWN_BYTES].decode("utf-8", "replace").rstrip()
    lines = text.splitlines()
    more = len(answer) > _SHOWN_BYTES or len(lines) > _SHOWN_LINES
    shown = "\n".join(lines[:_SHOWN_LINES])
    return f"{shown}\n… ({len(answer)} bytes were read)" if more else shown


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))
