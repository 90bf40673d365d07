"""`wirewatch search --stories`: what was found, one story after the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive import articles, stories
from archive.database import Transaction
from archive.forgotten import TITLE
from archive.search.by_story import MOST, StoriesFound
from news.article import Article
from news.ids import wire_id
from news.story import Account, Story
from wirewatch.cli.found import as_json as article_as_json
from wirewatch.cli.found import row
from wirewatch.cli.screen import Screen
from wirewatch.cli.story_figures import figures
from wirewatch.inert import inert

SHOWN = 3
"""So many of a story's articles stand below it; `wirewatch story` shows all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A story with its first account, and the articles of it that were found, newest first.

    `first` is None where all of them were forgotten.
    """

    story: Story
    first: Account | None
    found: tuple[Article, ...]

    @property
    def title(self) -> str:
        """Return the story's headline: that of the first article that has one."""
        return TITLE if self.first is None else self.first.title


def groups(conn: Transaction, found: StoriesFound) -> list[Group]:
    """Read what is shown of the stories that were found."""
    together = []
    for one in found.stories:
        first = next(iter(stories.accounts(conn, one.story, limit=1)), None)
        read = (articles.get(conn, number) for number in one.articles)
        kept = tuple(article for article in read if article is not None)
        together.append(Group(story=stories.of(conn, one.story), first=first, found=kept))
    return together


def show_stories(screen: Screen, shown: list[Group], found: StoriesFound) -> None:
    """Show the stories, and say what was left out."""
    for group in shown:
        _show(screen, group)
    if not shown:
        screen.remark("No article of the archive answers to this.")
    if found.more:
        more = "1 story more" if found.more == 1 else f"{found.more:,} stories more"
        screen.remark(
            f"There {'is' if found.more == 1 else 'are'} {more}: see --limit and --since."
        )
    if found.cut:
        screen.remark(f"Only the newest {MOST:,} articles that answer were looked at; see --since.")


def _show(screen: Screen, group: Group) -> None:
    if screen.manner.json:
        screen.data(_as_json(group))
    elif screen.terminal:
        for line in _lines(screen, group):
            screen.say(line)
    else:
        for cells in _rows(screen, group):
            screen.row(cells)


def _lines(screen: Screen, group: Group) -> Iterator[str]:
    """Return what a terminal shows: the story, its figures, its articles indented."""
    told = group.story
    yield f"{wire_id('st', told.id)}  {inert(group.title) or '(without a title)'}"
    first = f"first: {inert(told.first_publisher)}, {screen.ago(told.first_at)}"
    yield f"  {figures(told)} · {first}"
    for article in group.found[:SHOWN]:
        wire, seen, publisher, words, *_ = map(inert, row(screen, article))
        yield f"    {wire}  {seen}  {publisher}: {words}"
    if len(group.found) > SHOWN:
        yield f"    +{len(group.found) - SHOWN:,} more: wirewatch story {wire_id('st', told.id)}"


def _rows(screen: Screen, group: Group) -> Iterator[tuple[str, ...]]:
    """Return lines for a pipe; those of articles begin with an empty cell."""
    told = group.story
    counts = (str(told.articles), str(told.publishers), str(told.families))
    first = (screen.ago(told.first_at), told.first_publisher, group.title)
    yield (wire_id("st", told.id), *counts, *first)
    for article in group.found[:SHOWN]:
        yield ("", *row(screen, article))
    if len(group.found) > SHOWN:
        yield ("", f"+{len(group.found) - SHOWN} more")


def _as_json(group: Group) -> dict[str, object]:
    told = group.story
    return {
        "id": wire_id("st", told.id),
        "title": group.title,
        "articles": told.articles,
        "publishers": told.publishers,
        "families": told.families,
        "first": {"publisher": told.first_publisher, "at": told.first_at},
        "found": [article_as_json(one) for one in group.found],
    }
