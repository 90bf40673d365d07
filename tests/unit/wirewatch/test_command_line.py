"""The outermost command: errors become words and exit codes, options are heard everywhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner

from news.errors import ArchiveError, ConfigurationError, UsageError
from wirewatch.cli.group import LazyGroup
from wirewatch.cli.main import main
from wirewatch.cli.options import Manner, command
from wirewatch.cli.screen import Screen, with_screen


@dataclass(slots=True)
class Probe:
    """Stands in for a command: what it does, and how it was asked to speak."""

    does: Callable[[], object] = lambda: None
    heard: list[Manner] = field(default_factory=list)


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> Probe:
    found = Probe()

    @command("probe")
    @with_screen
    def probed(screen: Screen) -> None:
        found.heard.append(screen.manner)
        found.does()

    monkeypatch.setattr(LazyGroup, "list_commands", lambda self, ctx: ["probe"])
    monkeypatch.setattr(LazyGroup, "get_command", lambda self, ctx, name: probed)
    monkeypatch.setattr(main, "_lazy", {"probe": ("", "")})
    return found


def ran(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.stderr


def raising(error: BaseException) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ConfigurationError("a:1: one\nb:2: two"), 1, "a:1: one\nb:2: two\n"),
        (ArchiveError("no \x1b[2Jroom"), 1, "no ␛[2Jroom\n"),
        (UsageError("there is none"), 2, "there is none\n"),
        (KeyboardInterrupt(), 130, "Stopped.\n"),
        (click.Abort(), 130, "Stopped.\n"),
    ],
)
def test_errors_are_words_and_an_exit_code(
    probe: Probe, error: BaseException, code: int, words: str
) -> None:
    probe.does = raising(error)
    assert ran("probe") == (code, words)


def test_a_bug_flies(probe: Probe) -> None:
    probe.does = raising(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(main, ["probe"], catch_exceptions=False)


@pytest.mark.parametrize(
    "words",
    [
        ["-c", "a.toml", "--json", "-q", "probe"],
        ["probe", "-c", "a.toml", "--json", "-q"],
        ["--json", "probe", "--config", "a.toml", "--quiet"],
        ["-c", "b.toml", "-q", "probe", "-c", "a.toml", "--json"],
    ],
)
def test_shared_options_are_heard_before_and_after(probe: Probe, words: list[str]) -> None:
    assert ran(*words)[0] == 0
    (manner,) = probe.heard
    assert (str(manner.config), manner.json, manner.quiet) == ("a.toml", True, True)
    assert not manner.plain


def test_one_call_does_not_remember_another(probe: Probe) -> None:
    ran("--json", "probe")
    ran("probe")
    assert [manner.json for manner in probe.heard] == [True, False]
