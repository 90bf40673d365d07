"""What stands at an address, and what is to be added of it: the heart of `source add`."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import assert_never
from urllib.parse import urlsplit

import click

from crawler.candidates import Way
from crawler.discover import discover
from crawler.drawing.chromium import missing
from crawler.feed_figures import FeedFigures
from crawler.found import Found, Missed, NothingFound, NotReached
from news.errors import UsageError, WirewatchError
from news.source import Spider
from wirewatch.cli.looking import Looking, looking
from wirewatch.cli.progress import Steps
from wirewatch.cli.screen import Screen
from wirewatch.cli.source_advice import advice, as_typed, is_closed
from wirewatch.cli.source_choice import ReaderOf, can_ask, chosen
from wirewatch.cli.source_ready import Not, Read, Ready, read_as, ready_feed
from wirewatch.cli.source_said import Wish
from wirewatch.cli.source_words import cut, figures_in_words, shown
from wirewatch.config.times import written
from wirewatch.config.values import Configuration

_MOST_MISSED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was seen; `as_list` is what a page without a feed is as a list of articles.

    `allow` is what the operator lists already.
    """

    seen: Found | NothingFound | NotReached | Read
    as_list: Read | None = None
    allow: tuple[str, ...] = ()


async def looked(
    text: str, wish: Wish, configured: Configuration, reader_of: ReaderOf, steps: Steps
) -> Looked:
    """Look at an address: as what it was said to be, else for feeds, else for articles."""
    allow = configured.network.allow
    async with looking(configured) as eyes:
        if wish.kind is not None:
            read = await read_as(eyes, wish.kind, text, spider=wish.settings.spider)
            return Looked(seen=read, allow=allow)
        seen = await discover(text, eyes.parts, at=steps.at)
        as_list = None
        if isinstance(seen, NothingFound) or _of_the_site(seen, wish, reader_of):
            as_list = await _as_list_of(eyes, seen.url, wish.settings.spider)
        return Looked(seen=seen, as_list=as_list, allow=allow)


async def _as_list_of(eyes: Looking, url: str, spider: Spider) -> Read:
    """Read a page as a list: as it is sent, and where that tells nothing, drawn if that can be."""
    plain = await read_as(eyes, "list", url, spider=spider)
    if _lists_articles(plain) or (isinstance(plain, Not) and is_closed(plain.reason)):
        return plain
    if missing() is not None:
        return plain
    drawn = await read_as(eyes, "list", url, spider=replace(spider, render=True))
    return drawn if _lists_articles(drawn) else plain


def settled(
    screen: Screen, looked: Looked, wish: Wish, reader_of: ReaderOf, *, typed: str
) -> list[Ready]:
    """Return what is to be added; where that cannot be said, an error says what to type."""
    seen = looked.seen
    match seen:
        case Found():
            name = _of_the_site(seen, wish, reader_of)
            if name is not None:
                head = f"{shown(seen.url)} names no feed, and its site's is read already, as"
                return _as_a_list(screen, f'{head} "{name}".', looked.as_list, wish, typed=typed)
            _remark(screen, seen, reader_of)
            ready = [ready_feed(one) for one in seen.feeds]
            return chosen(screen, ready, wish.choice, reader_of, typed=typed)
        case NothingFound():
            if seen.sitemaps and not _lists_articles(looked.as_list):
                return _as_a_sitemap(screen, seen, wish, reader_of)
            return _as_a_list(screen, _no_feed(screen, seen), looked.as_list, wish, typed=typed)
        case Ready():
            return [seen]
        case Not() if wish.choice.best and not is_closed(seen.reason):
            screen.remark(f"{shown(seen.url)} cannot be read just now: {seen.reason}")
            return [_unread(seen, wish)]
        case Not() | NotReached():
            raise WirewatchError(_failure(seen, looked.allow) + _all_the_same(seen, wish, typed))
        case _ as never:
            assert_never(never)


def _failure(seen: Not | NotReached, allow: tuple[str, ...]) -> str:
    help_with = advice(seen.reason, seen.status, url=seen.url, allow=allow)
    words = f"{shown(seen.url)} cannot be read: {as_typed(seen.reason)}"
    if seen.wait is not None:
        words += f"\nIt asks to be left alone for {written(seen.wait)}."
    return f"{words}\n{help_with}" if help_with else words


def _all_the_same(seen: Not | NotReached, wish: Wish, typed: str) -> str:
    busy = seen.status is not None and (
        seen.status == HTTPStatus.TOO_MANY_REQUESTS
        or seen.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    )
    kind = wish.kind or ("feed" if busy else None)
    came = seen.status is not None and seen.status < HTTPStatus.BAD_REQUEST
    if kind is None or came or is_closed(seen.reason):  # what came and is none will not become one
        return ""
    return f"\nTo add it all the same: wirewatch source add {typed} --kind {kind} --yes"


def _no_feed(screen: Screen, seen: NothingFound) -> str:
    for line in _missed(seen.missed):
        screen.remark(line)
    title = f' ("{cut(seen.title)}")' if seen.title else ""
    return f"There is no feed at {shown(seen.url)}{title}: {len(seen.missed)} places were tried."


def _of_the_site(
    seen: Found | NothingFound | NotReached | Read, wish: Wish, reader_of: ReaderOf
) -> str | None:
    """Return who reads already all that was found, where that is not what the page itself names.

    A front page and its site are one, and who says which feed to take has seen the choice.
    """
    if not isinstance(seen, Found) or not seen.guessed or urlsplit(seen.url).path in ("", "/"):
        return None
    if wish.choice.numbers or wish.choice.everything:
        return None
    names = [reader_of(one.url) for one in seen.feeds]
    return names[0] if all(names) else None


def _as_a_list(
    screen: Screen, head: str, as_list: Read | None, wish: Wish, *, typed: str
) -> list[Ready]:
    """Offer a page that names no feed as a list of articles, if it links to any."""
    if isinstance(as_list, Not) and is_closed(as_list.reason):
        help_with = advice(as_list.reason, as_list.status, url=shown(as_list.url))
        raise WirewatchError(f"{head}\nNor may it be read as a list: {as_list.reason}. {help_with}")
    if not isinstance(as_list, Ready) or not _lists_articles(as_list):
        why = f" ({as_typed(as_list.reason)})" if isinstance(as_list, Not) else ""
        raise WirewatchError(
            f"{head}\nNor does it link to articles that can be told from the rest{why}. If you see "
            "some there, say which links they are:\n"
            f"  wirewatch source add {typed} --kind list --links 'CSS selector'\n"
            "If they stand on pages below it, it is a site:\n"
            f"  wirewatch source add {typed} --kind site\n"
            "If only a browser shows them, have it drawn:\n"
            f"  wirewatch source add {typed} --render{_needs()}"
        )
    if wish.choice.best:
        return [as_list]
    screen.say(head)
    drawn = "drawn by a browser, " if as_list.render else ""
    many = as_list.figures.items
    screen.say(f"But {drawn}it links to {many} articles, so it can be read as a list:")
    for line in as_list.titles:
        screen.say(f"  {cut(line)}")
    if can_ask(screen):
        click.confirm("Read it as a list page?", default=True, abort=True)
        return [as_list]
    drawn = " --render" if as_list.render else ""
    raise UsageError(f"To add it so: wirewatch source add {typed} --kind list{drawn}")


def _needs() -> str:
    why = missing()
    return "" if why is None else f"\nThat cannot be done yet, for {why}."


def _as_a_sitemap(
    screen: Screen, seen: NothingFound, wish: Wish, reader_of: ReaderOf
) -> list[Ready]:
    """Offer a sitemap that lists nothing but addresses: each new page has to be read."""
    ready = ready_feed(seen.sitemaps[0])
    if wish.choice.best or reader_of(ready.url) is not None:
        return [ready]
    screen.say(_no_feed(screen, seen))
    screen.say(f"But its sitemap lists its pages, so what is new there can be told: {ready.url}")
    for line in figures_in_words(screen, ready.figures):
        screen.say(f"  {line}")
    if can_ask(screen):
        click.confirm("Read the sitemap?", default=True, abort=True)
        return [ready]
    again = shlex.join([shown(ready.url), *wish.retyped])
    raise UsageError(f"To add it so: wirewatch source add {again} --kind sitemap")


def _lists_articles(as_list: Read | None) -> bool:
    return isinstance(as_list, Ready) and as_list.figures.items > 0


def _remark(screen: Screen, seen: Found, reader_of: ReaderOf) -> None:
    """Say what is not to be had, and what else there is."""
    for line in _missed(seen.missed):
        screen.remark(line)
    for one in seen.beside:
        if reader_of(one.url) is None:
            often = figures_in_words(screen, one.figures)[0]
            screen.remark(f"There is a sitemap for news as well: {shown(one.url)} ({often})")


def _missed(missed: Sequence[Missed]) -> Iterator[str]:
    """Name what the page itself names and is none; of guesses nobody wants to know."""
    named = [one for one in missed if one.way is not Way.GUESSED]
    for one in named[:_MOST_MISSED]:
        yield f"Named there, but not to be had: {shown(one.url)}: {one.reason}"
    if len(named) > _MOST_MISSED:
        yield f"… and {len(named) - _MOST_MISSED} more."


def _unread(seen: Not, wish: Wish) -> Ready:
    return Ready(url=seen.url, title="", kind=wish.kind or "feed", figures=FeedFigures(items=0))
