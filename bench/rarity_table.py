"""Make news/rarity/: how rare words are in each language, by the terms of news/gist_words.py.

Run by hand with the interpreter of an environment that has wordfreq 3 (its data are CC BY-SA 4.0,
and so is what is made of them: news/rarity/LICENSE.txt):

    PYTHONPATH=. python -m bench.rarity_table

A frequency becomes the share of articles of 100 words that have it. Of two characters that meet at
the border of two words it is what both would be by chance, which the table of words cannot say.
"""

import math
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator
from heapq import nlargest
from importlib import import_module
from operator import itemgetter
from pathlib import Path

from news.gist_rarity import COMMONEST, FLOOR, LANGUAGES, LEVELS, WORDS, rarity_of
from news.gist_words import terms_of, words_in
from news.text import tokens

KEPT = 2e-6
"""Rarer terms are left out: they are nearly as rare as one that is not in the table. Pairs of
characters are many: of those, three times as much."""
RAREST_READ = 720
"""Centibels below one up to which words are read: one in sixteen million."""
BLANKLESS = ("ko", "zh", "ja")
BORDERS = 1_500
"""So many characters of the commonest begin and end words, for the pairs between two."""


def main() -> None:
    place = Path("news/rarity")
    place.mkdir(exist_ok=True)
    commonest = []
    for language in LANGUAGES:
        shares, common = _counted(language)
        packed = _packed(shares)
        (place / f"{language}.z").write_bytes(packed)
        commonest.append(f"{language} {' '.join(common)}")
        print(language, len(shares), len(packed))
    (place / COMMONEST).write_text("\n".join(commonest) + "\n", encoding="utf-8")


def _counted(language: str) -> tuple[dict[int, float], list[str]]:
    shares: dict[int, float] = defaultdict(float)
    words: dict[str, float] = defaultdict(float)
    first: dict[str, float] = defaultdict(float)
    last: dict[str, float] = defaultdict(float)
    listed = import_module("wordfreq").get_frequency_list(language, "best")
    for centibels, alike in enumerate(listed[:RAREST_READ]):
        frequency = 10 ** (-centibels / 100)
        for word in alike:
            found = tokens(word)
            for token in found:
                words[token] += frequency
            for term in set(terms_of(words_in(word, found))):
                shares[term] += frequency
            if found and len(found[0]) == len(found[-1]) == 1 and not found[0].isascii():
                first[found[0]] += frequency
                last[found[-1]] += frequency
    for term, chance in _met(last, first) if language in BLANKLESS else ():
        shares[term] += chance
    least = KEPT * 3 if language in BLANKLESS else KEPT
    kept = {term: share for term, share in shares.items() if share >= least}
    return kept, [word for word, _ in _most(words, WORDS) if not word.isdigit()]


def _met(last: dict[str, float], first: dict[str, float]) -> Iterator[tuple[int, float]]:
    """Yield the pairs that two words make where they meet, and how often by chance."""
    beginnings = _most(first, BORDERS)
    for one, share in _most(last, BORDERS):
        for other, chance in beginnings:
            if share * chance < KEPT / 4:
                break
            yield from ((term, share * chance) for term in terms_of([one, other]))


def _most(words: dict[str, float], many: int) -> list[tuple[str, float]]:
    return nlargest(many, words.items(), key=itemgetter(1))


def _packed(shares: dict[int, float]) -> bytes:
    ordered = sorted(shares)
    digests = array("I", ordered)
    if sys.byteorder != "little":
        digests.byteswap()
    whole = digests.tobytes()
    planes = b"".join(whole[at::4] for at in range(4))  # alike bytes side by side pack better
    levels = bytes(round(LEVELS * rarity_of(shares[term])) for term in ordered)
    return zlib.compress(planes + levels, 9)


if __name__ == "__main__":
    assert math.isclose(rarity_of(0.0), -math.log(1 - math.exp(-100 * FLOOR)))
    main()
