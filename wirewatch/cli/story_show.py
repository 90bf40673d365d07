"""`wirewatch story ID|URL`: what happened, who told it when, and whom it was told to."""

import click

from archive import looks, revisions, whole_story
from archive.revisions import Revision
from archive.whole_story import Named, WholeStory
from news.article import Article
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.story_named import checked, story_named
from wirewatch.cli.story_words import Shown, as_json, lines_of
from wirewatch.cli.wording import show_diff


@command(
    "show",
    examples=(
        "wirewatch story st_12",
        "wirewatch story https://en.yna.co.kr/view/AEN20261123000100315",
        "wirewatch story ar_40 --diff 1",
    ),
)
@click.argument("name", metavar="ID|URL")
@click.option(
    "--diff",
    type=click.IntRange(min=1),
    metavar="N",
    help="What changed from revision N of the article to the next, word by word.",
)
@with_screen
def show(screen: Screen, name: str, *, diff: int | None) -> None:
    """Show a story: accounts and copies in order of time, changes of texts, who was told.

    Name it by a name such as st_5, ar_12 or al_3, or by an article's address.
    """
    checked(name)
    with archive(configuration(screen)) as database, database.reading() as conn:
        meant = story_named(conn, name)
        whole = whole_story.of(conn, meant.story)
        changes = {
            one.article.id: revisions.of(conn, one.article.id)
            for one in whole.tellings
            if one.article.revision > 1
        }
        if diff is not None:
            show_diff(screen, conn, _article_meant(meant, whole, changes), diff)
            return
        known = looks.of(conn, [one.article.id for one in whole.tellings])
    shown = Shown(whole=whole, changes=changes, looks=known, joined=meant.joined)
    if screen.manner.json:
        screen.data(as_json(shown))
        return
    for number, line in enumerate(lines_of(screen, shown)):
        screen.say(line, bold=number == 0)


def _article_meant(meant: Named, whole: WholeStory, changes: dict[int, list[Revision]]) -> Article:
    """Return the article that was named, else the first one of the story that was revised."""
    wanted = meant.article or next(iter(changes), whole.tellings[0].article.id)
    return next(one.article for one in whole.tellings if one.article.id == wanted)
