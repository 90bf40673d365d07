"""What of a text its gist counts: beginnings of words, names, and figures.

Words inflect at their ends in most languages, so a word counts by its first six letters and, for
the farther kin, by its first four. Arabic ones lose their article before. Scripts without blanks
count by pairs of characters. Korean has blanks, and its particles stand at the ends of words: they
count by their first two syllables, and no pair is made of the end of one word and the next. That
asks for no list of endings and no guess of the language.

A term is the CRC-32 of such a beginning: four bytes, the same in every process and archive.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize
from zlib import crc32

from news.figure_words import said_in
from news.fold import is_single
from news.text import tokens

LONG, SHORT = 6, 4
"""Letters of a word that its two terms keep."""
SYLLABLES = 2
"""Syllables of a Korean word that its term keeps, which are about five letters."""

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΑ-ΩА-ЯЁІЇЄҐЎ"
_NAME = re.compile(rf"(?<=[\w,;:)’'\-–—] )[{_CAPITAL}][\w’'-]*")  # not after a full stop
_ANY_NAME = re.compile(rf"(?<!^)(?<!\w)[{_CAPITAL}]\w*")
_SMALL = re.compile(r"(?<!\w)[a-zß-öø-ÿąćęłńśźżğışа-яёіїєґў]{4,}")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc・]{3,}")
_FIGURE = re.compile(
    r"(?<!\d)\d{1,2}[-–]\d{1,2}(?!\d)|\d+(?:[.,\u00a0\u202f' ]\d{3})*(?:[.,:]\d+)?"
)
_NO_DIGIT = re.compile(r"\D")
_HANGUL = re.compile("[가-힣]{2,}")
_ARABIC = re.compile("[وف]?(?:ال|بال|لل|كال)(?=\\w{3})")


def words_in(text: str, analyzed: Sequence[str]) -> Sequence[str]:
    """Return the analyzer's tokens of `text`, but words of Hangul whole, not by their syllables."""
    text = normalize("NFC", text)
    if not _HANGUL.search(text):
        return analyzed
    found: list[str] = []
    at = 0
    for word in _HANGUL.finditer(text):
        if not (between := text[at : word.start()]).isspace():
            found += tokens(between)
        found.append(word[0])
        at = word.end()
    return found + tokens(text[at:])


def terms_of(words: Iterable[str]) -> Iterator[int]:
    """Yield the terms of such words: both of each, the pairs of characters without blanks."""
    before = ""
    for word in words:
        if len(word) == 1 and _single(word):
            if before:
                yield crc32((before + word).encode())
            before = word
            continue
        before = ""
        if not word.isdigit():
            yield from _of_word(word)


def names_in(text: str) -> Iterator[int]:
    """Yield the terms of words that stand capitalised within sentences, and of katakana runs."""
    for found in _NAME.finditer(text):
        yield from terms_of(tokens(found[0]))
    for found in _KATAKANA.finditer(text):
        yield from terms_of(tokens(found[0]))


def named_in(text: str) -> frozenset[str]:
    """Return the tokens of words that stand capitalised within sentences."""
    return frozenset(token for found in {*_NAME.findall(text)} for token in tokens(found))


def names_in_title(title: str) -> Iterator[int]:
    """Yield the same of a title, unless it capitalises every word as headlines in English do."""
    if len(_SMALL.findall(title)) * 2 >= len(_ANY_NAME.findall(title)):
        for found in _ANY_NAME.finditer(title):
            yield from terms_of(tokens(found[0]))


def figures_in(text: str, words: Sequence[str]) -> list[int]:
    """Return a term for each number, however its thousands are set: 1,273 is 1 273.

    Those that `words`, the tokens of `text`, say come last.
    """
    set_in_digits = (_NO_DIGIT.sub("", found[0]) for found in _FIGURE.finditer(text))
    return [crc32(b"#" + one.encode()) for one in (*set_in_digits, *said_in(words))]


@lru_cache(maxsize=1 << 16)
def _of_word(word: str) -> tuple[int, ...]:
    if "\u0600" <= word[0] <= "\u06ff":
        return (crc32(_ARABIC.sub("", word, count=1)[:SHORT].encode()),)
    if _HANGUL.match(word):
        return (crc32(word[:SYLLABLES].encode()),)
    if len(word) <= SHORT:
        return (crc32(word.encode()),)
    # The mark keeps the beginning of a word apart from a whole one of four letters.
    return crc32(word[:LONG].encode()), crc32(b"~" + word[:SHORT].encode())


@lru_cache(maxsize=1 << 14)
def _single(character: str) -> bool:
    return not character.isascii() and is_single(character)
