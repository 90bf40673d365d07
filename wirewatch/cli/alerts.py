"""`wirewatch alerts`: what was told, to whom, and whether it arrived."""

from datetime import timedelta

import click

from archive import alerts as kept_alerts
from archive.alerts import KeptAlert, SentTo
from news.alert import WIRE_TYPES
from news.delivery import DeliveryState
from news.ids import wire_id
from wirewatch.cli.opened import Since, archive, configuration, reaching_back
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.table import show

_MOST = 10_000


@command("alerts")
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
def alerts(screen: Screen, *, since: timedelta, failed: bool, limit: int) -> None:
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
    elif any(has_failed(sent) for alert in shown for sent in alert.sent):
        screen.remark("What failed is tried again by itself; see `wirewatch channel test NAME`.")


def has_failed(sent: SentTo) -> bool:
    """Tell whether a delivery was tried and has not arrived so far."""
    return sent.state != DeliveryState.DELIVERED and sent.attempts > 0


def outcome(sent: SentTo) -> str:
    """Return how one alert fares at one channel: "newsroom: delivered"."""
    return f"{sent.channel}: {_outcome(sent)}"


def _outcome(sent: SentTo) -> str:
    times = "1 attempt" if sent.attempts == 1 else f"{sent.attempts} attempts"
    if sent.state == DeliveryState.DELIVERED:
        return "delivered" if sent.attempts == 1 else f"delivered at attempt {sent.attempts}"
    if sent.attempts == 0:
        return "waiting"
    ended = "given up" if sent.state == DeliveryState.DEAD else "waiting"
    return f"{ended} after {times}: {sent.last_outcome or 'no outcome'}"


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
        "deliveries": [
            {
                "id": wire_id("dl", sent.delivery),
                "channel": sent.channel,
                "state": sent.state,
                "attempts": sent.attempts,
                "last_outcome": sent.last_outcome,
                "last_status": sent.last_status,
            }
            for sent in alert.sent
        ],
    }


def _row(screen: Screen, alert: KeptAlert) -> tuple[str, ...]:
    fared = ", ".join(map(outcome, alert.sent)) or _without_channel(alert)
    article = f"{alert.title or ''} ({alert.publisher_name})" if alert.publisher_name else "–"
    return (wire_id("al", alert.id), screen.ago(alert.at), alert.watch_name, fared, article)


def _without_channel(alert: KeptAlert) -> str:
    return "to nobody: the watch names no channel" if alert.state == "told" else alert.reason
