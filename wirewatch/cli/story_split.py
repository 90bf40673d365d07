"""`wirewatch story split ARTICLE…`: what was taken for one story is two."""

from collections.abc import Sequence

import click

from archive import whole_story
from archive.alerts import KeptAlert
from archive.database import Database
from archive.story_decisions import Split
from news.errors import UsageError
from news.ids import wire_id
from wirewatch import regrouped
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.story_named import article_named, checked
from wirewatch.inert import inert


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
        with database.reading() as conn:
            known = whole_story.of(conn, done.story).covered
    if screen.manner.json:
        screen.data(_as_json(done, known))
        return
    story, before = wire_id("st", done.story), wire_id("st", done.from_story)
    named = ", ".join(wire_id("ar", one) for one in chosen)
    copies = [wire_id("ar", one) for one in done.moved if one not in chosen]
    along = f" with {'its copy' if len(copies) == 1 else 'copies'} {', '.join(copies)}"
    screen.say(f"{named}{along if copies else ''} left {before}, and is story {story} now.")
    _covered(screen, done, known)
    screen.remark(f"To undo it: wirewatch story join {before} {story}")


def _split(screen: Screen, database: Database, names: tuple[str, ...]) -> tuple[list[int], Split]:
    with database.writing() as conn:
        meant = [article_named(conn, name) for name in names]
        chosen, found = sorted({one for one, _ in meant}), {story for _, story in meant}
        if len(found) > 1:
            raise UsageError(_of_several(meant))
        (story,) = found
        done = regrouped.split(database, conn, chosen, story=story, at=screen.clock())
    if done is None:
        words = "they and their copies are" if len(chosen) > 1 else "it and its copies are"
        raise UsageError(f"Nothing would be left in {wire_id('st', story)}: {words} all of it.")
    return chosen, done


def _of_several(meant: Sequence[tuple[int, int]]) -> str:
    """Say that articles of several stories were named, and what may have been meant."""
    each = dict.fromkeys((wire_id("ar", one), wire_id("st", story)) for one, story in meant)
    (first, its), *_ = each
    (other, another) = next(pair for pair in each if pair[1] != its)
    return (
        f"All that is named here leaves one story together, but {first} tells {its}, and {other} "
        f"tells {another}. They are two stories already; to take {first} out of {its}: "
        f"wirewatch story split {first}"
    )


def _covered(screen: Screen, done: Split, known: Sequence[KeptAlert]) -> None:
    """Say who was told of the story, and so is not told of what left it."""
    for alert in known:
        told, story = wire_id("al", alert.id), wire_id("st", done.story)
        screen.remark(
            f'"{inert(alert.watch_name)}" was told of {wire_id("st", done.from_story)} ({told}), '
            f"which counts for {story}, too: it was not told of {story}, and will not be."
        )
    if known:
        screen.remark(
            f"Whom it concerns can be shown it: wirewatch story {wire_id('st', done.story)}"
        )


def _as_json(done: Split, known: Sequence[KeptAlert]) -> dict[str, object]:
    return {
        "story": wire_id("st", done.story),
        "from": wire_id("st", done.from_story),
        "articles": [wire_id("ar", one) for one in done.moved],
        "not_told": [alert.watch_name for alert in known],
    }
