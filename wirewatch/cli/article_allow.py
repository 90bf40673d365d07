"""`wirewatch article allow URL`: what was barred may come again."""

import click

from archive import forgotten
from news.errors import UsageError
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen


@command("allow", examples=("wirewatch article allow https://example.org/news/4711",))
@click.argument("url", metavar="URL")
@with_screen
def allow(screen: Screen, url: str) -> None:
    """Let an address bring texts again, the next time that a source tells it with changes.

    What was erased stays erased, and what was told of it is not told again.
    """
    with archive(configuration(screen)) as database, database.writing() as conn:
        allowed = forgotten.allow(conn, url)
    if not allowed:
        raise UsageError(f"{url} was not forgotten. See `wirewatch article forgotten`.")
    if screen.manner.json:
        screen.data({"allowed": allowed})
        return
    screen.say(f"{allowed[0]} may come again.")
