"""`wirewatch source try`: one real visit, shown in full; nothing of it is kept."""

import asyncio
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

import click

from archive import seen, sources, upgrade
from archive.seen import Mark
from archive.sources import KeptSource
from crawler.discover import spellings
from crawler.http import Fetched, Fetcher, FetchFailed, FetchRequest
from news.entry import Entry
from news.errors import UsageError
from news.page import PageOutcome
from news.source import SourceSettings
from news.source_address import source_address
from news.visit import Failed
from wirewatch.cli.completing import source_names
from wirewatch.cli.looking import looking
from wirewatch.cli.named import named
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.source_moved import moved_words
from wirewatch.cli.source_ready import visited
from wirewatch.cli.source_tried import Tried, as_json, show
from wirewatch.config.tables import SOURCE_KINDS
from wirewatch.config.values import Configuration


@dataclass(slots=True)
class _Witness:
    """A fetcher that remembers the last answer, for the reader does not tell all of it."""

    inner: Fetcher
    last: Fetched | FetchFailed | None = None

    async def fetch(self, request: FetchRequest) -> Fetched | FetchFailed:
        self.last = await self.inner.fetch(request)
        return self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is to be visited: a source that is kept (`id` is 0 for any other address).

    `others` are spellings of the address to go on with where the first does not answer.
    """

    settings: SourceSettings
    id: int = 0
    others: tuple[str, ...] = ()
    learned: str | None = None
    page: bool = False


class Said(TypedDict):
    """The options as they were given."""

    kind: str | None
    links: str | None
    page: bool
    render: bool
    everything: bool


@command(
    "try",
    examples=(
        "wirewatch source try Yonhap",
        "wirewatch source try https://example.org/rss --all",
        "wirewatch source try https://example.org/board --kind list --links 'td.title a'",
        "wirewatch source try Yonhap --page",
    ),
)
@click.argument("name", metavar="NAME|URL", shell_complete=source_names)
@click.option("--kind", type=click.Choice(SOURCE_KINDS), help="Read it as this kind.")
@click.option("--links", metavar="CSS", help="Read it as a list page with this selector.")
@click.option("--page", is_flag=True, help="Also read the page of the first article.")
@click.option("--render", is_flag=True, help="Have pages drawn that have no text without.")
@click.option("--all", "everything", is_flag=True, help="Every entry, not the first ten alone.")
@with_screen
def try_source(screen: Screen, name: str, **said: Unpack[Said]) -> None:
    """Visit a source, or any address, right now, and show what comes back; nothing is kept.

    Each entry is marked: new to the archive, changed, known, or known from elsewhere. Exit code 1
    if the visit failed.
    """
    configured = configuration(screen)
    known = _listing(configured)
    asked = _as_said(_with_learned(_asked(name, known), configured), said)
    tried = asyncio.run(_tried(asked, configured))
    tried = replace(tried, marks=tuple(_marks(configured, asked.id, tried.entries)))
    if screen.manner.json:
        screen.data(as_json(tried))
    else:
        show(screen, tried, everything=said["everything"])
        for words in moved_words(screen, [one for one in known if one.id == asked.id], known):
            screen.remark(words)
    click.get_current_context().exit(0 if tried.worked else 1)


def _with_learned(asked: _Asked, configured: Configuration) -> _Asked:
    if not asked.id:
        return asked
    with archive(configured) as database, database.reading() as conn:
        return replace(asked, learned=seen.learned(conn, asked.id))


def _as_said(asked: _Asked, said: Said) -> _Asked:
    """Change what is asked by the options; as another kind, what was learned is of no use."""
    settings, links = asked.settings, said["links"]
    if said["kind"] == "feed" and links:
        raise UsageError("--links is for list pages; a feed names its articles itself.")
    if said["kind"] or links:
        spider = replace(settings.spider, links=links or settings.spider.links)
        settings = replace(settings, kind=said["kind"] or "list", spider=spider)
    if said["render"]:
        settings = replace(settings, spider=replace(settings.spider, render=True))
    learned = asked.learned if settings == asked.settings else None
    return replace(asked, settings=settings, learned=learned, page=said["page"])


def _listing(configured: Configuration) -> list[KeptSource]:
    if not upgrade.exists(configured.archive.url):
        return []
    with archive(configured) as database, database.reading() as conn:
        return sources.listing(conn)


def _asked(text: str, known: list[KeptSource]) -> _Asked:
    """Take a name or wire id for a source; any other address for what it is, known or not."""
    addresses = spellings(text) if "." in text or ":" in text else ()
    by_name = {one.settings.name for one in known}
    if not addresses or text in by_name:
        one = named(text, known, noun="source")
        return _Asked(settings=one.settings, id=one.id)
    wanted = {source_address(url) for url in addresses}
    for one in known:
        if source_address(one.settings.url) in wanted:
            return _Asked(settings=one.settings, id=one.id)
    first, *others = addresses
    settings = SourceSettings(name="", kind="feed", url=first)
    return _Asked(settings=settings, others=tuple(others))


async def _tried(asked: _Asked, configured: Configuration) -> Tried:
    async with looking(configured) as eyes:
        witness = _Witness(eyes.parts.fetcher)
        eyes.parts = replace(eyes.parts, fetcher=witness)
        settings = asked.settings
        visit = await visited(eyes, settings, learned=asked.learned)
        for other in asked.others:
            if visit.status is None and isinstance(visit.outcome, Failed):
                again = replace(settings, url=other)
                if (second := await visited(eyes, again)).status is not None:
                    settings, visit = again, second
        tried = Tried(
            settings=settings,
            visit=visit,
            answer=witness.last if isinstance(witness.last, Fetched) else None,
            allow=configured.network.allow,
        )
        address = next((one.url for one in tried.entries if one.url), None)
        if asked.page and address is not None:
            engine = await eyes.engine()
            outcome: PageOutcome = await engine.read(address, render=settings.spider.render)
            tried = replace(tried, page=outcome, page_url=address)
        return tried


def _marks(configured: Configuration, source: int, told: tuple[Entry, ...]) -> list[Mark]:
    if not told or not upgrade.exists(configured.archive.url):
        return [Mark.NEW for _ in told]
    with archive(configured) as database, database.reading() as conn:
        return seen.marks(conn, source, told)
