"""Texts with the words marked that made a query hold: on a terminal they are bold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import click

from news.match import FieldName, Span
from wirewatch.cli.screen import Screen
from wirewatch.inert import inert_lines

Pieces: TypeAlias = list[tuple[str, bool]]
"""A text in pieces, each with whether it is marked."""

_BEFORE, _LONGEST = 60, 180


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int


def say_marked(screen: Screen, pieces: Iterable[tuple[str, bool]], *, indent: str = "") -> None:
    """Print one line, its marked pieces in bold; what strangers wrote steers nothing."""
    shown = [(inert_lines(" ".join(text.split("\n"))), marked) for text, marked in pieces]
    line = "".join(click.style(text, bold=True) if marked else text for text, marked in shown)
    click.echo(indent + line, color=screen.colored)


def marked(text: str, spans: Sequence[Span], field: FieldName) -> Pieces:
    """Return a whole text in pieces; spans that overlap become one mark."""
    return list(_pieces(text, _Part(0, len(text)), _of(spans, field)))


def passage(body: str, spans: Sequence[Span]) -> Pieces:
    """Return what stands around the first mark of a body; none where the body holds no mark."""
    marks = _of(spans, "body")
    if not marks:
        return []
    start = _word_before(body, max(0, marks[0].start - _BEFORE))
    end = _word_after(body, min(len(body), max(start + _LONGEST, marks[0].end)))
    pieces = list(_pieces(body, _Part(start, end), marks))
    head = [("…", False)] if start else []
    tail = [("…", False)] if end < len(body) else []
    return [*head, *pieces, *tail]


def as_text(pieces: Pieces) -> str:
    """Return the text alone, on one line."""
    return " ".join("".join(text for text, _ in pieces).split())


def _of(spans: Sequence[Span], field: FieldName) -> list[_Part]:
    """Return the marks of a field in order, those that touch or overlap as one."""
    merged: list[_Part] = []
    for span in sorted((s for s in spans if s.field == field), key=lambda s: s.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = _Part(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(_Part(span.start, span.end))
    return merged


def _pieces(text: str, within: _Part, marks: Sequence[_Part]) -> Iterator[tuple[str, bool]]:
    at = within.start
    for mark in marks:
        if mark.start < within.start or mark.end > within.end:
            continue
        if mark.start > at:
            yield text[at : mark.start], False
        yield text[mark.start : mark.end], True
        at = mark.end
    if at < within.end:
        yield text[at : within.end], False


def _word_before(body: str, at: int) -> int:
    """Return where a word begins, a few characters before `at` if one begins there."""
    found = max((body.rfind(blank, 0, at) for blank in " \n"), default=-1)
    return found + 1 if at - found <= _NEAR else at


def _word_after(body: str, at: int) -> int:
    ends = [found for blank in " \n" if (found := body.find(blank, at)) >= 0]
    found = min(ends, default=len(body))
    return found if found - at <= _NEAR else at


_NEAR = 25
