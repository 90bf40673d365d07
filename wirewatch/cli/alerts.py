"""`wirewatch alerts`: what was told, to whom, and whether it arrived; what is held, and by what."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import click

from archive import alerts as kept_alerts
from archive.alerts import KeptAlert
from archive.sent_to import SentTo
from news.alert import WIRE_TYPES, AlertState
from news.delivery import DeliveryState
from news.ids import wire_id
from wirewatch.cli.default_group import DefaultGroup
from wirewatch.cli.opened import Since, archive, configuration, reaching_back
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.table import show

_MOST = 10_000
_CHANNELS_IN_FULL = 3
_NAMED = 2

alerts = DefaultGroup(
    "alerts",
    usual="list",
    bare=True,
    lazy={
        "list": ("wirewatch.cli.alerts:show_all", "what was told; `wirewatch alerts` will do"),
        "replay": ("wirewatch.cli.replay:replay", "send messages again, under the same ids"),
    },
    help="What was told, to whom, and whether it arrived.\n\n`wirewatch alerts --since 7d`",
)


@command("list", examples=("wirewatch alerts", "wirewatch alerts --since 7d --failed"))
@click.option(
    "--since",
    type=Since(),
    default=timedelta(hours=24),
    show_default="24h",
    metavar="TIME",
    help='How far back, such as "7d".',
)
@click.option("--failed", is_flag=True, help="Only those that have not arrived everywhere.")
@click.option("--limit", type=click.IntRange(1, _MOST), default=100, show_default=True)
@with_screen
def show_all(screen: Screen, *, since: timedelta, failed: bool, limit: int) -> None:
    """Show alerts, newest first, each with the outcome at each of its channels."""
    with archive(configuration(screen)) as database, database.reading() as conn:
        after = reaching_back(screen.clock(), since)
        most = _MOST if failed else limit
        listed = kept_alerts.listing(conn, since=after, limit=most)
    shown = [one for one in listed if not failed or any(map(has_failed, one.sent))][:limit]
    if screen.manner.json:
        for alert in shown:
            screen.data(as_json(alert))
        return
    show(screen, ("alert", "when", "watch", "outcome", "article"), [_row(screen, a) for a in shown])
    if not shown:
        screen.remark("No alert failed in this time." if failed else "No alert in this time.")
    for line in _what_to_do(shown):
        screen.remark(line)


def has_failed(sent: SentTo) -> bool:
    """Tell whether a delivery was tried and has not arrived; what is to go again was not yet."""
    return sent.state != DeliveryState.DELIVERED and sent.attempts > sent.attempts_before


def outcome(sent: SentTo) -> str:
    """Return how one alert fares at one channel: "newsroom: delivered"."""
    return f"{sent.channel}: {_outcome(sent)}"


def fared(screen: Screen, alert: KeptAlert) -> str:
    """Return what became of an alert: held, told to whom, or dropped."""
    match alert.state:
        case AlertState.HELD:
            until = f" until {screen.at(alert.due_at)}" if alert.due_at else ""
            return f"held{until} by {alert.held_by}" if alert.held_by else f"held{until}"
        case AlertState.DROPPED:
            return _NOT_TOLD.get(alert.reason, alert.reason)
        case AlertState.TOLD:
            after = f" (once {alert.held_by} was over)" if alert.held_by else ""
            return f"{outcomes(alert.sent) or _to_nobody(alert)}{after}"


_NOT_TOLD = {
    "dropped:old": "not told: it is old news",
    "dropped:removed": "not told: its watch was removed while it was held",
}


def outcomes(sent: Sequence[SentTo]) -> str:
    """Return how an alert fares at all of its channels; of many, what stands out."""
    if len(sent) <= _CHANNELS_IN_FULL:
        return ", ".join(map(outcome, sent))
    others = [one for one in sent if one.state != DeliveryState.DELIVERED]
    others.sort(key=has_failed, reverse=True)
    parts = [f"delivered to {len(sent) - len(others)} of {len(sent)}"]
    parts += map(outcome, others[:_NAMED])
    if len(others) > _NAMED:
        parts.append(f"{len(others) - _NAMED} more have not arrived")
    return ", ".join(parts)


def as_json(alert: KeptAlert) -> dict[str, object]:
    """Return an alert for machines, in the words of the webhook."""
    return {
        "id": wire_id("al", alert.id),
        "at": alert.at,
        "type": WIRE_TYPES[alert.kind],
        "state": alert.state.value,
        "reason": alert.reason,
        "watch": {"id": wire_id("w", alert.watch), "name": alert.watch_name},
        "article": alert.article
        and {"id": wire_id("ar", alert.article), "title": alert.title, "url": alert.url},
        "story": alert.story and wire_id("st", alert.story),
        "silence": alert.held_by
        and {"id": wire_id("si", alert.held_by.id), "why": alert.held_by.why},
        "due_at": alert.due_at,
        "deliveries": [sent_as_json(sent) for sent in alert.sent],
    }


def sent_as_json(sent: SentTo) -> dict[str, object]:
    """Return for machines how a message fares at one channel."""
    return {
        "id": wire_id("dl", sent.delivery),
        "channel": sent.channel,
        "state": sent.state,
        "attempts": sent.attempts,
        "attempts_before_replay": sent.attempts_before,
        "last_outcome": sent.last_outcome,
        "last_status": sent.last_status,
    }


def _outcome(sent: SentTo) -> str:
    tries = sent.attempts - sent.attempts_before
    replayed = sent.attempts_before > 0
    since = " since its replay" if replayed else ""
    if sent.state == DeliveryState.DELIVERED:
        done = "delivered again on replay" if replayed else "delivered"
        return done if tries == 1 else f"{done} at attempt {tries}"
    if tries == 0:
        gone = f"given up{since}, its channel was removed"
        return gone if _is_dead(sent) else f"waiting{' for its replay' if replayed else ''}"
    times = "1 attempt" if tries == 1 else f"{tries} attempts"
    ended = "given up" if _is_dead(sent) else "waiting"
    return f"{ended} after {times}{since}: {sent.last_outcome or 'no outcome'}"


def _is_dead(sent: SentTo) -> bool:
    return sent.state == DeliveryState.DEAD


def _to_nobody(alert: KeptAlert) -> str:
    """Say why there is no delivery; what a watch names may be gone by now, or come later."""
    if not alert.to:
        return "to nobody: the watch names no channel"
    return f"to nobody: there was no channel {' or '.join(alert.to)} (any more)"


def _row(screen: Screen, alert: KeptAlert) -> tuple[str, ...]:
    article = f"{alert.title or ''} ({alert.publisher_name})" if alert.publisher_name else "–"
    name = wire_id("al", alert.id)
    return (name, screen.ago(alert.at), alert.watch_name, fared(screen, alert), article)


def _what_to_do(shown: Sequence[KeptAlert]) -> Iterator[str]:
    sent = [one for alert in shown for one in alert.sent]
    if any(has_failed(one) and not _is_dead(one) for one in sent):
        yield "What failed is tried again by itself; see `wirewatch channel test NAME`."
    if any(_is_dead(one) for one in sent):
        yield "What was given up is sent again by `wirewatch alerts replay ID`."
    if any(alert.state is AlertState.HELD for alert in shown):
        yield "What is held is told sooner by `wirewatch silence end ID`."
