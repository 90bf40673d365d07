"""How two wordings of an article are shown: coloured on a terminal, [-gone-]{+new+} elsewhere."""

from collections.abc import Iterator, Sequence

import click

from archive import revisions
from archive.database import Transaction
from news.article import Article
from news.errors import UsageError
from news.ids import wire_id
from news.word_diff import Fate, Stretch, word_diff
from wirewatch.cli.change_words import kinds
from wirewatch.cli.screen import Screen
from wirewatch.inert import inert_lines

_SIGNS = {Fate.SAME: ("", ""), Fate.GONE: ("[-", "-]"), Fate.NEW: ("{+", "+}")}
_COLOURS = {Fate.GONE: "red", Fate.NEW: "green"}


def show_diff(screen: Screen, conn: Transaction, article: Article, n: int) -> None:
    """Show what changed from revision `n` of an article to the next."""
    wire = wire_id("ar", article.id)
    if n >= article.revision:
        many = "one revision" if article.revision == 1 else f"{article.revision} revisions"
        last = f"; the last change is --diff {article.revision - 1}" if article.revision > 1 else ""
        raise UsageError(f"{wire} has {many}{last}.")
    before = revisions.wording(conn, article.id, n)
    after = revisions.wording(conn, article.id, n + 1)
    if before is None or after is None:
        raise UsageError(f"The texts of {wire} from then are not kept any more.")
    title, body = word_diff(before.title, after.title), word_diff(before.body, after.body)
    if screen.manner.json:
        parts = {"title": title, "body": body}
        told = {name: [(one.fate.value, one.text) for one in each] for name, each in parts.items()}
        screen.data({"article": wire, "from": n, "to": n + 1, **told})
        return
    screen.remark(_head(screen, conn, article, n))
    for line in "".join(_shown(screen, title)).split("\n"):
        click.echo(line, color=screen.colored)
    click.echo()
    for line in _paragraphs(screen, body):
        click.echo(line, color=screen.colored)


def _head(screen: Screen, conn: Transaction, article: Article, n: int) -> str:
    """Say what is compared, what was changed, and how that is marked."""
    (change,) = [one for one in revisions.of(conn, article.id) if one.n == n]
    wire, at = wire_id("ar", article.id), screen.at(change.at)
    marks = "red: gone, green: new" if screen.colored else "[-gone-] {+new+}"
    return f"{wire}, from revision {n} to {n + 1}, {at}: {kinds(change)}   {marks}"


def _paragraphs(screen: Screen, body: Sequence[Stretch]) -> Iterator[str]:
    """Return the paragraphs that changed; those between them become one "…"."""
    skipped = False
    for paragraph in _split(body):
        if all(one.fate is Fate.SAME for one in paragraph):
            skipped = True
            continue
        if skipped:
            yield "…"
        skipped = False
        yield from "".join(_shown(screen, paragraph)).split("\n")
    if skipped:
        yield "…"


def _split(body: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Cut where a line ends that stayed the same, so that a change is shown in its paragraph."""
    paragraph: list[Stretch] = []
    for one in body:
        pieces = one.text.split("\n") if one.fate is Fate.SAME else [one.text]
        for piece in pieces[:-1]:
            yield [*paragraph, Stretch(one.fate, piece)]
            paragraph = []
        paragraph.append(Stretch(one.fate, pieces[-1]))
    if paragraph:
        yield paragraph


def _shown(screen: Screen, stretches: Sequence[Stretch]) -> Iterator[str]:
    for one in stretches:
        text = inert_lines(one.text)
        words = text.strip("\n")
        if not words:
            yield text
            continue
        at = text.index(words)
        yield f"{text[:at]}{_marked(screen, one.fate, words)}{text[at + len(words) :]}"


def _marked(screen: Screen, fate: Fate, words: str) -> str:
    if screen.colored and fate is not Fate.SAME:
        return click.style(words, fg=_COLOURS[fate], strikethrough=fate is Fate.GONE or None)
    before, after = _SIGNS[fate]
    return f"{before}{words}{after}"
