"""`wirewatch db backup F`: a copy of the archive, made while it is in use."""

from pathlib import Path

import click

from archive import backup as archive_backup
from wirewatch.cli.opened import configuration
from wirewatch.cli.options import command
from wirewatch.cli.progress import progress
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.console import as_size


@command(
    "backup",
    examples=("wirewatch db backup /backups/monday.db", "wirewatch db backup last.db --force -q"),
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@with_screen
def backup(screen: Screen, *, file: Path, force: bool) -> None:
    """Copy the archive into FILE, also while `run` writes to it, and check the copy.

    FILE appears once it is whole, readable by you alone. PostgreSQL is dumped by pg_dump, which
    must be on the PATH. docs/archive.md tells how a backup is restored.
    """
    url = configuration(screen).archive.url
    with progress(screen, "Copying pages") as steps:
        copy = archive_backup.backup(url, file, replace=force, progress=steps.at)
    if screen.manner.json:
        screen.data({"file": str(copy.file), "size": copy.size, "rows": dict(copy.rows)})
        return
    counted = ", ".join(f"{name} {rows:,}" for name, rows in copy.rows.items() if rows)
    screen.say(f"{copy.file}: {as_size(copy.size)}, checked; {counted or 'nothing in it yet'}")
