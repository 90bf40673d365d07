"""`wirewatch source import`: sources from other feed readers, hundreds at once."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import click

from archive.database import Database
from crawler import opml
from crawler.opml import Line, Listing
from crawler.registry import READERS
from news.errors import UsageError, WirewatchError
from news.ids import wire_id
from news.source import SourceSettings, Spider
from wirewatch.cli.opened import archive_or_new, configuration
from wirewatch.cli.options import command
from wirewatch.cli.progress import progress
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.source_import_file import bytes_of, listing_in
from wirewatch.cli.source_keep import Added, Kept, Known, Shelf, keep
from wirewatch.cli.source_words import many_sources, remark_on_run, shown
from wirewatch.config.spoken import spoken
from wirewatch.config.tables import FOUND_OUT, SourceTable
from wirewatch.inert import inert

_AT_ONCE = 100
_UNNAMED = "unnamed"
_NOT_TEXTS = frozenset(("sections", "depth", "pages", "render"))


@dataclass(frozen=True, slots=True)
class _Refused:
    """A line that names no source; `reason` says why."""

    line: Line
    reason: str


@command(
    "import",
    examples=(
        "wirewatch source import feeds.opml --dry-run",
        "wirewatch source import feeds.opml --tag korea",
    ),
)
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--tag", multiple=True, metavar="T", help="A tag for all; may stand many times.")
@click.option("--dry-run", is_flag=True, help="Only show what would be added.")
@with_screen
def import_sources(screen: Screen, file: str, *, tag: tuple[str, ...], dry_run: bool) -> None:
    """Add every source that the OPML file FILE lists ("-" is standard input).

    Folders become tags. What is there already is told and left as it is; nothing is visited yet.
    """
    configured = configuration(screen)
    tags = spoken(SourceTable, {"name": _UNNAMED, "url": "https://x", "tags": list(tag)}).tags
    listing = asyncio.run(listing_in(bytes_of(file)))
    if not listing.lines:
        cut = " It breaks off before the first." if listing.cut else ""
        raise WirewatchError(
            f"{file} lists no sources; is it OPML, exported by a feed reader?{cut}"
        )
    wanted, refused = _sorted(listing, tags, configured.timezone)
    with archive_or_new(configured) as database:
        kept = _planned(database, wanted) if dry_run else _kept(screen, database, wanted)
    _show(screen, kept, refused, listing, dry_run=dry_run)
    _remark(screen, listing)
    if not dry_run and any(isinstance(one, Added) for one in kept):
        remark_on_run(screen, configured.archive.url)
    if not kept:
        raise WirewatchError(f"Nothing in {file} can be read as a source.")
    if listing.cut:
        raise WirewatchError(_cut_off(file, listing))


def _sorted(
    listing: Listing, tags: tuple[str, ...], timezone: str
) -> tuple[list[SourceSettings], list[_Refused]]:
    wanted: list[SourceSettings] = []
    refused: list[_Refused] = []
    for line in listing.lines:
        try:
            wanted.append(_settings(line, tags, timezone))
        except UsageError as error:
            refused.append(_Refused(line, str(error).partition("\n")[0]))
    return wanted, refused


def _settings(line: Line, tags: tuple[str, ...], timezone: str) -> SourceSettings:
    """Check a line by the rules of the file; the name is the archive's to make unique."""
    if line.kind not in READERS:
        raise UsageError(f'kind "{line.kind}" is not read yet')
    keys = dict(_typed(line.said))
    if line.kind != FOUND_OUT:
        keys["kind"] = line.kind
    url = line.url.removeprefix("feed://").removeprefix("feed:")
    bare = url if "://" in url else f"https://{url}" if url != line.url else line.url
    table = spoken(
        SourceTable,
        {"name": _UNNAMED, "url": bare, "tags": [*line.tags, *tags], **keys},
    )
    return SourceSettings(
        name=line.title,
        kind=line.kind,
        url=table.url,
        every=table.every,
        cron=None if table.every else table.cron,
        timezone=table.timezone or timezone,
        tags=tuple(dict.fromkeys(table.tags)),
        spider=Spider(
            links=table.links,
            sections=table.sections,
            depth=table.depth,
            pages=table.pages,
            render=table.render,
        ),
    )


def _typed(said: Iterable[tuple[str, str]]) -> Iterator[tuple[str, object]]:
    """Return what a list says as wirewatch.toml would; what is no number stays for its rules."""
    for name, text in said:
        if name in _NOT_TEXTS:
            try:
                yield name, json.loads(text)
            except (ValueError, RecursionError):
                yield name, text
        else:
            yield name, text


def _planned(database: Database, wanted: Sequence[SourceSettings]) -> list[Kept]:
    with database.reading() as conn:
        shelf = Shelf(conn)
    kept: list[Kept] = []
    for settings in wanted:
        name = shelf.reader_of(settings.url)
        kept.append(Added(0, shelf.take(settings)) if name is None else Known(name, settings))
    return kept


def _kept(screen: Screen, database: Database, wanted: Sequence[SourceSettings]) -> list[Kept]:
    """Add a hundred at a time, so that a running `run` never waits for long."""
    kept: list[Kept] = []
    with progress(screen, "Adding sources", len(wanted)) as steps:
        for begin in range(0, len(wanted), _AT_ONCE):
            with database.writing() as conn:
                kept += keep(conn, wanted[begin : begin + _AT_ONCE], now=screen.clock())
            steps.at(len(kept))
    return kept


def _show(
    screen: Screen,
    kept: Sequence[Kept],
    refused: Sequence[_Refused],
    listing: Listing,
    *,
    dry_run: bool,
) -> None:
    added = [one for one in kept if isinstance(one, Added)]
    known = [one for one in kept if isinstance(one, Known)]
    if screen.manner.json:
        screen.data(
            {
                "added": [_plain(one) for one in added],
                "known": [{"name": one.name, "url": shown(one.settings.url)} for one in known],
                "refused": [{"url": one.line.url, "reason": one.reason} for one in refused],
                "repeated": listing.repeated,
                "without_address": listing.nameless,
                "breaks_off": listing.cut,
                "dry_run": dry_run,
            }
        )
        return
    for line in _lines(added, known, refused):
        screen.say(line)
    verb = "would be added" if dry_run else "added"
    counts = [f"{many_sources(len(added))} {verb}"]
    counts += [f"{len(known)} known already"] if known else []
    counts += [f"{len(refused)} left out"] if refused else []
    screen.say(f"{', '.join(counts)}.", bold=True)


def _lines(
    added: Sequence[Added], known: Sequence[Known], refused: Sequence[_Refused]
) -> Iterator[str]:
    for one in added:
        tags = f"  [{', '.join(one.settings.tags)}]" if one.settings.tags else ""
        yield f"add    {one.settings.name}  {shown(one.settings.url)}{tags}"
    for there in known:
        yield f'known  {shown(there.settings.url)}  as "{there.name}"'
    for bad in refused:
        yield f"left   {shown(bad.line.url)}  {bad.reason}"


def _remark(screen: Screen, listing: Listing) -> None:
    for url in listing.others:
        screen.remark(f"Another list, not read: {url}; download it and import it on its own.")
    if listing.repeated:
        screen.remark(f"{_lines_that(listing.repeated)} an address again that stands further up.")
    if listing.nameless:
        screen.remark(f"{_lines_that(listing.nameless)} no address.")
    if listing.more:
        screen.remark(f"{listing.more:,} more are listed; {opml.MOST_LINES:,} are taken at once.")


def _cut_off(file: str, listing: Listing) -> str:
    last = listing.lines[-1]
    return (
        f'{inert(file)} breaks off after "{inert(last.title or shown(last.url))}": '
        f"{many_sources(len(listing.lines))} could be read of it, and what followed is missing.\n"
        "Fetch or export it anew and import it again; what is there already stays as it is."
    )


def _lines_that(count: int) -> str:
    return "1 line names" if count == 1 else f"{count:,} lines name"


def _plain(one: Added) -> dict[str, object]:
    settings = one.settings
    plain = {"name": settings.name, "kind": settings.kind, "url": shown(settings.url)}
    number = {"id": wire_id("so", one.id)} if one.id else {}
    return {**number, **plain, "tags": list(settings.tags)}
