"""`wirewatch source export`: the sources for other feed readers, and for another wirewatch."""

import json
from pathlib import Path

import click

from archive import sources
from crawler import opml
from crawler.opml import Line
from news.errors import WirewatchError
from news.source import SourceSettings
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.source_words import has_password, many_sources, shown
from wirewatch.config.times import written


@command(
    "export",
    examples=("wirewatch source export > feeds.opml", "wirewatch source export feeds.opml"),
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--passwords", is_flag=True, help="Also write passwords that stand in addresses.")
@with_screen
def export_sources(screen: Screen, file: Path | None, *, passwords: bool) -> None:
    """Write all sources as OPML, which other feed readers import: to FILE, or standard output."""
    with archive(configuration(screen)) as database, database.reading() as conn:
        known = [one.settings for one in sources.listing(conn)]
    lines = [_line(one, url=one.url if passwords else shown(one.url)) for one in known]
    document = opml.written(lines, title="wirewatch", now=screen.clock())
    if file is None:
        click.echo(document, nl=False)
    else:
        _write(file, document)
        if screen.manner.json:
            screen.data({"file": str(file), "sources": len(lines)})
        else:
            screen.say(f"{many_sources(len(lines))} written to {file}.")
    if not passwords and (hidden := sum(has_password(one.url) for one in known)):
        screen.remark(f"Passwords were left out of {hidden}; --passwords writes them, too.")


def _line(one: SourceSettings, *, url: str) -> Line:
    said = {
        "every": written(one.every) if one.every else "",
        "cron": one.cron or "",
        "timezone": one.timezone if one.cron else "",
        "links": one.spider.links or "",
        "sections": json.dumps(one.spider.sections, ensure_ascii=False)
        if one.spider.sections
        else "",
        "depth": "" if one.spider.depth is None else str(one.spider.depth),
        "pages": "" if one.spider.pages is None else str(one.spider.pages),
        "render": "true" if one.spider.render else "",
    }
    return Line(
        url=url,
        title=one.name,
        kind=one.kind,
        tags=one.tags,
        said=tuple((name, text) for name, text in said.items() if text),
    )


def _write(file: Path, document: bytes) -> None:
    try:
        file.write_bytes(document)
    except OSError as error:
        raise WirewatchError(f"{file} cannot be written: {error.strerror}") from error
