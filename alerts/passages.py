"""What a mail quotes of an article: its title, and the places in its text that made it match.

Offsets are code points of the text as it is stored. Whatever comes out is inert: on one line, and
without characters that steer.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from alerts.facts import AlertFacts
from news.article import Read
from news.inert import inert, inert_piece
from news.match import FieldName, Span

AROUND = 90
"""Characters to either side of a marked place, at most."""

_LEEWAY = 25
"""So many of these are given up for a passage to begin and end between words."""

_STOP = re.compile(r"[.!?…](?=\s)|[。！？]|\n")
_BLANK = re.compile(r"\s")
_ENDS = frozenset(".!?…。！？\n")
_ELLIPSES = len("… ") + len(" …")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of quoted text, marked where it is why the watch matched."""

    text: str
    marked: bool = False


Line: TypeAlias = tuple[Piece, ...]
Place: TypeAlias = tuple[int, int]
"""From a code point to the one after the last."""


def title_line(title: str, spans: Iterable[Span], *, limit: int) -> Line:
    """Return a title with its marks, cut to `limit` characters."""
    whole = (0, len(title))
    cut = (0, _right(title, max(0, limit - _LEEWAY), limit - len(" …")))
    return _line(title, whole if len(title) <= limit else cut, places(title, spans, "title"))


def after_title(body: str, title: str, spans: Iterable[Span]) -> tuple[str, Sequence[Span]]:
    """Return a text, and the spans in it, without a first line that only repeats the title."""
    first, newline, _ = body.partition("\n")
    cut = len(first) + 1 if newline and _alike(first) == _alike(title) else 0
    kept = (span for span in spans if span.field == "body" and span.start >= cut)
    return body[cut:], [replace(s, start=s.start - cut, end=s.end - cut) for s in kept]


def _alike(line: str) -> str:
    return inert(line).casefold().rstrip(".…")


def passages(body: str, spans: Iterable[Span], *, limit: int) -> tuple[Line, ...]:
    """Return the stretches of `body` around its marks, `limit` characters in all at most.

    Where there are more marks than room, each term has its first place before any has its second;
    places near each other share a passage. No marks, no passages.
    """
    marks = list(spans)
    taken: list[Place] = []
    for place in _by_need(marks, len(body)):
        windows = _merged([*taken, _around(body, place)])
        if sum(end - start + _ELLIPSES for start, end in windows) <= limit:
            taken = windows
    found = places(body, marks, "body")
    if found and not taken:  # a place that alone is longer than the limit
        taken = [(found[0][0], found[0][0] + limit - _ELLIPSES)]
    return tuple(_line(body, window, found) for window in taken)


def remark(facts: AlertFacts) -> str:
    """Return what is to be minded where the places are not those that a reader expects."""
    if facts.corrected:
        return "It was corrected while this was held, and no longer matches."
    if facts.article.read is Read.FALLBACK:
        return "Its page could not be read; title and summary were matched."
    return ""


def places(text: str, spans: Iterable[Span], field: FieldName) -> list[Place]:
    """Return where `spans` mark a field's text; those with nothing but blanks between are one."""
    found = _merged([(s.start, s.end) for s in spans if _within(s, field, len(text))])
    joined: list[Place] = []
    for start, end in found:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _merged(found: Iterable[Place]) -> list[Place]:
    """Return places in their order, those that overlap or touch as one."""
    joined: list[Place] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _within(span: Span, field: FieldName, length: int) -> bool:
    return span.field == field and 0 <= span.start < span.end <= length


def _by_need(spans: Sequence[Span], length: int) -> list[Place]:
    """Return the body's places, first those that show a term which none before them showed."""
    turns: Counter[str] = Counter()
    ranked = []
    for span in sorted(spans, key=lambda span: span.start):
        if _within(span, "body", length):
            turns[span.term] += 1
            ranked.append((turns[span.term], span.start, span.end))
    return [(start, end) for _, start, end in sorted(ranked)]


def _around(body: str, place: Place) -> Place:
    """Return `place` with what stands around it: whole sentences where they fit, else words."""
    start, end = place
    return _left(body, max(0, start - AROUND), start), _right(body, end, end + AROUND)


def _left(text: str, least: int, most: int) -> int:
    """Return where to begin between `least` and `most`."""
    if least == 0:
        return 0
    stop = _STOP.search(text, least, most)
    if stop is not None:
        return stop.end()
    blank = _BLANK.search(text, least, min(least + _LEEWAY, most))
    if blank is not None:
        return blank.end()
    while least < most and unicodedata.combining(text[least]):
        least += 1
    return least


def _right(text: str, least: int, most: int) -> int:
    """Return where to end between `least` and `most`."""
    if most >= len(text):
        return len(text)
    stops = [stop.end() for stop in _STOP.finditer(text, least, most)]
    if stops:
        return stops[-1]
    blanks = [at for at in range(max(least, most - _LEEWAY), most) if text[at].isspace()]
    if blanks:
        return blanks[-1]
    while least < most and unicodedata.combining(text[most]):
        most -= 1
    return most


def _line(text: str, window: Place, marks: Sequence[Place]) -> Line:
    """Cut a window into pieces, with an ellipsis where it begins or ends inside a sentence."""
    start, end = window
    pieces = _tidy(list(_cut(text, window, marks)))
    if start > 0 and text[start - 1] != "\n" and _last(text, start) not in _ENDS:
        pieces.insert(0, Piece(text="… "))
    if end < len(text) and _last(text, end) not in _ENDS:
        pieces.append(Piece(text=" …"))
    return tuple(pieces)


def _last(text: str, end: int) -> str:
    """Return the last character before `end` that is no blank, of the few just before it."""
    return text[max(0, end - 4) : end].rstrip()[-1:]


def _cut(text: str, window: Place, marks: Sequence[Place]) -> Iterator[Piece]:
    at, end = window
    for first, last in marks:
        start, stop = max(first, at), min(last, end)
        if start < stop:
            yield Piece(text=inert_piece(text[at:start]))
            yield Piece(text=inert_piece(text[start:stop]), marked=True)
            at = stop
    yield Piece(text=inert_piece(text[at:end]))


def _tidy(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop what is empty, blanks at both ends of the line, and the second of two blanks."""
    kept: list[Piece] = []
    for piece in pieces:
        blank_before = not kept or kept[-1].text.endswith(" ")
        text = piece.text.lstrip() if blank_before else piece.text
        if text:
            kept.append(Piece(text=text, marked=piece.marked))
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        kept[-1] = Piece(text=kept[-1].text.rstrip(), marked=kept[-1].marked)
    return kept
