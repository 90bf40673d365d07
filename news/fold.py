"""How one character folds: the table behind the analyzer, filled as characters are met.

Compatibility form, case and width fold away, accents only where the base letter is Latin or Greek:
`й` is not `и`, and `が` is not `か`. Marks that are left over (stress, vowel points) are dropped;
marks that spell, as those of Indic scripts do, belong to their token.
"""

from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, decomposition, name, normalize


class FoldTable(dict[int, str]):
    """What each code point becomes: folded letters, nothing, a blank, or ` x ` for a token."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = entry(chr(code))
        return folded


TABLE = FoldTable()

HALF_WIDTH_KANA = {
    code: normalize("NFKC", chr(code)) for code in range(0xFF65, 0xFFA0)
}  # their voice marks become combining ones, so that composing finds them


def entry(character: str) -> str:
    """Return what `character` becomes in a text; blanks separate tokens."""
    if _is_dropped(character):
        return ""
    if _is_separator(character):
        return " "
    parts = "".join(_part(folded) for folded in _folded(character))
    return f" {parts} " if len(parts.split()) > 1 else parts


def is_single(character: str) -> bool:
    """Tell whether `character` is a word of its own: Han, Hiragana, Katakana or Hangul."""
    return _is_rare_han(character) or name(character, "").startswith(_SINGLE)


@lru_cache(maxsize=8192)
def joins(character: str) -> bool:
    """Tell whether composing may merge `character` with what stands before it."""
    return category(character).startswith("M") or ord(character) in _JOINING_LETTERS


_SINGLE = (
    "CJK UNIFIED IDEOGRAPH",
    "CJK COMPATIBILITY IDEOGRAPH",
    "IDEOGRAPHIC",
    "HANGZHOU NUMERAL",
    "VERTICAL IDEOGRAPHIC",
    "VERTICAL KANA",
    "HIRAGANA",
    "HENTAIGANA",
    "KATAKANA",
    "HANGUL",
)
_ACCENTED = ("LATIN", "GREEK")
_POINTED = ("HEBREW", "ARABIC")
_SPELT = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "đ": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "ё": "е",
}


def _ranges(*bounds: tuple[int, int]) -> frozenset[int]:
    return frozenset(code for first, last in bounds for code in range(first, last + 1))


_DROPPED = _ranges(
    (0x0300, 0x036F),  # combining marks; what composes with its letter is composed before
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
    (0x0640, 0x0640),  # tatweel, which only stretches a word
    (0x115F, 0x1160),  # fillers without a shape
    (0x17B4, 0x17B5),
    (0x3164, 0x3164),
    (0xFFA0, 0xFFA0),
    (0x180B, 0x180F),  # variation selectors
    (0xFE00, 0xFE0F),
    (0xE0100, 0xE01EF),
    (0x302A, 0x302F),  # tone and voice marks beside characters that are tokens
    (0x3099, 0x309A),
    (0x1D165, 0x1D169),  # stems and flags of notes
    (0x1D16D, 0x1D172),
)

_LETTERS_IN_SYMBOLS = _ranges((0x2E80, 0x2FDF), (0x3200, 0x33FF))  # radicals, ㈱, ㎏
_MODIFIERS = _ranges((0x02B0, 0x02FF))
_JOINING_LETTERS = _ranges(
    (0x1160, 0x11FF),  # jamo
    (0xD7B0, 0xD7FF),
    (0xFF9E, 0xFF9F),  # half-width voice marks
    (0x16D63, 0x16D67),  # Kirat Rai, from Unicode 16 on
)


def _is_dropped(character: str) -> bool:
    kind = category(character)
    return (
        kind == "Cf"  # soft hyphen, zero-width and bidi marks
        or ord(character) in _DROPPED
        or (kind == "Mn" and name(character, "").startswith(_POINTED))
    )


def _is_separator(character: str) -> bool:
    kind = category(character)
    if kind.startswith("S"):  # ™ must not become "tm", nor № "no"
        made_of = decomposition(character)
        framed = made_of.startswith(("<square>", "<circle>"))
        return not (framed or (made_of and ord(character) in _LETTERS_IN_SYMBOLS))
    if kind == "Lm" and ord(character) in _MODIFIERS:  # ʼ and ʻ are apostrophes to a reader
        return not decomposition(character)
    return kind[0] not in "LNM" and not _is_rare_han(character)


def _is_rare_han(character: str) -> bool:
    """Tell of the two planes set aside for Han, whether or not this Python knows the character."""
    return "\U00020000" <= character <= "\U0003fffd"


def _part(folded: str) -> str:
    if _is_dropped(folded):
        return ""
    if _is_separator(folded):
        return " "
    return f" {folded} " if is_single(folded) else folded


def _folded(character: str) -> Iterable[str]:
    """Fold until nothing changes: some presentation forms need a second pass."""
    before, after = "", character
    while before != after:
        before = after
        after = normalize("NFKC", normalize("NFKC", before).casefold())
        after = "".join(_without_accent(letter) for letter in after)
    return after


def _without_accent(letter: str) -> str:
    if letter in _SPELT:
        return _SPELT[letter]
    base = normalize("NFD", letter)[0]
    return base if name(base, "").startswith(_ACCENTED) else letter
