"""What most commands begin with: the configuration that is meant, and the archive it names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import click

from archive import upgrade
from archive.database import Database
from wirewatch.cli.screen import Screen
from wirewatch.config.load import load_or_default
from wirewatch.config.times import duration
from wirewatch.config.values import Configuration


def configuration(screen: Screen) -> Configuration:
    """Read the file that `-c` names, else ./wirewatch.toml, else take the defaults."""
    return load_or_default(screen.manner.config, folder=Path.cwd())


@contextmanager
def archive(configured: Configuration) -> Iterator[Database]:
    """Open the archive that the configuration names, which must be there and of our version.

    A running `run` is not disturbed.
    """
    upgrade.check_current(configured.archive.url)
    database = Database.open(configured.archive.url, configured.archive.durability)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def archive_or_new(configured: Configuration) -> Iterator[Database]:
    """Open the archive as `archive` does, but make it where there is none yet.

    So the first thing a newcomer does may be to add a source. An older archive is not upgraded:
    that is for `run` and `db upgrade` to do.
    """
    url = configured.archive.url
    if not upgrade.exists(url):
        upgrade.prepare(url)
    with archive(configured) as database:
        yield database


class Since(click.ParamType[timedelta]):
    """How far back: "90s", "2m", "24h", "7d"."""

    name = "time"

    def convert(
        self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the length of time, or fail in the words of the configuration."""
        if isinstance(value, timedelta):
            return value
        try:
            return duration(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def reaching_back(now: datetime, since: timedelta | None) -> datetime | None:
    """Return the moment `since` ago."""
    return None if since is None else now - since
