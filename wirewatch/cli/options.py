"""The options that every command understands, before its name or after it.

They are remembered in the context that click shares over all levels; `manner_of` reads them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

_MEMORY = "wirewatch.manner."
_FLAGS = (
    (("--json",), "Answer in JSON."),
    (("--plain",), "Plain lines, also on a terminal."),
    (("-q", "--quiet"), "Only what was asked for, no remarks."),
    (("-v", "--verbose"), "Say more."),
    (("--no-color",), "No colours."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a command is asked to speak: about which file, to whom, how loudly."""

    config: Path | None = None
    json: bool = False
    plain: bool = False
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False


def manner_of(ctx: click.Context) -> Manner:
    """Return what the command line asked for, at any of its levels."""
    names = Manner.__dataclass_fields__
    given = {name: ctx.meta[_MEMORY + name] for name in names if _MEMORY + name in ctx.meta}
    return Manner(**given)


def _remember(ctx: click.Context, option: click.Parameter, value: object) -> None:
    if value:
        ctx.meta[f"{_MEMORY}{option.name}"] = value


def shared_options() -> list[click.Parameter]:
    """Return the options anew; click ties each to one command."""
    file = click.Option(
        ["-c", "--config"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Use this file in place of ./wirewatch.toml.",
        expose_value=False,
        callback=_remember,
    )
    return [file, *(_flag(names, words) for names, words in _FLAGS)]


def _flag(names: tuple[str, ...], words: str) -> click.Option:
    return click.Option(names, is_flag=True, help=words, expose_value=False, callback=_remember)


def command(
    name: str, *, examples: Sequence[str] = (), kind: type[click.Command] = click.Command
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function whose docstring is its help; its own options stand first."""
    # \\b keeps click from making one paragraph of the lines that follow.
    epilog = "\n".join(["\b", "Examples:", *(f"  {line}" for line in examples)])

    def made(function: Callable[..., Any]) -> click.Command:
        command = click.command(name, kind, epilog=epilog if examples else None)(function)
        command.params.extend(shared_options())
        return command

    return made
