"""On a terminal, an edit and a removal are asked about, and a preview is drawn."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import articles, watches
from archive.database import Database
from tests.contract.archive_world import new_article
from tests.journeys.command_line import wirewatch, write


@pytest.fixture
def kept(
    sqlite_url: str, sqlite_archive: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Database:
    """Give an archive with two articles and a watch that one of them satisfies."""
    monkeypatch.chdir(tmp_path)
    write(f'[archive]\nurl = "{sqlite_url}"\n')
    now = datetime.now(UTC)
    with sqlite_archive.writing() as conn:
        for number, title in enumerate(("Coffins on a screen", "Harbour opens"), start=1):
            new = new_article(number, title=title, body=f"{title}, it was told.", owed_at=now)
            articles.add(conn, new)
    assert wirewatch("watch", "add", "Coffins", "coffins").code == 0
    return sqlite_archive


def typed(answer: str, *words: str) -> tuple[int, str]:
    """Run a command on a terminal of 100 columns and type an answer."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
    command = [sys.executable, "-m", "wirewatch", *words]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm"}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as child:
        os.close(theirs)
        os.write(ours, answer.encode())
        out = b""
        try:
            while got := os.read(ours, 65_536):
                out += got
        except OSError:  # how Linux says that the other side is closed
            pass
        child.wait(timeout=60)
    os.close(ours)
    return child.returncode, out.decode().replace("\r\n", "\n")


def queries(archive: Database) -> list[str]:
    with archive.reading() as conn:
        return [one.settings.query for one in watches.listing(conn)]


def test_an_edit_is_shown_and_then_asked_about(kept: Database) -> None:
    words = ["watch", "edit", "Coffins", "--query", "harbour", "-q"]
    code, out = typed("n\n", *words)
    assert code == 130
    assert "query: coffins → harbour\n" in out
    assert "On the past 60 days it wins 1 article.\n  + \x1b[1mHarbour\x1b[0m opens" in out
    assert "On the past 60 days it loses 1 article.\n  - \x1b[1mCoffins\x1b[0m on a screen" in out
    assert out.index("loses 1 article") < out.index("Change it? [y/N]")
    assert queries(kept) == ["coffins"]
    code, out = typed("y\n", *words)
    assert (code, queries(kept)) == (0, ["harbour"])
    assert '"Coffins" is changed.' in out
    code, out = typed("", *words[:3], "--query", "coffins", "--yes")
    assert (code, queries(kept), "Change it?" in out) == (0, ["coffins"], False)


def test_a_removal_is_asked_about(kept: Database) -> None:
    code, out = typed("n\n", "watch", "rm", "Coffins")
    assert (code, 'Remove watch "Coffins"? [y/N]' in out) == (130, True)
    assert queries(kept) == ["coffins"]
    code, out = typed("y\n", "watch", "rm", "Coffins")
    assert (code, queries(kept)) == (0, [])


@pytest.mark.usefixtures("kept")
def test_a_preview_is_drawn_and_marks_words() -> None:
    code, out = typed("", "watch", "preview", "Coffins", "--days", "5", "-q")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].startswith("1 │")
    assert lines[0].endswith("████")
    assert "5 days: 1 article in 1 story → 1 alert, about 1.0 a day" in lines
    assert "\x1b[1mCoffins\x1b[0m on a screen" in lines
    assert "  \x1b[1mCoffins\x1b[0m on a screen, it was told." in lines
    _, plain = typed("", "watch", "preview", "Coffins", "--days", "2", "-q", "--plain")
    assert [line.split("\t")[1:] for line in plain.splitlines()] == [["1", "1"]]


@pytest.mark.usefixtures("kept")
def test_a_search_shows_by_which_name_to_ask_on() -> None:
    _, out = typed("", "search", "coffins", "--no-color")
    assert out.splitlines()[1].startswith("ar_1  ")
    _, out = typed("", "watch", "list", "--no-color")
    assert out.splitlines()[1].split()[:4] == ["w_1", "Coffins", "coffins", "nobody"]
