"""`wirewatch apply`: bring the archive in line with wirewatch.toml, beside a running `run`."""

import sys

import click

from archive.database import Database
from archive.engines import sqlite_file
from archive.upgrade import prepare
from news.errors import ConfigurationError, UsageError
from wirewatch.apply import bring_in_line, kept
from wirewatch.cli.changes import show_applied, show_pending
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.comparison import Verb
from wirewatch.config.load import FILE_NAME
from wirewatch.config.unserved import unserved
from wirewatch.config.values import Configuration
from wirewatch.plan import Kept, Plan, plan
from wirewatch.undrawn import undrawn

PENDING = 2
"""The exit code of `--diff` where there is something to change."""


@command("apply")
@click.option("--diff", is_flag=True, help="Only show what would change; exit 2 if anything would.")
@click.option("--prune", is_flag=True, help="Remove what left the file, instead of pausing it.")
@click.option("--yes", is_flag=True, help="Do not ask before removing.")
@with_screen
def apply(screen: Screen, *, diff: bool, prune: bool, yes: bool) -> None:
    """Bring the archive in line with wirewatch.toml; a second time changes nothing."""
    configured = configuration(screen)
    if configured.file is None:
        raise ConfigurationError(
            f"There is no {FILE_NAME} here to apply; `wirewatch init` writes one to begin with."
        )
    if diff:
        pending = _pending(configured, prune=prune)
        show_pending(screen, pending, unserved(configured))
        click.get_current_context().exit(PENDING if pending.steps else 0)
    prepare(configured.archive.url)
    with archive(configured) as database:
        if prune and not yes:
            _ask(screen, _plan(database, configured, prune=prune))
        applied = bring_in_line(database, configured, now=screen.clock(), prune=prune)
    show_applied(screen, applied, unserved(configured))
    for words in undrawn(configured):
        screen.remark(words)


def _pending(configured: Configuration, *, prune: bool) -> Plan:
    """Plan by what is there; where no archive is yet, nothing is, and none is made."""
    file = sqlite_file(configured.archive.url)
    if file is not None and not file.exists():
        return plan(configured, Kept(), prune=prune)
    with archive(configured) as database:
        return _plan(database, configured, prune=prune)


def _plan(database: Database, configured: Configuration, *, prune: bool) -> Plan:
    with database.reading() as conn:
        return plan(configured, kept(conn), prune=prune)


def _ask(screen: Screen, pending: Plan) -> None:
    names = [f'{step.noun} "{step.name}"' for step in pending.steps if step.verb is Verb.REMOVE]
    if not names:
        return
    if not sys.stdin.isatty():
        costs = "".join(f" {line}." for line in pending.losses)
        raise UsageError(f"This would remove {', '.join(names)}.{costs} Say --yes to do it.")
    screen.say(f"To be removed: {', '.join(names)}")
    for line in pending.losses:
        screen.say(f"{line}.")
    click.confirm("Remove them?", abort=True)
