"""Tab completes commands, options and names, quickly, and says nothing where it cannot."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.database import Database
from tests.contract.archive_world import add_channel, add_source, add_watch
from tests.journeys.command_line import wirewatch, write
from tests.journeys.test_cli_help_is_light import HEAVY
from wirewatch.cli.completing import as_typed

BIN = Path(sys.executable).parent
DRIVER = """
source /dev/stdin <<< "$(wirewatch completion bash)"
COMP_WORDS=("${@}"); COMP_CWORD=$(($# - 1))
_wirewatch_completion wirewatch
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{BIN}:{os.environ['PATH']}")
    return tmp_path


@pytest.fixture
def known(sqlite_archive: Database, folder: Path) -> None:
    """Have a source, a watch and two channels in ./wirewatch.db."""
    assert folder.is_dir()
    add_source(sqlite_archive)
    add_watch(sqlite_archive, "DPRK $troops")
    add_channel(sqlite_archive, "desk")
    add_channel(sqlite_archive, "night desk")


def offered(*words: str) -> list[str]:
    """Ask as the script of bash does, in a process of its own; nothing may be remarked."""
    asking = {"_WIREWATCH_COMPLETE": "bash_complete", "COMP_CWORD": str(len(words))}
    done = subprocess.run(
        [BIN / "wirewatch"],
        env={**os.environ, **asking, "COMP_WORDS": "\n".join(["wirewatch", *words])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return [line.removeprefix("plain,") for line in done.stdout.splitlines() if line]


@pytest.mark.usefixtures("folder")
def test_commands_are_offered() -> None:
    assert {"run", "init", "source", "completion"} <= set(offered(""))
    assert offered("comp") == ["completion"]
    assert offered("db", "") == ["upgrade", "stats", "backup", "prune"]
    assert offered("db", "pr") == ["prune"]
    assert offered("completion", "") == ["bash", "zsh", "fish"]
    assert {"--older", "--dry-run"} <= set(offered("db", "prune", "--"))
    assert offered("nonsense", "x") == []


@pytest.mark.usefixtures("known")
def test_names_come_from_the_archive() -> None:
    assert offered("channel", "test", "") == ["desk", "night\\\\ desk"]
    assert offered("channel", "test", "de") == ["desk"]
    assert offered("channel", "test", "ch") == ["ch_1", "ch_2"]
    assert "DPRK\\\\ \\\\$troops" in offered("silence", "DP")
    assert offered("silence", "end", "w") == ["w_1"]


@pytest.mark.parametrize(
    ("shell", "typed"),
    [("bash_complete", "a\\\\ \\\\$b\\\\'c"), ("zsh_complete", "a $b'c"), ("", "a $b'c")],
)
def test_other_shells_quote_by_themselves(shell: str, typed: str) -> None:
    assert as_typed("a $b'c", shell) == typed
    assert as_typed("북한-3", shell) == "북한-3"


def test_the_file_that_is_named_is_the_one_asked(sqlite_archive: Database, folder: Path) -> None:
    add_channel(sqlite_archive, "elsewhere")
    write(f"[archive]\nurl = 'sqlite:///{folder / 'wirewatch.db'}'\n", "other.toml")
    (folder / "below").mkdir()
    os.chdir(folder / "below")
    assert offered("channel", "test", "") == []
    assert offered("-c", "../other.toml", "channel", "test", "") == ["elsewhere"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("archive", [None, "", "no database", "[archive\n"])
def test_without_an_archive_there_is_nothing_to_offer(archive: str | None) -> None:
    if archive is not None:
        write(archive, "wirewatch.toml" if archive.startswith("[") else "wirewatch.db")
    before = sorted(Path().iterdir())
    assert offered("channel", "test", "") == []
    assert sorted(Path().iterdir()) == before


@pytest.mark.usefixtures("known")
def test_bash_completes_by_the_script() -> None:
    def reply(*words: str) -> list[str]:
        done = subprocess.run(
            ["bash", "--norc", "-c", DRIVER, "bash", "wirewatch", *words],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    assert reply("sil") == ["silence"]
    assert reply("channel", "test", "ni") == ["night\\ desk"]
    assert reply("channel", "test", "night\\ d") == ["night\\ desk"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_script_is_one_that_its_shell_reads(shell: str) -> None:
    script = wirewatch("completion", shell)
    assert (script.code, script.err) == (0, "")
    assert f"_WIREWATCH_COMPLETE={shell}_complete" in script.out
    assert "\u241b" not in script.out
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not here")
    subprocess.run([shell, "-n"], input=script.out, text=True, check=True)


@pytest.mark.usefixtures("folder")
def test_how_it_is_installed_stands_in_the_help() -> None:
    shown = wirewatch("completion", "--help").out
    assert (
        "wirewatch completion bash > ~/.local/share/bash-completion/completions/wirewatch" in shown
    )
    refused = wirewatch("completion", "tcsh")
    assert refused.code == 2
    assert "'bash', 'zsh', 'fish'" in refused.err


def test_commands_are_offered_without_importing_them() -> None:
    program = (
        "import sys; from wirewatch.cli.main import main\n"
        "try: main(prog_name='wirewatch')\n"
        "except SystemExit: pass\n"
        "print('MODULES', *{name.partition('.')[0] for name in sys.modules})\n"
        "print('COMMANDS', *[n for n in sys.modules if n.startswith('wirewatch.cli.')])"
    )
    asking = {"_WIREWATCH_COMPLETE": "bash_complete", "COMP_WORDS": "wirewatch ", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **asking},
        capture_output=True,
        text=True,
        check=True,
    )
    modules, commands = done.stdout.partition("MODULES ")[2].split("COMMANDS ")
    assert not set(modules.split()) & set(HEAVY)
    assert not {"wirewatch.cli.run", "wirewatch.cli.search", "wirewatch.cli.db"} & {
        *commands.split()
    }
