"""`wirewatch story ID|URL`: what happened, who told it when, and whom it was told to."""

from collections.abc import Iterator

import click

from archive import revisions, whole_story
from archive.revisions import Revision
from archive.whole_story import Named, Telling, WholeStory
from news.article import Article, Read
from news.errors import UsageError
from news.ids import parse_wire_id, wire_id
from news.typed import typed
from news.url import is_http
from wirewatch.cli.alerts import as_json as alert_as_json
from wirewatch.cli.alerts import outcome
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.search import as_json as article_as_json
from wirewatch.cli.wording import show_diff
from wirewatch.inert import inert

_LONGEST_LEAD = 500
_CHANGES = {"title": "the title", "text": "the text", "all": "title and text", "details": "details"}


@command(
    "story",
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
def story(screen: Screen, name: str, *, diff: int | None) -> None:
    """Show a story: its articles in order of time, who was told, and how texts changed.

    Name it by a name such as st_5, ar_12 or al_3, or by an article's address.
    """
    if parse_wire_id(name) is None and not is_http(name):
        raise UsageError(f'"{name}" is neither an address (https://…) nor a name such as st_5.')
    with archive(configuration(screen)) as database, database.reading() as conn:
        meant = whole_story.named(conn, name)
        if meant is None:
            hint = f" Try: wirewatch why {typed(name)}" if is_http(name) else ""
            raise UsageError(f"No story is known as {name}.{hint}")
        whole = whole_story.of(conn, meant.story)
        changes = {
            one.article.id: revisions.of(conn, one.article.id)
            for one in whole.tellings
            if one.article.revision > 1
        }
        if diff is not None:
            show_diff(screen, conn, _article_meant(meant, whole, changes), diff)
            return
    if screen.manner.json:
        screen.data(as_json(whole, changes))
        return
    for number, line in enumerate(_lines(screen, whole, changes)):
        screen.say(line, bold=number == 0)


def _article_meant(meant: Named, whole: WholeStory, changes: dict[int, list[Revision]]) -> Article:
    """Return the article that was named, else the first one of the story that was revised."""
    wanted = meant.article or next(iter(changes), whole.tellings[0].article.id)
    return next(one.article for one in whole.tellings if one.article.id == wanted)


def _lines(screen: Screen, whole: WholeStory, changes: dict[int, list[Revision]]) -> Iterator[str]:
    first, told = whole.tellings[0].article, whole.story
    yield inert(first.title) or "(without a title)"
    yield (
        f"  {wire_id('st', told.id)} · {_many(told.articles, 'article')} of "
        f"{_many(told.publishers, 'publisher')} · first: {inert(told.first_publisher)}, "
        f"{screen.ago(told.first_at)}"
    )
    if first.lead:
        lead = inert(first.lead)
        yield f"  {lead if len(lead) <= _LONGEST_LEAD else lead[: _LONGEST_LEAD - 1] + '…'}"
    yield ""
    for one in whole.tellings:
        yield from _telling(screen, one, changes.get(one.article.id, []))
    yield ""
    yield from _told(screen, whole)


def _telling(screen: Screen, one: Telling, changed: list[Revision]) -> Iterator[str]:
    article = one.article
    own = "account" if one.copy_of is None else f"copy of {wire_id('ar', one.copy_of)}"
    read = "" if article.read is Read.FULL else ", its page could not be read"
    head = f"{inert(article.publisher_name)}: {inert(article.title)}"
    yield f"{screen.at(article.first_seen_at)}  {head}"
    yield f"  {wire_id('ar', article.id)} · {own}{read} · {inert(article.url)}"
    for change in changed:
        what = _CHANGES.get(change.change, change.change)
        yield (
            f"  revision {change.n + 1}, {screen.at(change.at)}: {what} changed, "
            f"{change.size:+,} characters"
        )
    if changed:
        wire = wire_id("ar", article.id)
        yield f"  see what changed: wirewatch story {wire} --diff {changed[-1].n}"


def _told(screen: Screen, whole: WholeStory) -> Iterator[str]:
    if not whole.alerts:
        yield "No watch was told of it."
    for alert in whole.alerts:
        reason = "" if alert.reason == alert.state else f" ({alert.reason})"
        yield (
            f"{wire_id('al', alert.id)} to {inert(alert.watch_name)}, {screen.ago(alert.at)}: "
            f"{alert.state}{reason}"
        )
        for sent in alert.sent:
            yield f"  {wire_id('dl', sent.delivery)} {inert(outcome(sent))}"


def as_json(whole: WholeStory, changes: dict[int, list[Revision]]) -> dict[str, object]:
    """Return a story for machines."""
    told = whole.story
    return {
        "id": wire_id("st", told.id),
        "articles": told.articles,
        "publishers": told.publishers,
        "families": told.families,
        "first": {"publisher": told.first_publisher, "at": told.first_at},
        "tellings": [_telling_as_json(one, changes) for one in whole.tellings],
        "alerts": [alert_as_json(alert) for alert in whole.alerts],
    }


def _telling_as_json(one: Telling, changes: dict[int, list[Revision]]) -> dict[str, object]:
    return {
        **article_as_json(one.article),
        "copy_of": one.copy_of and wire_id("ar", one.copy_of),
        "revision": one.article.revision,
        "revisions": [
            {"n": each.n, "until": each.at, "change": each.change, "size": each.size}
            for each in changes.get(one.article.id, [])
        ],
    }


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
