"""`wirewatch demo`: a small newsroom publishes on this machine, and the whole way runs."""

import asyncio
import signal
import sys
import tempfile
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.demo.exhibits import Exhibit
from wirewatch.demo.scorecard import Scorecard, Tally
from wirewatch.demo.script import Script, load
from wirewatch.demo.shouts import Shout
from wirewatch.demo.show import Audience, Ending, Shown, perform
from wirewatch.demo.stage import StageError
from wirewatch.inert import inert

BEAT = timedelta(seconds=1.5)
FAST_BEAT = timedelta(seconds=0.5)

_COLORS = {
    "published": "green",
    "edited": "yellow",
    "again": "cyan",
    "gone": "cyan",
    "down": "red",
    "alert": "magenta",
    "turned away": "red",
}


@command("demo")
@click.option("--fast", is_flag=True, help="Three times as fast.")
@click.option("--articles", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@click.option("--archive", metavar="URL", help="Keep it there, for example in postgresql://…")
@click.option("--keep", is_flag=True, help="Stay up after the table, until Ctrl-C.")
@with_screen
def demo(
    screen: Screen, *, fast: bool, articles: int | None, archive: str | None, keep: bool
) -> None:
    """Watch a small newsroom on this machine publish, edit and repeat its stories.

    wirewatch reads it, and receivers verify what they are sent. It needs no internet, and ends
    with a table and exit code 0 only if every alert arrived once, and no other.
    """
    script = load() if articles is None else load().shortened(articles)
    with tempfile.TemporaryDirectory(prefix="wirewatch-demo-") as folder:
        audience = _audience(screen, Path(folder), keep=keep)
        _greet(screen, script, Path(folder))
        playing = perform(
            script,
            beat=FAST_BEAT if fast else BEAT,
            folder=Path(folder),
            archive=archive,
            audience=audience,
        )
        try:
            ending = asyncio.run(_ended_by_sigterm_too(playing))
        except StageError as error:
            screen.remark(f"The demo could not go on: {error}")
            sys.exit(1)
    _judge(screen, ending)


async def _ended_by_sigterm_too(playing: Coroutine[None, None, Ending]) -> Ending:
    """Take SIGTERM as Ctrl-C, so that `run` does not outlive the demo."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, signal.raise_signal, signal.SIGINT)
    return await playing


def _greet(screen: Screen, script: Script, folder: Path) -> None:
    if screen.manner.json or screen.manner.quiet:
        return
    names = ", ".join(outlet.name for outlet in script.outlets)
    screen.say("A small newsroom opens on this machine.", bold=True)
    screen.say(f"It publishes: {names}")
    for watch in script.watches:
        screen.say(f"{watch.name} → {', '.join(watch.to)}: {watch.query}")
    screen.say(f"wirewatch runs in {folder}\n", dim=True)


def _audience(screen: Screen, folder: Path, *, keep: bool) -> Audience:
    silent = screen.manner.json or screen.manner.quiet

    def shout(happened: Shout) -> None:
        if silent:
            return
        head = f"{happened.seconds:6.1f} s  {happened.sort:11}"
        color = _COLORS[happened.sort] if screen.colored else None
        click.echo(f"{click.style(head, fg=color)}  {inert(f'{happened.who}: {happened.words}')}")

    def line(text: str) -> None:
        if not silent:
            screen.say(f"          │  {text}", dim=True)

    async def ended(card: Scorecard, shown: Shown) -> None:
        _table(screen, card)
        if not silent:
            _exhibit(screen, await shown())
        if keep:
            screen.remark(f"Still up, until Ctrl-C. Try:  wirewatch -c {folder}/wirewatch.toml …")
            with _until_interrupted():
                await asyncio.Event().wait()

    return Audience(shout=shout, line=line, ended=ended)


@contextmanager
def _until_interrupted() -> Iterator[None]:
    """Take Ctrl-C as the end that was asked for."""
    try:
        yield
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.uncancel():
            raise


_MEANINGS = {
    "noted": "of these, in the archive",
    "expected alerts": "one for each story, watch and channel, as people labelled them",
    "missed": "owed, and not arrived",
    "false": "arrived, and owed to nobody",
    "repeated": "arrived as two messages",
    "altered": "arrived twice with other words",
    "again, same id": "sent again to a receiver that failed: no fault",
    "stories of several, told once": "alerts of what several outlets told",
    "look-alikes, told apart": "alerts of reports that differ in their figures alone",
}
"""What a line of the score means, where it does not say so itself."""


def _table(screen: Screen, card: Scorecard) -> None:
    if screen.manner.json:
        delays = {"p50": card.delay(0.5), "p95": card.delay(0.95)}
        screen.data({**asdict(card), "delays": delays, "exact": card.exact})
        return
    rows = [
        ("published", str(card.published)),
        ("noted", str(card.noted)),
        ("expected alerts", str(card.expected)),
        ("received", str(card.received)),
        ("missed", str(len(card.missed))),
        ("false", str(len(card.false))),
        ("repeated", str(len(card.repeated))),
        ("altered", str(len(card.altered))),
        ("again, same id", str(card.again)),
        ("stories of several, told once", _of(card.together)),
        ("look-alikes, told apart", _of(card.apart)),
        ("p50 from publication to delivery", _seconds(card.delay(0.5))),
        ("p95 from publication to delivery", _seconds(card.delay(0.95))),
    ]
    screen.say()
    for name, value in rows:
        screen.say(f"{name:34}{value:>8}  {_MEANINGS.get(name, '')}".rstrip())
    for name, keys in (
        ("missed", card.missed),
        ("false", card.false),
        ("repeated", card.repeated),
        ("altered", card.altered),
    ):
        for key in keys:
            screen.say(f"{name}: {key}")


def _exhibit(screen: Screen, exhibits: Sequence[Exhibit]) -> None:
    """Show what `wirewatch story` says of what was played."""
    for each in exhibits:
        screen.say(f"\nwirewatch {' '.join(each.words)}", bold=True)
        for line in each.answer.splitlines():
            screen.say(f"  {line}")


def _judge(screen: Screen, ending: Ending) -> None:
    if not ending.stopped:
        screen.remark("wirewatch run did not stop within 10 s of SIGTERM and was killed.")
    if not screen.manner.json:
        exact = "Exact: every alert once, and no other." if ending.good else "Not exact."
        screen.say(f"\n{exact}", bold=True)
    if not ending.good:
        sys.exit(1)


def _of(tally: Tally) -> str:
    return f"{tally.right} of {tally.owed}"


def _seconds(delay: float | None) -> str:
    return "-" if delay is None else f"{delay:.2f} s"
