"""`wirewatch source pause`, `resume` and `rm`: a source rests, goes on, or goes."""

import sys

import click

from archive import source_figures, source_health, sources
from archive.database import Transaction
from archive.sources import KeptSource
from news.errors import UsageError
from news.ids import wire_id
from news.typed import typed
from wirewatch.cli.completing import source_names
from wirewatch.cli.named import free_of_file, named
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.plan import LEFT_THE_FILE

BY_HAND = "by hand"
"""Why a source rests that a person paused without a word; `apply` lets it rest on."""

_LONGEST_WHY = 500


@command(
    "pause",
    examples=(
        "wirewatch source pause Yonhap",
        'wirewatch source pause so_3 --why "election week, too much of it"',
    ),
)
@click.argument("name", shell_complete=source_names)
@click.option("--why", metavar="TEXT", default=BY_HAND, help="Why; it stands in `source list`.")
@with_screen
def pause(screen: Screen, name: str, *, why: str) -> None:
    """Leave the source NAME alone until `resume`; it is not visited meanwhile.

    What it publishes meanwhile and still lists then is told then.
    """
    reason = " ".join(why.split())[:_LONGEST_WHY] or BY_HAND
    with archive(configuration(screen)) as database, database.writing() as conn:
        one = named(name, sources.listing(conn), noun="source")
        if one.paused and one.paused_reason == reason:
            _say(screen, one, "paused", "rests already.")
            return
        sources.pause(conn, one.id, reason)
    words = typed(one.settings.name, wire_id("so", one.id))
    _say(screen, one, "paused", f"rests. It goes on with: wirewatch source resume {words}")


@command("resume", examples=("wirewatch source resume Yonhap",))
@click.argument("name", shell_complete=source_names)
@with_screen
def resume(screen: Screen, name: str) -> None:
    """Visit the source NAME again, at once and then as before.

    One that fails, and so waits for long, is visited now; but where its server asked for rest it
    gets that.
    """
    with archive(configuration(screen)) as database, database.writing() as conn:
        one = named(name, sources.listing(conn), noun="source")
        if not one.paused:
            _say(screen, one, "visited", _hurried(screen, conn, one))
            return
        if one.paused_reason == LEFT_THE_FILE:
            raise UsageError(
                f'The source "{one.settings.name}" left {one.owned_by_file or "its file"}; put it '
                "back there, then: wirewatch apply"
            )
        sources.resume(conn, one.id, now=screen.clock())
    _say(screen, one, "visited", "is visited again.")


@command("rm", examples=("wirewatch source rm Yonhap", "wirewatch source rm so_3 --yes"))
@click.argument("name", shell_complete=source_names)
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_screen
def rm(screen: Screen, name: str, *, yes: bool) -> None:
    """Take the source NAME away. Its articles stay in the archive; its name is free again."""
    with archive(configuration(screen)) as database:
        with database.reading() as conn:
            one = free_of_file(named(name, sources.listing(conn), noun="source"), noun="source")
            many = source_figures.articles(conn, one.id)
        if not yes:
            _ask(one.settings.name, many)
        with database.writing() as conn:
            sources.remove(conn, one.id, now=screen.clock())
    stay = "1 article stays" if many == 1 else f"{many:,} articles stay"
    _say(screen, one, "removed", f"is gone; {stay}." if many else "is gone.")


def _hurried(screen: Screen, conn: Transaction, one: KeptSource) -> str:
    """Let a source that fails be visited now, and say so, or why not."""
    now = screen.clock()
    if one.failing_since is None:
        return "does not rest."
    if (rest := source_health.rests(conn, now=now).get(one.id)) is not None:
        return f"is not visited yet, since its host asked for rest until {screen.both(rest.until)}."
    if one.next_visit_at is not None and one.next_visit_at > now:
        sources.resume(conn, one.id, now=now)
    return "is visited now."


def _say(screen: Screen, one: KeptSource, state: str, words: str) -> None:
    if screen.manner.json:
        screen.data({"id": wire_id("so", one.id), "name": one.settings.name, "state": state})
    else:
        screen.say(f'"{one.settings.name}" {words}')


def _ask(name: str, many: int) -> None:
    if not sys.stdin.isatty():
        raise UsageError(f'This would remove source "{name}". Say --yes to do it.')
    stay = f" Its {many:,} articles stay." if many else ""
    click.confirm(f'Remove source "{name}"?{stay}', abort=True)
