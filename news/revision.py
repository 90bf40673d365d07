"""What a publisher changed in a piece: of which kinds, by how much, and whether it matters.

Decided by what stands there, and by no dictionary: a typo is a small change within a word that
leaves its beginning, its numbers and its name alone; a figure is a number that became another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from news.furniture import both_substances, substance
from news.slips import figures, is_name, is_typo, said
from news.word_diff import Fate, blocks, by_words, paragraphs

KEPT = 0.35
"""A paragraph of which less than this share of the words stays is another paragraph."""


LONGEST = 100_000
"""Characters of a body that are compared; what lies behind them counts as text that changed."""


class Kind(StrEnum):
    """What kind of change it is, the one that tells most first."""

    HEADLINE = "headline"
    FIGURE = "figure"
    NAME = "name"
    REMOVED = "removed"
    ADDED = "added"
    LEAD = "lead"
    TEXT = "text"
    TYPO = "typo"
    DETAILS = "details"


IMMATERIAL = frozenset({Kind.TYPO, Kind.DETAILS})
_ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an article said at one time; `body` includes the `lead`."""

    title: str
    body: str
    lead: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one wording: words `gone` and `new`, and their `share` of all (0 to 1).

    `kinds` is never empty: what changed beside the text alone is "details".
    """

    kinds: tuple[Kind, ...]
    gone: int = 0
    new: int = 0
    share: float = 0.0

    @property
    def main(self) -> Kind:
        """Return the kind that tells most."""
        return self.kinds[0]

    @property
    def size(self) -> int:
        """Count the words that are gone or new."""
        return self.gone + self.new


def changes(before: Wording, after: Wording) -> Change:
    """Return what was changed; furniture of the page counts for nothing."""
    title = _Passage.of(before.title, after.title) if before.title != after.title else None
    old, new = both_substances(before.body[:LONGEST], after.body[:LONGEST])
    body = list(_passages("\n".join(old), "\n".join(new)))
    passages = [title, *body] if title is not None else body
    gone, came = (sum(one.count(fate) for one in passages) for fate in (Fate.GONE, Fate.NEW))
    found = {kind for one in body for kind in one.kinds()}
    if title is not None:
        told = title.kinds()
        found |= told if told <= IMMATERIAL else {Kind.HEADLINE, *(told - {Kind.TEXT})}
    first, now = _first_line(before), _first_line(after)
    if first != now and any(
        one.touches(first, now) for one in body if not one.kinds() <= IMMATERIAL
    ):
        found.add(Kind.LEAD)
    if before.body[LONGEST:] != after.body[LONGEST:]:
        found.add(Kind.TEXT)
    kinds = tuple(kind for kind in _ORDER if kind in found) or (Kind.DETAILS,)
    many = sum(len(said(line)) for line in (before.title, after.title, *old, *new))
    share = min((gone + came) / many, 1.0) if many else 0.0
    return Change(kinds=kinds, gone=gone, new=came, share=share)


def is_material(change: Change) -> bool:
    """Tell whether a change is more than a typo, its blanks, or what stands beside the text."""
    return not IMMATERIAL.issuperset(change.kinds)


def same_text(before: Wording, after: Wording) -> bool:
    """Tell whether two wordings say the same, save for counters, clocks and other pieces' titles.

    A text that is furniture only is as it is.
    """
    if before.title != after.title or max(len(before.body), len(after.body)) > LONGEST:
        return before == after
    old, new = both_substances(before.body, after.body)
    return old == new if old or new else before.body == after.body


@dataclass(frozen=True)
class _Passage:
    """A stretch of paragraphs that changed, word by word: changes and what stays between them."""

    old: str
    new: str
    stretches: tuple[tuple[Fate, str], ...]

    @classmethod
    def of(cls, old: str, new: str) -> "_Passage":
        return cls(old, new, tuple((one.fate, one.text) for one in by_words(old, new)))

    def count(self, fate: Fate) -> int:
        return sum(len(said(text)) for found, text in self.stretches if found is fate)

    def touches(self, first: str, now: str) -> bool:
        """Tell whether it begins as the first line of either text does."""
        old, new = self.old.lstrip("\n"), self.new.lstrip("\n")
        return old.startswith(first[:40]) or new.startswith(now[:40])

    def kinds(self) -> frozenset[Kind]:
        return self._kinds

    @cached_property
    def _kinds(self) -> frozenset[Kind]:
        gone, came = self._whole(Fate.GONE), self._whole(Fate.NEW)
        found: set[Kind] = set()
        if gone > came:
            found.add(Kind.REMOVED)
        if came > gone:
            found.add(Kind.ADDED)
        left, right = figures(self.old), figures(self.new)
        if gone == came and left - right and right - left:
            found.add(Kind.FIGURE)
        pairs = list(_exchanged(self.stretches))
        if any(is_name(*pair) for pair in pairs):
            found.add(Kind.NAME)
        if not found:
            found.add(Kind.TYPO if all(is_typo(*pair) for pair in pairs) else Kind.TEXT)
        elif gone and came:
            found.add(Kind.TEXT)
        return frozenset(found)

    def _whole(self, fate: Fate) -> int:
        """Count the paragraphs on one side of which next to nothing stands on the other."""
        side = [(found, text) for found, text in self.stretches if found in (Fate.SAME, fate)]
        signs = [found is Fate.SAME for found, text in side for sign in text if sign.isalnum()]
        stay = list(accumulate(signs, initial=0))
        at, many = 0, 0
        for line in paragraphs("".join(text for _, text in side)):
            long = sum(sign.isalnum() for sign in line)
            many += bool(long) and stay[at + long] - stay[at] < KEPT * long
            at += long
        return many


def _passages(before: str, after: str) -> Iterator[_Passage]:
    old, new = paragraphs(before), paragraphs(after)
    for block in blocks(old, new):
        if not block.same:
            yield _Passage.of("".join(old[block.a : block.b]), "".join(new[block.c : block.d]))


def _exchanged(stretches: Sequence[tuple[Fate, str]]) -> Iterator[tuple[str, str]]:
    """Return what is gone with what came in its place; a change within a word is one of it."""
    gone, came = "", ""
    for fate, text in stretches:
        if fate is Fate.GONE:
            gone += text
        elif fate is Fate.NEW:
            came += text
        elif text.isspace() and (gone or came):
            gone, came = gone + text, came + text
        else:
            if gone or came:
                yield gone, came
            gone, came = "", ""
    if gone or came:
        yield gone, came


def _first_line(text: Wording) -> str:
    return next(iter(substance(text.lead or text.body[:LONGEST])), "")
