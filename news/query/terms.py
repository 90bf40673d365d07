"""What was typed as a term or between quotes becomes words and prefixes in a row."""

from news.fold import TABLE, is_single
from news.query.fault import Fault, mended
from news.query.tree import Leaf, Part, Prefix, Word, phrase_of
from news.text import tokens

SHORTEST_STEM = 2
"""Letters before a `*`; a character that is a token of its own may stand alone."""


def leaf(text: str, start: int, end: int) -> Leaf | Fault | None:
    """Read `text[start:end]`: its tokens in a row; None where there is none."""
    parts: list[Part] = []
    while start < end:
        star = text.find("*", start, end)
        here = tokens(text[start : star if star >= 0 else end])
        if star < 0:
            parts += map(Word, here)
            break
        if fault := _misplaced(text, star, here, end):
            return fault
        parts += [*map(Word, here[:-1]), _prefix(here[-1])]
        start = star + 1
    return phrase_of(parts) if parts else None


def _prefix(stem: str) -> Part:
    """Make a prefix; what is a token of its own never goes on, so it stands for itself."""
    return Word(stem) if is_single(stem[0]) else Prefix(stem)


def _misplaced(text: str, star: int, before: list[str], end: int) -> Fault | None:
    """Say what is wrong with the `*` at `star`, which has the tokens `before` it."""
    without = mended(text, star, star + 1)
    following = text[star + 1 : end][:1]
    if not before or not _ends_in_token(text[:star]):
        return Fault(star, 1, "* needs letters directly before it", without)
    if following and TABLE[ord(following)] != " ":
        return Fault(star, 1, "* stands only at the end of a word", without)
    if len(before[-1]) < SHORTEST_STEM and not is_single(before[-1]):
        return Fault(star, 1, f"* needs {SHORTEST_STEM} letters or more before it", without)
    return None


def _ends_in_token(text: str) -> bool:
    """Tell whether the last character of `text` that is not dropped belongs to a token."""
    kept = (folded for each in reversed(text) if (folded := TABLE[ord(each)]))
    return bool(next(kept, "").strip())
