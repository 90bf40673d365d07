"""Nine kinds of edit that turn a text into its copy, and what looks like a copy and is none."""

import random
import re
from collections.abc import Callable, Mapping, Sequence

Edit = Callable[[random.Random, Sequence[str], Sequence[str]], str]
"""Makes a copy of a text's sentences, with those of some other text at hand."""

CUT, CHANGED = 0.4, 0.15
LEAD = 1 / 3
"""Who writes a new lead keeps the rest: of a text of two sentences that is no copy any more."""
QUOTED = 1 / 3
"""The part of a text that is quoted of it: who carries all of it does not quote."""
_SENTENCES = re.compile(r"(?<=[.!?。！？…])\s+|\n+|(?<=[。！？])")


def sentences(text: str) -> list[str]:
    return [part for part in _SENTENCES.split(text) if part.strip()]


def _verbatim(_: random.Random, own: Sequence[str], __: Sequence[str]) -> str:
    return " ".join(own).replace("“", '"').replace("”", '"')


def _cut_by(_: random.Random, own: Sequence[str], __: Sequence[str]) -> str:
    return _first(" ".join(own), 1 - CUT)


def _cut_to(_: random.Random, own: Sequence[str], __: Sequence[str]) -> str:
    return _first(" ".join(own), CUT)


def _reordered(random: random.Random, own: Sequence[str], __: Sequence[str]) -> str:
    return " ".join(random.sample(own, len(own)))


def _new_lead(_: random.Random, own: Sequence[str], other: Sequence[str]) -> str:
    return " ".join([*other[:2], *own[1:]])


def keeps_the_rest(own: Sequence[str]) -> bool:
    """Tell whether the first of its sentences is a lead, and not most of the text."""
    return len(units(own[0])) <= LEAD * len(units(" ".join(own)))


def _boilerplate(random: random.Random, own: Sequence[str], other: Sequence[str]) -> str:
    around = [sentence for sentence in random.sample(other, len(other)) if sentence][:6]
    return " ".join([*around[:3], *own, *around[3:]])


def _changed(random: random.Random, own: Sequence[str], other: Sequence[str]) -> str:
    words, theirs = units(" ".join(own)), units(" ".join(other))
    for at in random.sample(range(len(words)), round(CHANGED * len(words))):
        words[at] = random.choice(theirs)
    return joined(words)


def _merged(_: random.Random, own: Sequence[str], other: Sequence[str]) -> str:
    return " ".join([*own, *other])


def _touched(random: random.Random, own: Sequence[str], other: Sequence[str]) -> str:
    """Put a dateline before, and change, add or leave out a word of every third sentence."""
    made = []
    for sentence in own:
        words = units(sentence)
        if random.random() < 1 / 3 and len(words) > 4:
            at = random.randrange(len(words))
            words[at : at + random.randint(0, 1)] = random.choices(units(" ".join(other)))
        made.append(joined(words))
    return "SEOUL, Nov. 23 (Agency) -- " + " ".join(made)


NEW_LEAD = "new headline and lead"
EDITS: Mapping[str, Edit] = {
    "verbatim, set otherwise": _verbatim,
    "cut by 40 %": _cut_by,
    "cut to 40 %": _cut_to,
    "sentences reordered": _reordered,
    NEW_LEAD: _new_lead,
    "boilerplate around": _boilerplate,
    "15 % of words changed": _changed,
    "two texts merged": _merged,
    "dateline and small rewrites": _touched,
}


def other_figures(random: random.Random, text: str) -> str:
    """Return tomorrow's report: every figure is another one."""

    def another(found: re.Match[str]) -> str:
        digits = len(found[0])
        return str(random.randint(10 ** (digits - 1), 10**digits - 1))

    return re.sub(r"\d+", another, text)


def quoting(own: Sequence[str], other: Sequence[str]) -> str:
    """Return an account of its own, up to a fifth of which are quotes from another text."""
    words = units(" ".join(other))
    most = min(len(units(" ".join(own))) / 4, QUOTED * len(words))
    return " ".join([*own, joined(words[: round(most)])])


def units(text: str) -> list[str]:
    """Return words, or characters where there are no blanks."""
    words = text.split()
    return words if len(text) < 15 * len(words) else list(text)


def joined(words: Sequence[str]) -> str:
    return (" " if max(map(len, words)) > 1 else "").join(words)


def _first(text: str, part: float) -> str:
    words = units(text)
    return joined(words[: round(part * len(words))])
