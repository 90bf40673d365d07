"""`wirewatch run`: everything in one process, until Ctrl-C or SIGTERM."""

import asyncio
import logging
import signal
import sys
from pathlib import Path

import click

from archive import stats
from archive.stats import Stats
from wirewatch.apply import Applied
from wirewatch.build import Built, built
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.config.load import load_or_default
from wirewatch.config.unserved import unserved
from wirewatch.config.values import Configuration
from wirewatch.console import LogFormat, as_size, teller
from wirewatch.heap import give_large_blocks_back
from wirewatch.inert import inert_lines
from wirewatch.undrawn import undrawn
from wirewatch.version import VERSION


@command(
    "run",
    examples=(
        "wirewatch run",
        "wirewatch -c /etc/wirewatch.toml run --log json",
        "wirewatch run --once",
    ),
)
@click.option("--once", is_flag=True, help="One round of what is due, then end.")
@click.option(
    "--log",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How events are printed.",
)
@with_screen
def run(screen: Screen, *, once: bool, form: LogFormat) -> None:
    """Gather, watch and tell, until Ctrl-C.

    It takes ./wirewatch.toml (or -c FILE) and applies it first. Without a file it starts on
    defaults, and finds the sources and watches that the archive already has.
    """
    configuration = load_or_default(screen.manner.config, folder=Path.cwd())
    _log_to_stderr(verbose=screen.manner.verbose)
    for words in unserved(configuration):
        screen.remark(f"Not served yet: {words}")
    for words in undrawn(configuration):
        screen.remark(words)
    asyncio.run(_run(screen, configuration, once=once, form=form))


async def _run(
    screen: Screen, configuration: Configuration, *, once: bool, form: LogFormat
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    give_large_blocks_back()
    async with built(configuration, teller(form), once=once) as made:
        counted = await made.database.read(stats.count)
        if form == "text" and not screen.manner.quiet:
            _banner(screen, configuration, made, counted, once=once)
        for secret in made.applied.made if made.applied else ():
            # Shown this once, whatever the form: to standard error where events are for machines.
            words = f"secret of channel {secret.channel}, shown this once: {secret.secret}"
            click.echo(words, err=form == "json")
        await made.app.start()
        farewell = await (made.app.run_once(stop) if once else made.app.run_until(stop))
    if form == "text":
        done = "Done" if once and not stop.is_set() else "Stopping"
        screen.say(
            f"{done}: {_count(farewell.visits, 'visit')} finished, "
            f"{_count(farewell.articles, 'article')} kept, "
            f"{_count(farewell.waiting, 'delivery')} waiting."
        )


def _banner(
    screen: Screen, configuration: Configuration, made: Built, counted: Stats, *, once: bool
) -> None:
    url = configuration.archive.url
    place = url.removeprefix("sqlite:///") if url.startswith("sqlite") else "PostgreSQL"
    screen.say(f"wirewatch {VERSION}", bold=True)
    screen.say(f"  archive   {place} ({as_size(counted.size)}, {counted.articles:,} articles)")
    screen.say(
        f"  watching  {_count(counted.sources, 'source')}, {_count(counted.watches, 'watch')}, "
        f"{_count(counted.channels, 'channel')}"
    )
    screen.say(
        f"  waiting   {_count(counted.deliveries_waiting, 'delivery')}, "
        f"{counted.entries_waiting} entries to be read"
    )
    if made.applied is not None:
        _say_applied(screen, configuration, made.applied)
    if not counted.sources:
        meanwhile = "" if once else " (this goes on meanwhile)"
        screen.say(f"No sources yet. Try: wirewatch source add example.org{meanwhile}")
    screen.say()


def _say_applied(screen: Screen, configuration: Configuration, applied: Applied) -> None:
    screen.say(f"  applied   {configuration.file}: {_count(len(applied.plan.steps), 'change')}")


def _count(number: int, noun: str) -> str:
    plural = {"watch": "watches", "delivery": "deliveries"}.get(noun, f"{noun}s")
    return f"{number:,} {noun if number == 1 else plural}"


class _InertFormatter(logging.Formatter):
    """Log lines quote strangers: addresses, titles, answers."""

    def format(self, record: logging.LogRecord) -> str:
        return inert_lines(super().format(record))


def _log_to_stderr(*, verbose: bool) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_InertFormatter("%(asctime)s  %(levelname)s  %(message)s", "%H:%M:%S"))
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, handlers=[handler])
