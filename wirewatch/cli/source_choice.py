"""Several feeds behind one address: they are shown, and one is chosen, by hand or by option."""

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import click

from news.errors import UsageError
from wirewatch.cli.screen import Screen
from wirewatch.cli.source_ready import Ready
from wirewatch.cli.source_words import cut, figures_as_json, figures_in_words, shown

ReaderOf = Callable[[str], str | None]
"""Returns the name of the source that reads an address already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was said beforehand: numbers of feeds, all of them, or the best without a question."""

    numbers: tuple[int, ...] = ()
    everything: bool = False
    best: bool = False


def chosen(
    screen: Screen, feeds: Sequence[Ready], choice: Choice, reader_of: ReaderOf, *, typed: str
) -> list[Ready]:
    """Return the feeds to add; UsageError with the command to type where nobody can be asked."""
    feeds = [_as_read(one, reader_of) for one in feeds]
    if choice.numbers:
        return [_numbered(feeds, number) for number in choice.numbers]
    news = [one for one in feeds if not one.of_comments] or list(feeds)
    if choice.everything:
        return news
    free = [one for one in news if reader_of(one.url) is None]
    if len(free) <= 1 or choice.best:
        return (free or news)[:1]
    if not can_ask(screen):
        show_feeds(screen, feeds, reader_of)
        raise UsageError(
            f"{len(feeds)} feeds were found. Say which, by its number above:\n"
            f"  wirewatch source add {typed} --feed {feeds.index(free[0]) + 1}\n"
            "or take all of them with --all, or the first with --yes."
        )
    show_feeds(screen, feeds, reader_of)
    return _asked(feeds, news, best=feeds.index(free[0]) + 1)


def can_ask(screen: Screen) -> bool:
    """Tell whether somebody sits there to answer."""
    return screen.terminal and not screen.manner.json and sys.stdin.isatty()


def show_feeds(screen: Screen, feeds: Sequence[Ready], reader_of: ReaderOf) -> None:
    """Show feeds under their numbers: in full on a terminal, a line each elsewhere."""
    for number, one in enumerate(feeds, 1):
        if screen.manner.json:
            screen.data({"feed": number, **as_json(one), "source": reader_of(one.url)})
        elif not screen.terminal:
            screen.row(
                [str(number), one.title, shown(one.url), *figures_in_words(screen, one.figures)]
            )
        else:
            _show_feed(screen, number, one, reader_of(one.url))


def as_json(one: Ready) -> dict[str, object]:
    """Return what was read for machines."""
    return {
        "url": shown(one.url),
        "title": one.title,
        "kind": one.kind,
        **figures_as_json(one.figures),
        "comments": one.of_comments,
        "also_at": [shown(url) for url in one.twins],
    }


def _as_read(one: Ready, reader_of: ReaderOf) -> Ready:
    """Return a feed under the address by which it is read already, if it is.

    A redirect may lead to it, another format of it may be the one that is known, or an index of
    sitemaps that holds it.
    """
    places = (one.url, one.ends, one.whole, *one.twins)
    known = next((url for url in places if url and reader_of(url)), None)
    return one if known is None else replace(one, url=known)


def _show_feed(screen: Screen, number: int, one: Ready, known: str | None) -> None:
    comments = "  (what readers say)" if one.of_comments else ""
    screen.say(f"{number:>3}  {cut(one.title) or 'untitled'}{comments}", bold=not one.of_comments)
    screen.say(f"     {shown(one.url)}", dim=True)
    for line in figures_in_words(screen, one.figures):
        screen.say(f"     {line}")
    if one.broken:
        screen.say(f"     {one.broken}; what can be read of it is read")
    if known is not None:
        screen.say(f'     read already, as "{known}"')


def _asked(feeds: Sequence[Ready], news: Sequence[Ready], *, best: int) -> list[Ready]:
    while True:
        words = "Add which? A number, several with commas, or all"
        typed = str(click.prompt(words, default=str(best))).strip().lower()
        if typed == "all":
            return list(news)
        if re.fullmatch(r"[0-9]{1,4}(?:[ ,]+[0-9]{1,4})*", typed, re.ASCII):
            numbers = [int(number) for number in re.findall(r"[0-9]+", typed)]
            if all(1 <= number <= len(feeds) for number in numbers):
                return [feeds[number - 1] for number in dict.fromkeys(numbers)]
        click.echo(f'There is 1 to {len(feeds)}, or "all". Ctrl-C adds nothing.')


def _numbered(feeds: Sequence[Ready], number: int) -> Ready:
    if number > len(feeds):
        many = "only one feed" if len(feeds) == 1 else f"{len(feeds)} feeds"
        raise UsageError(f"There is no feed {number}: {many} found.")
    return feeds[number - 1]
