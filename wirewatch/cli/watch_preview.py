"""`wirewatch watch preview`: what a query, or a watch as it is, would have told."""

from dataclasses import replace
from datetime import datetime

import click

from archive import watches
from archive.database import Transaction
from news.query.tree import Query
from news.watch import Watch, WatchSettings
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.previewed import show_preview
from wirewatch.cli.progress import progress
from wirewatch.cli.query_words import QueryCommand, remark_hints, understood
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.config.values import Configuration
from wirewatch.preview import Asked, Preview
from wirewatch.preview import preview as tried_on

DAYS = 60
_MOST_DAYS = 3_650


@command(
    "preview",
    kind=QueryCommand,
    examples=(
        "wirewatch watch preview 'kim AND (soldiers OR troops) -football'",
        'wirewatch watch preview "DPRK troops" --days 7',
    ),
)
@click.argument("query", metavar="QUERY|NAME")
@click.option(
    "--days",
    type=click.IntRange(1, _MOST_DAYS),
    default=DAYS,
    show_default=True,
    help="So many days up to today.",
)
@click.option(
    "--alert",
    type=click.Choice(("story", "article")),
    multiple=True,
    help="Count as if it asked for these.",
)
@with_screen
def preview(screen: Screen, query: str, *, days: int, alert: tuple[str, ...]) -> None:
    """Try QUERY, or the watch NAME as it is, on the archive's past.

    Shows the articles that match, day by day, the alerts that they would have meant, and the newest
    ones with the words that made them match. In a pipe: one line a day with date, articles and
    alerts.
    """
    configured = configuration(screen)
    with archive(configured) as database, database.reading() as conn:
        settings = _settings(query, watches.listing(conn))
        if alert:
            settings = replace(settings, alert=alert)
        parsed = understood(conn, settings.query)
        tried = try_out(screen, conn, asked_of(configured, settings, parsed, days=days))
    show_preview(screen, tried)
    remark_hints(screen, parsed)


def asked_of(
    configured: Configuration, settings: WatchSettings, query: Query, *, days: int = DAYS
) -> Asked:
    """Return what is to be tried, by the rules of the configuration."""
    return Asked(
        settings=settings,
        query=query,
        days=days,
        zone=configured.timezone,
        catch_up=configured.catch_up,
    )


def try_out(screen: Screen, conn: Transaction, asked: Asked) -> Preview:
    """Try a query on the past and show how far it is, should it take long."""
    now: datetime = screen.clock()
    with progress(screen, "articles looked at") as steps:
        return tried_on(conn, asked, now=now, at=steps.at)


def _settings(typed: str, known: list[Watch]) -> WatchSettings:
    """Return the watch of this name or number as it is, else a watch of this query."""
    for one in known:
        if typed in {one.settings.name, f"w_{one.id}"}:
            return one.settings
    return WatchSettings(name="preview", query=typed)
