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


def weight_of(text: str) -> int:
    """Return the length of `text` as if it were written in letters."""
    if text.isascii():
        return len(text)
    return len(text) + (_DENSE_WEIGHT - 1) * len(_DENSE.findall(text))


def prose_in(text: str) -> int:
    """Return what of a paragraph weighs as prose: nothing where it is a name, a label or a link."""
    weight = weight_of(text)
    return weight if weight >= _LEAST and _SENTENCE.search(text) else 0
