"""The gist of an article: the terms that tell most of it, small enough to be kept beside it.

A gist holds the 230 heaviest terms with how often they stand in the text and how rare they are,
and marks those of the title (the lead, where there is none) and those that are names; and its
figures, by which instalments of a series are told apart (news/grouping.py).

`similarity` is a cosine of what the words weigh, leaning towards the shorter text, with a little of
title and names. Its weights were chosen by hand among a few round ones, on pairs in eight languages
(docs/adr/0054-gist-and-grouping.md); nothing was fitted finer than that.
"""

import math
import struct
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import TypeAlias
from zlib import crc32

from news.gist_rarity import LEVELS, SHIPPED, Rarity, language_by_words
from news.gist_words import figures_in, names_in, names_in_title, terms_of
from news.text import Analyzed

TERMS = 230
"""So many terms are kept: what the next ones would add cannot be measured."""
FIGURES = 30
HEAVIEST = 16
"""So many terms an article is found by."""
READ = 20_000
"""Characters of a body that are looked through for names and figures; more words say no more."""
HEAD = 60
"""Tokens of the lead that stand for a title where there is none."""

_TITLE = 2
"""A word of the title counts as often again."""
_LEAN = 0.7
"""1 is a cosine; 0 sets what is shared against the shorter text alone."""
_NAMES, _HEADS = 0.1, 0.1
_STEPS = 4
"""Steps of `1 + ln(times)` that are told apart, up to four."""
_RECORD = struct.Struct("<IBB")
_TIMES, _IN_HEAD, _NAMED = 0x0F, 0x10, 5
_MOST_NAMED = 7
_OFTEN = tuple(steps / _STEPS / LEVELS for steps in range(_TIMES + 1))
_AS_NAME = (0.0, *((1 + math.log(times)) / LEVELS for times in range(1, _MOST_NAMED + 1)))


Term: TypeAlias = tuple[int, int, int]
"""A term as it is packed: its digest, how rare it is (1/29), and its marks: how often it stands
there (in steps), whether in the title, how often as a name. A tuple, for it is made by thousands.
"""


@dataclass(frozen=True, kw_only=True)  # no slots: what is below is made at first use and kept
class Gist:
    """What tells of one article; terms stand in the order of their digests."""

    language: str
    terms: tuple[Term, ...]
    figures: tuple[int, ...] = ()
    head_figures: tuple[int, ...] = ()

    @cached_property
    def words(self) -> dict[int, float]:
        """What each term weighs."""
        return {digest: _OFTEN[marks & _TIMES] * level for digest, level, marks in self.terms}

    @cached_property
    def head(self) -> dict[int, float]:
        """What each term of the title weighs."""
        return {digest: level / LEVELS for digest, level, marks in self.terms if marks & _IN_HEAD}

    @cached_property
    def names(self) -> dict[int, float]:
        """What each name weighs."""
        return {
            digest: _AS_NAME[marks >> _NAMED] * level
            for digest, level, marks in self.terms
            if marks >> _NAMED
        }

    @cached_property
    def lengths(self) -> tuple[float, float, float]:
        """The lengths of the three as vectors."""
        return _length(self.words), _length(self.head), _length(self.names)

    @cached_property
    def heaviest(self) -> tuple[int, ...]:
        """The terms to find it by, heaviest first: signed 64-bit digests, apart by language."""
        words, head = self.words, self.head
        chosen = nlargest(
            HEAVIEST, words, key=lambda term: (words[term] + head.get(term, 0.0), term)
        )
        return tuple(index_term(self.language, term) for term in chosen)

    def packed(self) -> bytes:
        """Return it in at most 1.6 KB; `unpacked` reads that."""
        shown = len(self.head_figures)
        parts = [bytes((len(self.figures), shown))]
        parts += [struct.pack("<I", figure) for figure in (*self.figures, *self.head_figures)]
        parts += [_RECORD.pack(*term) for term in self.terms]
        return b"".join(parts)


def gist_of(
    title: str,
    body: str,
    analyzed: Analyzed,
    language: str | None = None,
    rarity: Rarity = SHIPPED,
) -> Gist:
    """Make the gist of an article with these texts and tokens; it guesses a `language` of None."""
    language = (language or "").partition("-")[0].lower()
    if language in ("", "und"):
        language = language_by_words([*analyzed.title, *analyzed.body[:500]])
    words = Counter(terms_of(analyzed.body))
    title_terms = list(terms_of(analyzed.title))
    for term in title_terms:
        words[term] += _TITLE
    start = analyzed.body[: min(analyzed.lead or HEAD, HEAD)]
    head = set(title_terms or terms_of(start))
    names = Counter([*names_in(body[:READ]), *names_in_title(title)])
    terms = [
        (
            digest,
            round(LEVELS * rarity.of(language, digest)),
            min(round(_STEPS * (1 + math.log(times))), _TIMES)
            | (_IN_HEAD if digest in head else 0)
            | min(names[digest], _MOST_NAMED) << _NAMED,
        )
        for digest, times in words.items()
    ]
    kept = nlargest(TERMS, terms, key=_standing)
    figures = dict.fromkeys(figures_in(f"{title}\n{body[:READ]}"))
    return Gist(
        language=language,
        terms=tuple(sorted(kept)),
        figures=tuple(figures)[:FIGURES],
        head_figures=tuple(dict.fromkeys(figures_in(title)))[:FIGURES],
    )


def unpacked(language: str, packed: bytes) -> Gist:
    """Return the gist that was packed."""
    many, shown = packed[0], packed[1]
    figures = struct.unpack_from(f"<{many + shown}I", packed, 2)
    return Gist(
        language=language,
        terms=tuple(_RECORD.iter_unpack(packed[2 + 4 * (many + shown) :])),
        figures=figures[:many],
        head_figures=figures[many:],
    )


def similarity(one: Gist, other: Gist) -> float:
    """Tell how like two articles are, 0 to 1; the order of the two does not matter."""
    words, head, names = one.lengths
    words_too, head_too, names_too = other.lengths
    likeness = _shared(one.words, other.words) / _leaning(words, words_too)
    likeness += _HEADS * _shared(one.head, other.head) / (head * head_too or 1.0)
    likeness += _NAMES * _shared(one.names, other.names) / (names * names_too or 1.0)
    return min(1.0, likeness / (1 + _HEADS + _NAMES))


def index_term(language: str, term: int) -> int:
    """Return the digest by which the archive finds articles of `language` that have `term`."""
    return int.from_bytes(
        (crc32(language.encode()) << 32 | term).to_bytes(8, "big"), "big", signed=True
    )


def _standing(term: Term) -> tuple[int, int]:
    digest, level, marks = term
    return (marks & _TIMES) * level * (2 if marks & _IN_HEAD else 1), digest


def _leaning(one: float, other: float) -> float:
    short, long = sorted((one, other))
    return (short ** (2 - _LEAN) * long**_LEAN) or 1.0


def _shared(one: dict[int, float], other: dict[int, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(one[term] * other[term] for term in one.keys() & other.keys())


def _length(weights: dict[int, float]) -> float:
    return math.sqrt(math.fsum(value * value for value in weights.values()))
