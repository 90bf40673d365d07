"""What strangers write stays text: nothing in it may steer a terminal, a log or a reader's eye."""

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
# Control characters of both sets, marks that turn the direction of writing, separators of lines,
# lone surrogates, and the tag characters that no terminal shows.
STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKS_IN_A_ROW = 4


def inert(text: str) -> str:
    """Return `text` on one line, without anything that steers; blanks become single ones."""
    return inert_piece(text).strip()


def inert_piece(text: str) -> str:
    """Return the same of a piece of a line: a blank at either end stays."""
    return without_towers(STEERING.sub(shown, _BLANKS.sub(" ", text)))


def shown(found: re.Match[str]) -> str:
    """Show an escape character as such, so that nobody wonders at what is left of a sequence."""
    return "␛" if found[0] in "\x1b\x9b" else ""


def without_towers(text: str) -> str:
    """Keep a few combining marks a letter; towers of them would run over the lines around."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)
