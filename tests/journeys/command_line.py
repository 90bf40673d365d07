"""The command line as a person at a shell has it: words in, words and an exit code out."""

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from wirewatch.cli.main import main

FILE = "wirewatch.toml"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, what it answered, and what it remarked."""

    code: int
    out: str
    err: str


def wirewatch(*words: str, typed: str = "") -> Ran:
    """Run a command in the current folder, its output going into a pipe."""
    result = CliRunner().invoke(main, words, input=typed, prog_name="wirewatch")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def write(text: str, name: str = FILE) -> None:
    """Write a configuration into the current folder."""
    Path(name).write_text(text, "utf-8")
