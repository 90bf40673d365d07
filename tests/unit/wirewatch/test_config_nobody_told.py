"""Watches that tell nobody are remarked on, in one line, and only those."""

from pathlib import Path

import pytest

from wirewatch.config.load import load
from wirewatch.config.unserved import told_to_nobody

SERVED = '[[channel]]\nname = "hook"\nurl = "https://hook.example/"\n'
LATER = '[[channel]]\nname = "later"\nurl = "jsonl:alerts.jsonl"\n'
WATCH = '[[watch]]\nname = "{0}"\nquery = "x"\nto = [{1}]\n'


def remarks(folder: Path, text: str) -> list[str]:
    path = folder / "wirewatch.toml"
    path.write_text(text, "utf-8")
    return told_to_nobody(load(path))


@pytest.mark.parametrize("to", ["", '"later"'])
def test_a_watch_without_a_channel_that_is_served_tells_nobody(tmp_path: Path, to: str) -> None:
    told = remarks(tmp_path, SERVED + LATER + WATCH.format("Troops", to))
    assert told == [
        'Nobody is told of what "Troops" finds: its `to` needs a [[channel]] that is served.'
    ]


def test_several_are_told_of_in_one_line(tmp_path: Path) -> None:
    (line,) = remarks(tmp_path, WATCH.format("A", "") + WATCH.format("B", ""))
    assert line.startswith('Nobody is told of what "A", "B" find: ')


def test_one_channel_that_is_served_is_enough(tmp_path: Path) -> None:
    text = SERVED + LATER + WATCH.format("Troops", '"later", "hook"')
    assert remarks(tmp_path, text) == []
    assert remarks(tmp_path, "") == []
