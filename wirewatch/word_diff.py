"""Two wordings of one text, word by word: what is gone, what is new, what stayed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

MOST_WORDS = 3_000
"""Beyond so many words on either side, a stretch is told as gone and new as a whole: to compare
them would take longer than anybody waits."""


class Fate(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text, and what became of it."""

    fate: Fate
    text: str


def word_diff(before: str, after: str) -> list[Stretch]:
    """Compare paragraph by paragraph, and those that differ word by word.

    All that is not new, put together, is `before`; all that is not gone is `after`.
    """
    old, new = _LINE.split(before), _LINE.split(after)
    found: list[Stretch] = []
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        if change == "equal":
            found.append(Stretch(Fate.SAME, gone))
        else:
            found.extend(_by_words(_WORDS.findall(gone), _WORDS.findall(came)))
    return list(_joined(found))


_LINE = re.compile(r"(?=\n)")
"""Each line has its break before it, so that the last one is equal with another behind it."""
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORDS = re.compile(rf"\s+|[{_CJK}]|[^\W{_CJK}]+|[^\w\s]")
"""Blanks, words, single signs; where writing has no blanks, each character is a word."""


def _by_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    if max(len(old), len(new)) > MOST_WORDS:
        yield Stretch(Fate.GONE, "".join(old))
        yield Stretch(Fate.NEW, "".join(new))
        return
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            yield Stretch(Fate.SAME, "".join(old[a:b]))
        else:
            yield Stretch(Fate.GONE, "".join(old[a:b]))
            yield Stretch(Fate.NEW, "".join(new[c:d]))


def _joined(found: Sequence[Stretch]) -> Iterator[Stretch]:
    """Put neighbours of one fate together, and leave out what is empty."""
    present = [one for one in found if one.text]
    for fate, stretches in groupby(present, key=lambda one: one.fate):
        yield Stretch(fate, "".join(one.text for one in stretches))
