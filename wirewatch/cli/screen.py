"""How commands speak: calm, aligned, and inert whatever strangers wrote.

On a terminal there are tables, colours and times such as "5 min ago"; in a pipe there is one
line per thing with tabs between, and absolute times. Answers go to standard output, remarks to
standard error.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import click

from news.clock import Clock, utc_now
from wirewatch.cli.options import Manner, manner_of
from wirewatch.inert import inert, inert_json, inert_lines

P = ParamSpec("P")
R = TypeVar("R")

_UNITS = ((86_400, "day"), (3_600, "h"), (60, "min"), (1, "s"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Where a command's words go, in the manner that was asked for."""

    manner: Manner
    terminal: bool
    clock: Clock = utc_now

    def say(self, text: str = "", *, bold: bool = False, dim: bool = False) -> None:
        """Print one part of the answer; its lines are kept, what would steer is taken out."""
        shown = inert_lines(text)
        styled = click.style(shown, bold=bold, dim=dim) if bold or dim else shown
        click.echo(styled, color=self.colored)

    def row(self, values: Sequence[str]) -> None:
        """Print one line of a plain table, with tabs between."""
        click.echo("\t".join(map(inert, values)))

    def remark(self, text: str) -> None:
        """Print what helps but was not asked for, to standard error; `-q` leaves it out."""
        if not self.manner.quiet:
            click.echo(inert_lines(text), err=True)

    def data(self, value: object) -> None:
        """Print an answer as JSON, one value a line."""
        click.echo(inert_json(json.dumps(value, ensure_ascii=not _utf8(), default=_plain)))

    @property
    def colored(self) -> bool:
        """Tell whether colours are wanted here."""
        return self.terminal and not self.manner.no_color

    def ago(self, moment: datetime | None) -> str:
        """Return a time as this reader wants it: "5 min ago" on a terminal, else in full, UTC."""
        if moment is None:
            return "never" if self.terminal else "-"
        if not self.terminal:
            return self.at(moment)
        return ago((self.clock() - moment).total_seconds())

    def at(self, moment: datetime) -> str:
        """Return a time to the second: local on a terminal, else in full, UTC."""
        if not self.terminal:
            return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")

    def both(self, moment: datetime) -> str:
        """Return a time both ways on a terminal: "2026-11-23 06:00:00, 5 min ago"."""
        return f"{self.at(moment)}, {self.ago(moment)}" if self.terminal else self.at(moment)


def ago(seconds: float) -> str:
    """Return how long ago `seconds` were, or how far ahead they are: "5 min ago", "in 2 h"."""
    size = abs(seconds)
    for length, name in _UNITS:
        if size >= length:
            count = int(size // length)
            words = f"{count} {name}{'s' if name == 'day' and count > 1 else ''}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"


def with_screen(function: Callable[Concatenate[Screen, P], R]) -> Callable[P, R]:
    """Give a command's function a Screen as its first argument."""

    @wraps(function)
    def called(*args: P.args, **settings: P.kwargs) -> R:
        manner = manner_of(click.get_current_context())
        return function(screen_for(manner), *args, **settings)

    return called


def screen_for(manner: Manner) -> Screen:
    """Return the screen for `manner`: a terminal if standard output is one and may be used so."""
    return Screen(manner=manner, terminal=sys.stdout.isatty() and not manner.plain)


def _utf8() -> bool:
    return (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") == "utf8"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} is no JSON")
