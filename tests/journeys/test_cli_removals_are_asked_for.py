"""Only a removal is asked about, and without anybody to ask it is refused."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.command_line import wirewatch, write

SOURCE = '[[source]]\nname = "a"\nurl = "https://a.example/"\n'


@pytest.fixture(autouse=True)
def applied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(SOURCE)
    assert wirewatch("apply").code == 0
    write("")


def answered(typed: str) -> tuple[int, str]:
    """Run `apply --prune` on a terminal, and type an answer."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "wirewatch", "apply", "--prune"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as child:
        os.write(ours, typed.encode())
        out, _ = child.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    return child.returncode, out.decode()


def test_without_a_terminal_it_wants_to_be_told() -> None:
    refused = wirewatch("apply", "--prune")
    assert (refused.code, refused.err) == (
        2,
        'This would remove source "a". Say --yes to do it.\n',
    )
    assert "pause   source    a  (it left the file)" in wirewatch("apply").out
    done = wirewatch("apply", "--prune", "--yes")
    assert (done.code, "remove  source    a" in done.out) == (0, True)


def test_with_nothing_to_remove_it_does_not_ask() -> None:
    write(SOURCE)
    assert wirewatch("apply", "--prune").code == 0


def test_no_means_no_and_yes_means_yes() -> None:
    code, out = answered("n\n")
    assert (code, 'To be removed: source "a"' in out) == (130, True)
    code, out = answered("y\n")
    assert (code, "1 change made." in out) == (0, True)
