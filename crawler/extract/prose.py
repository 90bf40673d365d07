"""How much of a text is prose: sentences that somebody wrote for readers.

Characters are counted, not blanks, since many scripts write without blanks; one of those that write
a word in one or two characters counts for more.
"""

import re

_DENSE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
)
_DENSE_WEIGHT = 2
_SENTENCE = re.compile(r"[.!?…,;:。！？，、；：؟،؛۔।።]")
_LEAST = 50
_LONG_WORD = 20
_RARE = 25


def weight_of(text: str) -> int:
    """Return the length of `text` as if it were written in letters."""
    if text.isascii():
        return len(text)
    return len(text) + (_DENSE_WEIGHT - 1) * len(_DENSE.findall(text))


def prose_in(text: str) -> int:
    """Return what of a paragraph weighs as prose: nothing of a name, an address or code."""
    weight = weight_of(text)
    if weight < _LEAST or not _SENTENCE.search(text) or _is_code(text):
        return 0
    dense = weight - len(text)
    return weight if dense * 2 >= len(text) or text.count(" ") * _LONG_WORD >= len(text) else 0


def _is_code(text: str) -> bool:
    return sum(map(text.count, "{}=<>;")) * _RARE > len(text)
