"""On a terminal the feeds are shown with their figures, and a person is asked which."""

import asyncio
import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.journeys.newsstand import Stand, board, feed, page, stand

TWO = {
    "/": page("/rss", "/sport"),
    "/rss": feed("The Paper", items=8, hours=2),
    "/sport": feed("The Paper: Sport", mark="s", hours=48),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def on_terminal(*words: str, typed: Sequence[str]) -> tuple[int, str]:
    """Run a command on a terminal of its own, answer each question, return all that was shown."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "wirewatch", *words]
    answers, shown = list(typed), ""
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as child:
        os.close(theirs)
        asked = 0
        while piece := read(ours):
            shown += piece
            if answers and shown.count("]: ") > asked:
                asked = shown.count("]: ")
                os.write(ours, answers.pop(0).encode())
    os.close(ours)
    return child.returncode, shown


def read(terminal: int) -> str:
    try:
        return os.read(terminal, 4096).decode()
    except OSError:  # the other side is gone
        return ""


async def asked(site: Stand, *typed: str, path: str = "/") -> tuple[int, str]:
    return await asyncio.to_thread(
        on_terminal, "source", "add", site.url(path), "--no-color", typed=typed
    )


async def test_the_feeds_are_shown_and_the_best_is_proposed() -> None:
    async with stand(TWO) as site:
        code, shown = await asked(site, "\n")
        assert code == 0
        assert f"Looking at {site.url()}" in shown
        assert "  1  The Paper\r\n" in shown
        assert f"     {site.url('/sport')}" in shown
        assert "     newest, 5 h ago: Story s0" in shown
        assert "Add which? A number, several with commas, or all [1]:" in shown
        assert 'Added "The Paper" (so_1)' in shown


async def test_another_may_be_taken_and_nonsense_is_asked_again() -> None:
    async with stand(TWO) as site:
        code, shown = await asked(site, "seven\n", "9\n", "2, 1\n")
        assert code == 0
        assert shown.count('There is 1 to 2, or "all"') == 2
        assert 'Added "The Paper: Sport" (so_1)' in shown
        assert 'Added "The Paper" (so_2)' in shown


async def test_who_ends_the_question_adds_nothing() -> None:
    async with stand(TWO) as site:
        code, shown = await asked(site, "\x04")
        assert (code, "Stopped." in shown, "Added" in shown) == (130, True, False)


async def test_a_list_page_is_asked_about() -> None:
    async with stand({"/news": board()}) as site:
        code, shown = await asked(site, "y\n", path="/news")
        assert (code, "Read it as a list page? [Y/n]" in shown) == (0, True)
        assert 'Added "The Board" (so_1), as a list page' in shown
