"""`wirewatch source add`: from any address to a source, by way of the feeds found there."""

import asyncio
import shlex
from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

import click

from archive.database import Database
from crawler.discover import spellings
from crawler.found import Found
from news.errors import ArchiveError, UsageError
from news.ids import wire_id
from news.source import SourceSettings
from news.source_address import likely_same
from wirewatch.cli.opened import archive_or_new, configuration
from wirewatch.cli.options import command
from wirewatch.cli.progress import progress
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.source_choice import as_json
from wirewatch.cli.source_keep import Added, Kept, Known, Shelf, keep
from wirewatch.cli.source_looked import Looked, looked, settled
from wirewatch.cli.source_ready import Ready
from wirewatch.cli.source_said import Said, Wish, source_options, wish_of
from wirewatch.cli.source_words import figures_in_words, has_password, remark_on_run, shown

_KINDS = {"feed": "", "list": ", as a list page"}


@command(
    "add",
    examples=(
        "wirewatch source add example.org",
        "wirewatch source add https://example.org/news --feed 2 --name Example --tag korea",
        "wirewatch source add https://example.org/rss --every 2m",
        "wirewatch source add https://example.org/board --kind list --links 'td.title a'",
    ),
)
@click.argument("url")
@source_options
@with_screen
def add(screen: Screen, url: str, **said: Unpack[Said]) -> None:
    """Find the feeds behind URL and add one: a feed, a page, or just a name like example.org.

    Each feed that is found is read once and shown: how many items a day, and its newest. Where a
    site has none, its sitemap for news is taken, or its page can be read as a list of articles.
    Exit code 2 where a choice has to be made.
    """
    configured = configuration(screen)
    addresses = spellings(url)
    if not addresses:
        raise UsageError(f'"{url}" is no address; write one like https://example.org')
    wish = wish_of(said, url=addresses[0], timezone=configured.timezone)
    with archive_or_new(configured) as database:
        with database.reading() as conn:
            shelf = Shelf(conn)
        if wish.name in shelf.names:
            raise UsageError(f'There is a source "{wish.name}" already; choose another name.')
        name = next(filter(None, map(shelf.reader_of, addresses)), None)
        if name is not None:
            known = Known(name, replace(wish.settings, url=addresses[0]))
            _show(screen, [_with_nothing_lost(known, wish)], [])
            _remark_on_password(screen, addresses[0], name)
            return
        with progress(screen, f"Looking at {shown(url)}") as steps:
            seen = asyncio.run(looked(url, wish, configured, shelf.reader_of, steps))
        typed = shlex.join([url, *wish.retyped])
        ready = settled(screen, seen, wish, shelf.reader_of, typed=typed)
        kept = _kept(screen, database, wish, ready)
    _remark_on_move(screen, seen, addresses)
    _show(screen, kept, ready)
    _remark_on_parts(screen, kept, ready, shelf)
    if any(isinstance(one, Added) for one in kept):
        remark_on_run(screen, configured.archive.url)
        screen.remark("Next, say what you wait for: wirewatch watch add NAME 'words' --to CHANNEL")


def _kept(screen: Screen, database: Database, wish: Wish, ready: Sequence[Ready]) -> list[Kept]:
    if wish.one and len(ready) > 1:
        raise UsageError("--name and --links are for one source; say --feed with one number.")
    wanted = [_settings(wish, one) for one in ready]
    try:
        with database.writing() as conn:
            kept = list(keep(conn, wanted, now=screen.clock()))
    except ArchiveError as error:  # somebody else added it just now
        raise UsageError(str(error)) from error
    if len(kept) == 1 and isinstance(kept[0], Known):
        return [_with_nothing_lost(kept[0], wish)]
    return kept


def _with_nothing_lost(known: Known, wish: Wish) -> Known:
    """Return what is known already; UsageError if something was said that it would not heed."""
    if not wish.retyped:
        return known
    name = known.name
    raise UsageError(
        f'The source "{name}" reads {shown(known.settings.url)} already; nothing was added, nor '
        f"is it changed by {wish.retyped[0]}.\nTo have it otherwise: change it in its file if it "
        f'stands in one; else wirewatch source rm "{name}" and add it anew (its articles stay).'
    )


def _settings(wish: Wish, one: Ready) -> SourceSettings:
    spider = replace(wish.settings.spider, render=wish.settings.spider.render or one.render)
    named = replace(wish.settings, name=wish.name or one.title, kind=one.kind, url=one.url)
    return replace(named, spider=spider)


def _show(screen: Screen, kept: Sequence[Kept], ready: Sequence[Ready]) -> None:
    by_url = {one.url: one for one in ready}
    if screen.manner.json:
        screen.data(
            {
                "added": [
                    {**_plain(by_url, one), "id": wire_id("so", one.id), "name": one.settings.name}
                    for one in kept
                    if isinstance(one, Added)
                ],
                "known": [
                    {"name": one.name, "url": shown(one.settings.url)}
                    for one in kept
                    if isinstance(one, Known)
                ],
            }
        )
        return
    for one in kept:
        address = shown(one.settings.url)
        if isinstance(one, Known):
            screen.say(f'Nothing to add: the source "{one.name}" reads {address} already.')
            continue
        kind = _KINDS.get(one.settings.kind, f", as a {one.settings.kind}")
        screen.say(f'Added "{one.settings.name}" ({wire_id("so", one.id)}){kind}: {address}')
        if one.settings.url in by_url:
            ready_one = by_url[one.settings.url]
            for line in figures_in_words(screen, ready_one.figures):
                screen.say(f"  {line}")
            if ready_one.broken:
                screen.say(f"  {ready_one.broken}; what can be read of it is read")


def _remark_on_move(screen: Screen, looked: Looked, addresses: Sequence[str]) -> None:
    """Say that a feed stands elsewhere for good than where a person named it."""
    if isinstance(looked.seen, Found) and looked.seen.itself:
        to = looked.seen.url
        if likely_same(to) not in set(map(likely_same, addresses)):
            screen.remark(f"{shown(addresses[0])} moved for good to {shown(to)}.")


def _remark_on_password(screen: Screen, url: str, name: str) -> None:
    if has_password(url):
        screen.remark(
            "Name and password are those it had, not these. To change them: "
            f"wirewatch source rm {shlex.quote(name)}, then add it anew."
        )


def _remark_on_parts(
    screen: Screen, kept: Sequence[Kept], ready: Sequence[Ready], shelf: Shelf
) -> None:
    """Say which sources read a part of what was added: the whole of it needs them no more."""
    added = {one.settings.url for one in kept if isinstance(one, Added)}
    for one in ready:
        parts = {name: url for url in one.parts if (name := shelf.reader_of(url)) is not None}
        for name, url in parts.items() if one.url in added else ():
            screen.remark(
                f'It holds {shown(url)}, which the source "{name}" reads: each article is told '
                f"once, and that one is needed no more: wirewatch source rm {shlex.quote(name)}"
            )


def _plain(by_url: dict[str, Ready], one: Added) -> dict[str, object]:
    ready = by_url.get(one.settings.url)
    return {} if ready is None else as_json(ready)
