"""What Tab offers where a name is wanted: the names that the archive knows.

It is asked between two keys, so it is quick, prints nothing, and has nothing to offer where the
archive cannot be read. No archive is made or upgraded for it.
"""

import os
import re
from importlib import import_module
from pathlib import Path

import click

from news.errors import WirewatchError
from wirewatch.cli.options import manner_of

COMPLETE_VARIABLE = "_WIREWATCH_COMPLETE"
"""By this the shell's script asks: "bash_complete", "zsh_complete", "fish_complete"."""

_FOR_THE_SHELL = re.compile(r"([^\w@%+=:,./-])")


def source_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001 - click's signature
    """Offer the names of sources, or their ids where one is begun."""
    return _offered(ctx, incomplete, "so", "archive.sources")


def watch_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001 - click's signature
    """Offer the names of watches, or their ids where one is begun."""
    return _offered(ctx, incomplete, "w", "archive.watches")


def channel_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001 - click's signature
    """Offer the names of channels, or their ids where one is begun."""
    return _offered(ctx, incomplete, "ch", "archive.channels")


def as_typed(name: str, shell: str) -> str:
    """Return `name` as its script must be told it, to stand on the line as it should.

    Only bash does not quote by itself, and its script takes one level of backslashes away.
    """
    if not shell.startswith("bash"):
        return name
    return _FOR_THE_SHELL.sub(r"\\\1", name).replace("\\", "\\\\")


def _offered(ctx: click.Context, incomplete: str, prefix: str, room: str) -> list[str]:
    try:
        known = _known(ctx, room)
    except (WirewatchError, OSError):  # what is wrong is said by the command itself
        return []
    ids = [f"{prefix}_{number}" for _, number in known] if incomplete.startswith(prefix) else []
    names = [name for name, _ in known if name.isprintable()]
    shell = os.environ.get(COMPLETE_VARIABLE, "")
    return [as_typed(name, shell) for name in (*names, *ids) if name.startswith(incomplete)]


def _known(ctx: click.Context, room: str) -> list[tuple[str, int]]:
    """Return names and numbers of what the archive's module `room` lists.

    All that is heavy is imported here and not at the head, so that `--help` does not pay for it.
    """
    from archive.database import Database  # noqa: PLC0415 - see above
    from wirewatch.config.load import load_or_default  # noqa: PLC0415 - see above

    archive = load_or_default(manner_of(ctx).config, folder=Path.cwd()).archive
    database = Database.open(archive.url)
    try:
        with database.reading() as conn:
            listed = import_module(room).listing(conn)
    finally:
        database.close()
    return [(one.settings.name, one.id) for one in listed]
