"""The trail's lines as people read them: with the titles of the articles that they name."""

from collections.abc import Mapping
from dataclasses import replace

from news.trail import TrailLine
from wirewatch.inert import inert

_LONGEST = 60


def titled(line: TrailLine, titles: Mapping[str, str]) -> TrailLine:
    """Return a line with its title behind each name of `titles`: they are not kept in the trail."""
    words = line.reason.words
    for name, title in titles.items():
        shown = inert(title)
        shown = shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
        parts = words.split(" ")
        said = f"{name} “{shown}”"
        words = " ".join(
            part.replace(name, said) if part.strip(",.:;") == name else part for part in parts
        )
    return replace(line, reason=replace(line.reason, words=words))
