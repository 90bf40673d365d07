"""How rare a term is in its language, which is how much it tells: the shipped tables.

They were made of wordfreq by bench/rarity_table.py and are read when a language is first met. An
archive that holds enough articles of a language counts for itself (`Counted`).
"""

import math
import sys
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

LANGUAGES = (
    "en",
    "ru",
    "de",
    "es",
    "fr",
    "it",
    "pt",
    "ar",
    "pl",
    "tr",
    "ko",
    "zh",
    "ja",
    "uk",
    "nl",
)
COMMONEST = "commonest.txt"
"""The words that each language uses most, a line each."""
WORDS = 150
FLOOR = 2e-6
"""The frequency of a word that no table knows."""
WORDS_COUNTED = 100
"""A word's share of articles is taken as if each had so many words: a text repeats its own."""
LEVELS = 29
"""Steps that one of rarity is kept in, so that all fit a byte."""


class Rarity(Protocol):
    """How much terms tell."""

    def of(self, language: str, term: int) -> float:
        """Tell the natural logarithm of one in how many articles has `term`, from 0 to 8.6."""
        ...


def rarity_of(frequency: float) -> float:
    """Return how rare a word is that makes up `frequency` of all words."""
    return -math.log1p(-math.exp(-(frequency + FLOOR) * WORDS_COUNTED))


RAREST = rarity_of(0.0)


@dataclass(frozen=True, slots=True)
class Shipped:
    """The rarity of the shipped tables; of a language without one every term is as rare."""

    def of(self, language: str, term: int) -> float:
        """Look `term` up in the table of `language`."""
        return _table(language).of(term)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The rarity that an archive counted, by language; others have the shipped one."""

    tables: Mapping[str, "Table"]

    def of(self, language: str, term: int) -> float:
        """Look `term` up in the table of `language`."""
        table = self.tables.get(language)
        return _table(language).of(term) if table is None else table.of(term)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Terms in their order, and beside each how rare it is (1/29)."""

    terms: Sequence[int]
    levels: bytes

    def of(self, term: int) -> float:
        """Return how rare `term` is."""
        at = bisect_left(self.terms, term)
        if at < len(self.terms) and self.terms[at] == term:
            return self.levels[at] / LEVELS
        return RAREST

    @staticmethod
    def counted(articles: Mapping[int, int], total: int) -> "Table":
        """Make the table of an archive where a term stands in so many of `total` articles."""
        ordered = sorted(articles)
        shares = (min(articles[term], total) / total for term in ordered)
        levels = (min(-math.log(share), RAREST) if share else RAREST for share in shares)
        return Table(
            terms=array("I", ordered), levels=bytes(round(LEVELS * level) for level in levels)
        )


SHIPPED = Shipped()


def language_by_words(words: Sequence[str]) -> str:
    """Guess a language by its commonest words; empty where none of them occurs."""
    seen = Counter(words)
    held = {
        language: sum(seen[word] for word in common) for language, common in _commonest().items()
    }
    best = max(held, key=lambda language: held[language])
    return best if held[best] else ""


@cache
def _commonest() -> dict[str, tuple[str, ...]]:
    lines = (files("news") / "rarity" / COMMONEST).read_text(encoding="utf-8").splitlines()
    return {language: tuple(words) for language, *words in map(str.split, lines)}


@cache
def _table(language: str) -> Table:
    if language not in LANGUAGES:
        return Table(terms=(), levels=b"")
    raw = zlib.decompress((files("news") / "rarity" / f"{language}.z").read_bytes())
    count = len(raw) // 5
    whole = bytearray(4 * count)
    for at in range(4):
        whole[at::4] = raw[at * count : (at + 1) * count]
    terms = array("I", bytes(whole))
    if sys.byteorder != "little":
        terms.byteswap()
    return Table(terms=terms, levels=raw[4 * count :])
