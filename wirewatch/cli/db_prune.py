"""`wirewatch db prune`: remove the texts of old articles, and say what is gained."""

import asyncio
import sys
from contextlib import nullcontext
from datetime import datetime, timedelta

import click

from archive import prune as archive_prune
from archive import run_lock, vacuum
from archive.database import Database
from archive.figures import free
from archive.prune import YOUNGEST, Prunable
from news.errors import UsageError
from wirewatch.cli.opened import Since, archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.progress import Steps, progress
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.console import as_size
from wirewatch.upkeep import Upkeep


@command(
    "prune",
    examples=(
        "wirewatch db prune --older 400d --dry-run",
        "wirewatch db prune --older 400d --yes",
    ),
)
@click.option(
    "--older",
    type=Since(),
    required=True,
    metavar="TIME",
    help='Of articles that came longer ago, such as "400d".',
)
@click.option("--dry-run", is_flag=True, help="Only count what would be removed.")
@click.option("--yes", is_flag=True, help="Do not ask before removing.")
@click.option("--vacuum", "shrink", is_flag=True, help="Then shrink the file; stop `run` before.")
@with_screen
def prune(screen: Screen, *, older: timedelta, dry_run: bool, yes: bool, shrink: bool) -> None:
    """Remove texts of old articles, answers of receivers, visits and notices of over 30 days ago.

    An article whose text is gone is not found by search any more, but it stays known: listed
    again, it raises no alert. It may be stopped at any time and goes on where it was. A running
    `run` is not held up; `[archive] keep` has it prune by itself.
    """
    if older < YOUNGEST:
        raise UsageError(f"--older takes {YOUNGEST.days}d or more: younger pages are read again.")
    configured = configuration(screen)
    now = screen.clock()
    alone = run_lock.hold(configured.archive.url) if shrink else nullcontext()
    with archive(configured) as database, alone:
        if shrink:
            vacuum.refuse_unless_useful(database)
        with database.reading() as conn:
            found = archive_prune.count(conn, before=now - older, now=now)
        if dry_run:
            _say(screen, found, "would be removed")
            return
        if found.texts and not yes:
            _ask(screen, found, older)
        with progress(screen, "Removing texts", found.texts) as steps:
            asyncio.run(_pruned(database, now, now - older, steps))
        if shrink:
            vacuum.shrink(configured.archive.url)
        _say(screen, found, "removed", database)


async def _pruned(database: Database, now: datetime, before: datetime, steps: Steps) -> None:
    upkeep = Upkeep(database=database, keep=None, clock=lambda: now)
    done = 0
    while texts := await upkeep.texts(before):
        done += texts
        steps.at(done)
    while await upkeep.answers(before):
        pass
    while await upkeep.visits():
        pass
    while await upkeep.notices():
        pass


def _ask(screen: Screen, found: Prunable, older: timedelta) -> None:
    what = f"the texts of {found.texts:,} articles that came over {older.days} days ago"
    if not sys.stdin.isatty():
        raise UsageError(f"This would remove {what}. Say --yes to do it.")
    screen.say(f"To be removed for good: {what} ({as_size(found.characters)}).")
    click.confirm("Remove them?", abort=True)


def _say(screen: Screen, found: Prunable, done: str, database: Database | None = None) -> None:
    room = None
    if database is not None:
        with database.reading() as conn:
            room = free(conn)
    if screen.manner.json:
        counts = {"texts": found.texts, "characters": found.characters}
        rest = {"visits": found.visits, "answers": found.answers}
        screen.data({**counts, **rest, "removed": database is not None, "free": room})
        return
    screen.say(
        f"{found.texts:,} texts ({as_size(found.characters)}), {found.visits:,} visits and "
        f"{found.answers:,} answers of receivers {done}."
    )
    if room is not None:
        screen.say(f"{as_size(room)} of the file are free now, and used before it grows.")
