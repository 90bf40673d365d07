"""The one analyzer: text becomes folded tokens; matcher, search index and highlighter use it alone.

A token is a run of letters, digits and their marks after folding (compatibility form, case, width,
accents of Latin and Greek letters). Each Han, Hiragana, Katakana or Hangul character is a token of
its own, since those scripts have no dependable blanks. Everything else separates.

`tokens` is the fast path: one table lookup a character. `located` is its slow twin, which knows
where each token stands in the text as it was given; both must agree on every text. The index holds
what this module once said, so whoever changes its answers raises `ANALYZER_VERSION`.
"""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from news.fold import HALF_WIDTH_KANA, TABLE, joins

ANALYZER_VERSION = 1

LONGEST_TOKEN = 120
"""Code points of a token that are kept; the rest of a longer run is as if it were not there."""


def tokens(text: str) -> list[str]:
    """Return the folded tokens of `text` in their order."""
    if text.isascii():
        return [token[:LONGEST_TOKEN] for token in text.translate(TABLE).split()]
    folded = _composed(text).translate(TABLE)
    found = folded.split()
    if not is_normalized("NFC", folded):
        found = [_settled(token) for token in found]
    return [token[:LONGEST_TOKEN] for token in found]


class Located(NamedTuple):  # made by the thousand: a dataclass takes five times as long
    """A token and the code points `start` to `end` (exclusive) of the text that it came from."""

    token: str
    start: int
    end: int


def located(text: str) -> list[Located]:
    """Return the same tokens as `tokens(text)`, each with its place in `text` as it was given."""
    if text.isascii():  # where a token is a run of letters and digits, and nothing else
        return [
            Located(run[0].lower()[:LONGEST_TOKEN], *run.span()) for run in _ASCII.finditer(text)
        ]
    known: dict[str, list[Located]] = {}
    found = []
    for run in _BETWEEN_BLANKS.finditer(text):
        piece, offset = run[0], run.start()
        if piece.isascii() and piece.isalnum():
            found.append(Located(piece.lower()[:LONGEST_TOKEN], offset, run.end()))
            continue
        if piece not in known:
            known[piece] = _located_in(piece)
        for token, start, end in known[piece]:
            found.append(Located(token, start + offset, end + offset))
    return found


@dataclass(frozen=True)  # no slots: what is below is made at first use and kept
class Analyzed:
    """The tokens of one article; the first `lead` tokens of `body` are its lead."""

    title: list[str]
    body: list[str]
    lead: int

    @cached_property
    def in_title(self) -> dict[str, list[int]]:
        """Each token of the title with its positions, from 0."""
        return _places(self.title)

    @cached_property
    def in_body(self) -> dict[str, list[int]]:
        """Each token of the body with its positions, from 0."""
        return _places(self.body)

    @cached_property
    def words(self) -> set[str]:
        """All tokens, each once."""
        return {*self.title, *self.body}

    @cached_property
    def ordered(self) -> list[str]:
        """All tokens, each once, in the order of their code points, for prefixes."""
        return sorted(self.words)

    @cached_property
    def answers(self) -> dict[Hashable, bool]:
        """What was asked of this article and may be asked again, by the question."""
        return {}


def analyze(title: str, body: str, lead: str = "") -> Analyzed:
    """Analyze an article; `lead` is the text that `body` begins with."""
    found, first = tokens(body), tokens(lead)
    if found[: len(first)] != first:  # a lead cut inside a word: as far as the two agree
        pairs = enumerate(zip(found, first, strict=False))
        first = first[: next((at for at, (one, other) in pairs if one != other), len(found))]
    return Analyzed(title=tokens(title), body=found, lead=len(first))


_ASCII = re.compile(r"[0-9A-Za-z]+")
_BETWEEN_BLANKS = re.compile(r"\S+")
_KANA_TO_WIDEN = re.compile("[\uff65-\uff9f]")


def _composed(text: str) -> str:
    """Compose half-width kana with their marks, and everything else as NFC does."""
    if _KANA_TO_WIDEN.search(text):
        text = text.translate(HALF_WIDTH_KANA)
    return normalize("NFC", text)


def _settled(token: str) -> str:
    """Compose what came to stand side by side when a character between was dropped."""
    while not is_normalized("NFC", token):
        token = "".join(normalize("NFC", token).translate(TABLE).split())
    return token


def _located_in(piece: str) -> list[Located]:
    """Locate the tokens of a run without blanks."""
    found: list[Located] = []
    token, start, end = "", 0, 0
    for first, last, folded in _folded(piece):
        if " " not in folded:
            if folded:
                start, token, end = start if token else first, token + folded, last
            continue
        head, *inner = folded.split(" ")
        if head:
            start, token, end = start if token else first, token + head, last
        for part in inner:
            if token:
                found.append(_closed(token, start, end))
            token, start, end = part, first, last
    if token:
        found.append(_closed(token, start, end))
    return found


def _folded(piece: str) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of `piece` that nothing composes across, with their places, folded."""
    if not any(map(joins, piece[1:])):
        for at, character in enumerate(piece):
            yield at, at + 1, TABLE[ord(character)]
        return
    starts = [at for at, character in enumerate(piece) if at == 0 or not joins(character)]
    for first, last in pairwise([*starts, len(piece)]):
        yield first, last, _composed(piece[first:last]).translate(TABLE)


def _closed(token: str, start: int, end: int) -> Located:
    return Located(_settled(token)[:LONGEST_TOKEN], start, end)


def _places(found: list[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for position, token in enumerate(found):
        places.setdefault(token, []).append(position)
    return places
