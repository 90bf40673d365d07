"""Events written for tests: each told twice in other words, and one of the same kind elsewhere.

They stand in events.txt: a language, and title and text of three pieces, a line each.
"""

from pathlib import Path
from typing import NamedTuple

Piece = tuple[str, str]


class Event(NamedTuple):
    """A language, two outlets' pieces of one event, and a piece of another event of its kind."""

    language: str
    one: Piece
    again: Piece
    elsewhere: Piece


def _read(block: str) -> Event:
    language, *lines = block.strip().splitlines()
    one, again, elsewhere = zip(lines[::2], lines[1::2], strict=True)
    return Event(language, one, again, elsewhere)


EVENTS = [
    _read(block)
    for block in Path(__file__).with_name("events.txt").read_text("utf-8").split("\n\n")
]
