"""What took whose place: a number another, a name another, or a slip of the pen what was meant."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from news.word_diff import words


def said(text: str) -> list[str]:
    """Return the words of a text, their capitals put aside."""
    return [word.casefold() for word in words(text) if word[0].isalnum()]


def figures(text: str) -> Counter[str]:
    """Return the numbers of a text, however they are written, with how often each stands there."""
    found = Counter(number.rstrip(".,:") for number in _NUMBER.findall(text))
    for word in said(text):
        if word in _NUMBER_WORDS or (
            len(word) == 1 and unicodedata.category(word) == "Lo" and _value(word)
        ):
            found[word] += 1
    return found


def _value(sign: str) -> bool:
    return unicodedata.numeric(sign, None) is not None


def is_name(gone: str, came: str) -> bool:
    """Tell whether a few words with capitals took the place of others."""
    old, new = _PLAIN.findall(gone), _PLAIN.findall(came)
    if not (1 <= len(old) <= _LONGEST_NAME and 1 <= len(new) <= _LONGEST_NAME):
        return False
    if [word.casefold() for word in old] == [word.casefold() for word in new]:
        return False
    named = all(word[0].isupper() for word in (*old, *new))
    numbers = any(word.casefold() in _NUMBER_WORDS for word in (*old, *new))
    return named and not numbers and not _is_slip(old, new)


def is_typo(gone: str, came: str) -> bool:
    """Tell whether two stretches differ in signs, capitals and blanks, or by a slip in a word."""
    old, new = _bare(gone), _bare(came)
    if old == new:
        return True
    if figures(gone) != figures(came):
        return False
    return _is_slip(_PLAIN.findall(gone), _PLAIN.findall(came))


def _is_slip(old: Sequence[str], new: Sequence[str]) -> bool:
    if len(old) != len(new):
        return False
    return all(_slipped(a.casefold(), b.casefold()) for a, b in zip(old, new, strict=True))


def _slipped(a: str, b: str) -> bool:
    """Tell whether one word is the other with letters swapped, doubled, or one wrong inside.

    Short words, beginnings and ends carry sense ("now" and "not", "legal" and "illegal").
    """
    if a == b:
        return True
    if min(len(a), len(b)) < _SHORTEST_SLIP or abs(len(a) - len(b)) > 1:
        return False
    if a[0] != b[0]:
        return False
    start = next(
        (at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    left, right = a[start:], b[start:]
    if left[1:2] and left[:2] == right[1::-1] and left[2:] == right[2:]:
        return True  # swapped
    if len(a) == len(b):
        return start < len(a) - 1 and left[1:] == right[1:] and len(a) > _SHORTEST_SLIP
    longer, shorter = (left, right) if len(a) > len(b) else (right, left)
    return longer[1:] == shorter and bool(shorter)


def _bare(text: str) -> str:
    return "".join(said(unicodedata.normalize("NFKC", text)))


_LONGEST_NAME = 4
_SHORTEST_SLIP = 4
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_PLAIN = re.compile(r"[^\W_]+")
_NUMBER_NAMES = """
    no one two three four five six seven eight nine ten eleven twelve dozen dozens twenty thirty
    forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million billion
    keine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
    deux trois quatre cinq sept huit neuf dix onze douze
    dos tres cuatro cinco seis siete ocho nueve diez once doce
    due tre quattro cinque sei sette otto nove dieci dois três quatro oito
    два две три четыре пять шесть семь восемь девять десять
"""
_NUMBER_WORDS = frozenset(_NUMBER_NAMES.split())
