"""`wirewatch story split ARTICLE…`: what was taken for one story is two."""

import click

from archive.database import Database
from archive.story_decisions import Split
from news.errors import UsageError
from news.ids import wire_id
from wirewatch import regrouped
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.story_named import article_named, checked


@command(
    "split",
    examples=(
        "wirewatch story split ar_40",
        "wirewatch story split https://en.yna.co.kr/view/AEN20261123000100315",
        "wirewatch story split ar_40 ar_43        (both together, as one story)",
    ),
)
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@with_screen
def split(screen: Screen, articles: tuple[str, ...]) -> None:
    """Split articles off from their story: together they are a story of their own from now on.

    Their copies go along, and what repeats or revises them later follows; likeness never undoes
    it. Who was told of the story is not told again of either half. `wirewatch story join` undoes
    it.
    """
    for name in articles:
        checked(name)
    with archive(configuration(screen)) as database:
        chosen, done = _split(screen, database, articles)
    if screen.manner.json:
        screen.data(_as_json(done))
        return
    story, before = wire_id("st", done.story), wire_id("st", done.from_story)
    named = ", ".join(wire_id("ar", one) for one in chosen)
    copies = [wire_id("ar", one) for one in done.moved if one not in chosen]
    along = f" with {'its copy' if len(copies) == 1 else 'copies'} {', '.join(copies)}"
    screen.say(f"{named}{along if copies else ''} left {before}, and is story {story} now.")
    screen.remark(f"To undo it: wirewatch story join {before} {story}")


def _split(screen: Screen, database: Database, names: tuple[str, ...]) -> tuple[list[int], Split]:
    with database.writing() as conn:
        meant = [article_named(conn, name) for name in names]
        chosen, found = sorted({one for one, _ in meant}), {story for _, story in meant}
        if len(found) > 1:
            stories = ", ".join(wire_id("st", one) for one in sorted(found))
            raise UsageError(f"These are articles of several stories ({stories}): split one only.")
        (story,) = found
        done = regrouped.split(database, conn, chosen, story=story, at=screen.clock())
    if done is None:
        words = "they and their copies are" if len(chosen) > 1 else "it and its copies are"
        raise UsageError(f"Nothing would be left in {wire_id('st', story)}: {words} all of it.")
    return chosen, done


def _as_json(done: Split) -> dict[str, object]:
    return {
        "story": wire_id("st", done.story),
        "from": wire_id("st", done.from_story),
        "articles": [wire_id("ar", one) for one in done.moved],
    }
