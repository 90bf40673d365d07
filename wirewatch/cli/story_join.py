"""`wirewatch story join ID ID`: what was taken for two stories is one."""

import sys

import click

from archive import whole_story
from archive.database import Database
from archive.story_decisions import Joined
from news.errors import UsageError
from news.ids import wire_id
from wirewatch import regrouped
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.story_figures import figures
from wirewatch.cli.story_named import checked, story_named
from wirewatch.inert import inert


@command(
    "join",
    examples=(
        "wirewatch story join st_12 st_15",
        "wirewatch story join ar_40 https://www.nknews.org/2026/11/a-funeral/",
        "wirewatch story join st_12 st_15 --yes   (without asking)",
    ),
)
@click.argument("one", metavar="ID|URL")
@click.argument("other", metavar="ID|URL")
@click.option("--yes", is_flag=True, help="Join them without asking.")
@with_screen
def join(screen: Screen, one: str, other: str, *, yes: bool) -> None:
    """Join two stories; what is like either belongs to the joined one from now on.

    The older one's name stays, and the other is found under it. Who was told of one of them is
    not told of the other. `wirewatch story split` undoes it.
    """
    names = (checked(one), checked(other))
    with archive(configuration(screen)) as database:
        if screen.terminal and sys.stdin.isatty() and not yes:
            _ask(screen, database, names)
        done = _join(screen, database, names)
    if screen.manner.json:
        screen.data(_as_json(done))
        return
    story, moved = wire_id("st", done.story), [wire_id("ar", one) for one in done.moved]
    screen.say(f"{wire_id('st', done.former)} is joined into {story}: {', '.join(moved)}.")
    screen.remark(f"To undo it: wirewatch story split {' '.join(moved)}")


def _ask(screen: Screen, database: Database, names: tuple[str, str]) -> None:
    """Show both stories, and ask."""
    with database.reading() as conn:
        for name in names:
            whole = whole_story.of(conn, story_named(conn, name).story)
            title = inert(whole.tellings[0].article.title)
            screen.say(f"{wire_id('st', whole.story.id)}  {title}")
            screen.say(f"  {figures(whole.story)}, {screen.ago(whole.story.first_at)}", dim=True)
    click.confirm("Join them?", abort=True)


def _join(screen: Screen, database: Database, names: tuple[str, str]) -> Joined:
    with database.writing() as conn:
        one, other = (story_named(conn, name).story for name in names)
        done = regrouped.join(database, conn, one, other, at=screen.clock())
    if done is None:
        raise UsageError(f"{names[0]} and {names[1]} are one story already: {wire_id('st', one)}.")
    return done


def _as_json(done: Joined) -> dict[str, object]:
    return {
        "story": wire_id("st", done.story),
        "joined": wire_id("st", done.former),
        "articles": [wire_id("ar", one) for one in done.moved],
    }
