"""Things of several lines on a terminal: aligned, and never wider than it is."""

import pytest
from rich.cells import cell_len

from wirewatch.cli.options import Manner
from wirewatch.cli.screen import Screen
from wirewatch.cli.table import Block, show_blocks

SCREEN = Screen(manner=Manner(no_color=True), terminal=True)
COLUMNS = ("id", "source", "state", "visited", "last", "next")
URL = "https://" + "a" * 100 + ".test/rss"


def drawn(capsys: pytest.CaptureFixture[str], *blocks: Block) -> list[str]:
    show_blocks(SCREEN, COLUMNS, blocks)
    return capsys.readouterr().out.splitlines()


def block(name: str, *, below: str = URL, full: str = "") -> Block:
    cells = ("so_12", name, "failing", "about every 15m", "59 min ago", "in 23 min")
    return Block(cells=cells, below=below, full=full)


@pytest.mark.parametrize("name", ["Short", "A very long name " * 9, "조선중앙통신 " * 9])
def test_no_line_is_wider_than_the_terminal(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    head, first, below = drawn(capsys, block(name))
    assert max(map(cell_len, (head, first, below))) <= 80
    assert cell_len(first[: first.index("failing")]) == cell_len(head[: head.index("state")])
    assert below.endswith("…")


def test_why_it_fails_is_never_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    reason = "failing since 2 h ago: " + "the server failed " * 9
    assert drawn(capsys, block("x", full=reason))[-1].strip() == reason.strip()


def test_strangers_steer_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in "".join(drawn(capsys, block("x\x1b[2Jy", below="a\x1bb")))


def test_nothing_is_drawn_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert drawn(capsys) == []
