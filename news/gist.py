"""The gist of an article: the terms that tell most of it, small enough to be kept beside it.

A gist holds the 230 heaviest terms with how often they stand in the text and how rare they are,
and marks those of the title (the lead, where there is none) and those that are names; and its
figures, by which instalments of a series are told apart (news/grouping.py).

`similarity` is a cosine of what the words weigh, leaning towards the shorter text, with a little of
title and names; of names only where a script has capitals to tell them by, so that one threshold
means the same in each language. Its weights were chosen by hand among a few round ones, on pairs in
eight languages (docs/adr/0054-gist-and-grouping.md); nothing was fitted finer than that.
"""

import math
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from zlib import crc32

from news.gist_rarity import LEVELS, SHIPPED, Rarity, language_by_words
from news.gist_words import figures_in, names_in, names_in_title, terms_of, words_in
from news.text import Analyzed

TERMS = 230
"""So many terms are kept: what the next ones would add cannot be measured."""
FIGURES = 30
HEAVIEST = 16
"""So many terms an article is found by."""
READ, LONGEST = 20_000, 200_000
"""Characters of a body that are looked through for names and figures, or tokens for words, and
characters of those: more say no more, and a page may be as long as it likes."""
HEAD = 60
"""Tokens of the lead that stand for a title where there is none."""

_TITLE = 2
"""A word of the title counts as often again."""
_LEAN = 0.7
"""1 is a cosine; 0 sets what is shared against the shorter text alone."""
_NAMES, _HEADS = 0.1, 0.1
_STEPS = 4
"""Steps of `1 + ln(times)` that are told apart, up to four."""
_LENGTHS = struct.Struct("<3d")
_TERM = 6
"""Bytes of a term: its digest, how rare it is, its marks."""
_TIMES, _IN_HEAD, _NAMED = 0x0F, 0x10, 5
_MOST_NAMED = 7
_OFTEN = tuple(steps / _STEPS / LEVELS for steps in range(_TIMES + 1))
_AS_NAME = (0.0, *((1 + math.log(times)) / LEVELS for times in range(1, _MOST_NAMED + 1)))


@dataclass(frozen=True, kw_only=True)  # no slots: what is below is made at first use and kept
class Gist:
    """What tells of one article: its terms by their digests, which ascend.

    Of each, `levels` says how rare it is (1/29), `marks` how often it stands there (in steps),
    whether in the title, and how often as a name. They are never taken apart before a comparison
    asks for it. `lengths` are those of words, title and names as vectors. `figures` are the body's.
    """

    language: str
    digests: tuple[int, ...]
    levels: bytes
    marks: bytes
    lengths: tuple[float, float, float]
    figures: tuple[int, ...] = ()
    head_figures: tuple[int, ...] = ()

    @cached_property
    def words(self) -> dict[int, float]:
        """What each term weighs."""
        return {digest: _OFTEN[mark & _TIMES] * level for digest, level, mark in self._terms}

    @cached_property
    def head(self) -> dict[int, float]:
        """What each term of the title weighs."""
        return {digest: level / LEVELS for digest, level, mark in self._terms if mark & _IN_HEAD}

    @cached_property
    def names(self) -> dict[int, float]:
        """What each name weighs."""
        return {
            digest: _AS_NAME[mark >> _NAMED] * level
            for digest, level, mark in self._terms
            if mark >> _NAMED
        }

    @property
    def _terms(self) -> Iterator[tuple[int, int, int]]:
        return zip(self.digests, self.levels, self.marks, strict=True)

    @cached_property
    def heaviest(self) -> tuple[int, ...]:
        """The terms to find it by, heaviest first: signed 64-bit digests, apart by language."""
        words, head = self.words, self.head
        chosen = nlargest(
            HEAVIEST, words, key=lambda term: (words[term] + head.get(term, 0.0), term)
        )
        return tuple(index_term(self.language, term) for term in chosen)

    def packed(self) -> bytes:
        """Return it in at most 1.7 KB; `unpacked` reads that."""
        shown = len(self.head_figures)
        numbers = (*self.figures, *self.head_figures, *self.digests)
        return b"".join(
            (
                bytes((len(self.figures), shown)),
                _LENGTHS.pack(*self.lengths),
                struct.pack(f"<{len(numbers)}I", *numbers),
                self.levels,
                self.marks,
            )
        )


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
    told = words_in(body[:LONGEST], analyzed.body[:READ])
    words = Counter(terms_of(told))
    title_terms = list(terms_of(words_in(title, analyzed.title)))
    for term in title_terms:
        words[term] += _TITLE
    start = told[: min(analyzed.lead or HEAD, HEAD)]
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
    kept = sorted(nlargest(TERMS, terms, key=_standing))
    shown = figures_in(title, analyzed.title)
    figures = dict.fromkeys(figures_in(body[:READ], analyzed.body[:READ]))
    return Gist(
        language=language,
        digests=tuple(digest for digest, _, _ in kept),
        levels=bytes(level for _, level, _ in kept),
        marks=bytes(mark for _, _, mark in kept),
        lengths=_lengths(kept),
        figures=tuple(figures)[:FIGURES],
        head_figures=tuple(dict.fromkeys(shown))[:FIGURES],
    )


def unpacked(language: str, packed: bytes) -> Gist:
    """Return the gist that was packed."""
    many, shown = packed[0], packed[1]
    begin = 2 + _LENGTHS.size
    count = (len(packed) - begin - 4 * (many + shown)) // _TERM
    numbers = struct.unpack_from(f"<{many + shown + count}I", packed, begin)
    return Gist(
        language=language,
        digests=numbers[many + shown :],
        levels=packed[-2 * count : -count] if count else b"",
        marks=packed[-count:] if count else b"",
        lengths=_LENGTHS.unpack_from(packed, 2),
        figures=numbers[:many],
        head_figures=numbers[many : many + shown],
    )


def similarity(one: Gist, other: Gist, least: float = 0.0) -> float:
    """Tell how like two articles are, 0 to 1; the order of the two does not matter.

    What cannot reach `least` for its words is told to be anything less.
    """
    # Only `one` is taken apart, once for all that it is held against. Terms ascend in both, so that
    # each sum is of the same terms in the same order whichever comes first.
    ours, head, names = one.words, one.head, one.names
    terms = (other.digests, other.levels, other.marks)
    in_words, in_heads, in_names = zip(one.lengths, other.lengths, strict=True)
    whole = 1 + _HEADS + (_NAMES if any(in_names) else 0.0)
    shared = [
        ours[digest] * (_OFTEN[mark & _TIMES] * level)
        for digest, level, mark in zip(*terms, strict=True)
        if digest in ours
    ]
    likeness = sum(shared) / _leaning(*in_words)
    if likeness < least * whole - _HEADS - _NAMES:
        return likeness / whole
    titled = [
        head[digest] * (level / LEVELS)
        for digest, level, mark in zip(*terms, strict=True)
        if mark & _IN_HEAD and digest in head
    ]
    named = [
        names[digest] * (_AS_NAME[mark >> _NAMED] * level)
        for digest, level, mark in zip(*terms, strict=True)
        if mark >> _NAMED and digest in names
    ]
    likeness += _HEADS * sum(titled) / (math.prod(in_heads) or 1.0)
    likeness += _NAMES * sum(named) / (math.prod(in_names) or 1.0)
    return min(1.0, likeness / whole)


def told_by_both(one: Gist, other: Gist) -> float:
    """Tell how rare, in nats, it is that a text has all the terms that these two share."""
    both = {*one.digests}.intersection(other.digests)
    rare = zip(one.digests, one.levels, strict=True)
    return sum(level for digest, level in rare if digest in both) / LEVELS


def index_term(language: str, term: int) -> int:
    """Return the digest by which the archive finds articles of `language` that have `term`."""
    return int.from_bytes(
        (crc32(language.encode()) << 32 | term).to_bytes(8, "big"), "big", signed=True
    )


def _standing(term: tuple[int, int, int]) -> tuple[int, int]:
    digest, level, mark = term
    return (mark & _TIMES) * level * (2 if mark & _IN_HEAD else 1), digest


def _leaning(one: float, other: float) -> float:
    short, long = sorted((one, other))
    return (short ** (2 - _LEAN) * long**_LEAN) or 1.0


def _lengths(terms: Sequence[tuple[int, int, int]]) -> tuple[float, float, float]:
    return (
        _length(_OFTEN[mark & _TIMES] * level for _, level, mark in terms),
        _length(level / LEVELS for _, level, mark in terms if mark & _IN_HEAD),
        _length(_AS_NAME[mark >> _NAMED] * level for _, level, mark in terms),
    )


def _length(weights: Iterable[float]) -> float:
    return math.sqrt(math.fsum(value * value for value in weights))
