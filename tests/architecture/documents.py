"""What the documents say about the tree, read from their text."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tests.architecture.tree import ROOT

_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_PLACE = re.compile(r"`([\w.-]+(?:/[\w.-]+)+/?|[\w-]+/)`")
_COMMAND = re.compile(r"^\| `wirewatch ([a-z]+)( [a-z]+)?", re.MULTILINE)


def documents() -> Iterator[tuple[str, str]]:
    """Read every document of the project: its place and its text."""
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def dead_links(place: str, text: str, root: Path = ROOT) -> Iterator[str]:
    """Name each link in a document that leads to no file."""
    folder = root / PurePosixPath(place).parent
    for target in _LINK.findall(text):
        if not (folder / target).exists():
            yield f"{place}: {target}"


def lost_places(place: str, text: str, root: Path = ROOT) -> Iterator[str]:
    """Name each file or folder in backquotes that is not there; NAME stands for any."""
    for target in _PLACE.findall(text):
        if "NAME" not in target and not (root / target).exists():
            yield f"{place}: {target}"


def commands(text: str) -> set[tuple[str, ...]]:
    """List the commands that a table of commands has, as their words."""
    return {tuple(filter(None, (a, b.strip()))) for a, b in _COMMAND.findall(text)}
