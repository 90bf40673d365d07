"""`wirewatch notices`: what wirewatch told about itself, to whom, and whether it arrived."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import click

from archive import notices as kept_notices
from archive import sources
from archive.notices import KeptNotice
from news.delivery import DeliveryState
from news.ids import wire_id
from wirewatch.cli.alerts import has_failed, outcomes, sent_as_json
from wirewatch.cli.completing import source_names
from wirewatch.cli.named import named
from wirewatch.cli.opened import Since, archive, configuration, reaching_back
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.table import show
from wirewatch.config.values import Configuration

_MOST = 10_000


@command(
    "notices",
    examples=(
        "wirewatch notices",
        'wirewatch notices --since 30d --source "Yonhap"',
        "wirewatch notices --json | jq .notice.what",
    ),
)
@click.option(
    "--since",
    type=Since(),
    default=timedelta(days=7),
    show_default="7d",
    metavar="TIME",
    help='How far back, such as "30d".',
)
@click.option(
    "--source",
    "source_name",
    metavar="NAME",
    shell_complete=source_names,
    help="Only those about this source.",
)
@click.option("--limit", type=click.IntRange(1, _MOST), default=100, show_default=True)
@with_screen
def notices(screen: Screen, *, since: timedelta, source_name: str | None, limit: int) -> None:
    """Show what wirewatch told about itself, newest first: sources in trouble, and well again.

    They go to the channels that `[notices] to` in wirewatch.toml names. They are kept for 30 days
    at least.
    """
    configured = configuration(screen)
    with archive(configured) as database, database.reading() as conn:
        source = None
        if source_name is not None:
            source = named(source_name, sources.listing(conn), noun="source").id
        after = reaching_back(screen.clock(), since)
        shown = kept_notices.listing(conn, since=after, source=source, limit=limit)
    if screen.manner.json:
        for one in shown:
            screen.data(as_json(one))
        return
    columns = ("notice", "when", "kind", "source", "what", "told to")
    show(screen, columns, [_row(screen, one) for one in shown])
    if not shown:
        screen.remark("No notice in this time: no source was in trouble for long.")
    for line in _what_to_do(shown, configured):
        screen.remark(line)


def told_to(one: KeptNotice) -> str:
    """Return to whom a notice went, and how it fares there."""
    if one.due_at is not None:
        return "waits for its message"
    return outcomes(one.sent) or "nobody"


def as_json(one: KeptNotice) -> dict[str, object]:
    """Return a notice for machines, in the words of the webhook."""
    notice = one.notice
    return {
        "type": notice.kind.value,
        "notice": {
            "id": wire_id("nt", one.id),
            "at": notice.at,
            "since": notice.since,
            "what": notice.what,
            "next": notice.next,
            "opened": notice.opened and wire_id("nt", notice.opened),
            "hints": [hint.command for hint in notice.hints],
        },
        "source": {
            "id": wire_id("so", notice.source.id),
            "name": notice.source.name,
            "url": notice.source.url,
        },
        "figures": dict(notice.figures),
        "due_at": one.due_at,
        "deliveries": [sent_as_json(sent) for sent in one.sent],
    }


def _row(screen: Screen, one: KeptNotice) -> tuple[str, ...]:
    notice = one.notice
    return (
        wire_id("nt", one.id),
        screen.ago(notice.at),
        notice.kind.value,
        notice.source.name,
        notice.what,
        told_to(one),
    )


def _what_to_do(shown: Sequence[KeptNotice], configured: Configuration) -> Iterator[str]:
    if shown and not configured.notices.to:
        yield 'Nobody hears of it. To tell a channel: [notices] to = ["NAME"] in wirewatch.toml'
    sent = [each for one in shown for each in one.sent]
    if any(has_failed(each) and each.state == DeliveryState.DEAD for each in sent):
        yield "What was given up is sent again by `wirewatch alerts replay ID`."
