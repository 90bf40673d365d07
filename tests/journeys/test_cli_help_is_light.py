"""`--help` costs next to nothing: nothing heavy is imported for it, and every command has one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.command_line import wirewatch
from wirewatch.version import VERSION

HEAVY = ("sqlalchemy", "scrapy", "trafilatura", "pydantic", "feedparser", "lxml", "rich", "httpx")


def imported(*words: str) -> set[str]:
    """Return the libraries that a command imports, in a process of its own."""
    program = (
        "import sys; from wirewatch.cli.main import main\n"
        f"try: main({list(words)!r})\n"
        "except SystemExit: pass\n"
        "print('MODULES', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.rpartition("MODULES ")[2].split())


@pytest.mark.parametrize(
    "words", [["--help"], ["-h"], ["--version"], ["init", "--help"], ["serch"], []]
)
def test_nothing_heavy_is_imported(words: list[str]) -> None:
    found = imported(*words)
    assert "click" in found
    assert not found & set(HEAVY)


def test_the_help_names_every_command() -> None:
    text = wirewatch("--help").out
    for name in ("run", "demo", "init", "check", "apply", "channel", "search", "alerts", "why"):
        assert f"\n  {name} " in text


@pytest.mark.parametrize(
    "words", [["init"], ["check"], ["apply"], ["channel"], ["channel", "test"], ["search"], ["why"]]
)
def test_every_command_has_help_with_the_shared_options(words: list[str]) -> None:
    for flag in ("-h", "--help"):
        shown = wirewatch(*words, flag)
        assert shown.code == 0
        for option in ("--config FILE", "--json", "--plain", "--quiet", "--verbose", "--no-color"):
            assert option in shown.out


def test_the_version_is_that_of_the_project() -> None:
    assert wirewatch("--version").out == f"wirewatch {VERSION}\n"


def test_a_command_on_sqlite_imports_nothing_of_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "sqlalchemy" in (found := imported("search", "kursk"))
    assert "psycopg" not in found
