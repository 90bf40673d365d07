"""The presearch: which of very many watches an article has to be held against at all.

Every query needs at least one of a few words, prefixes or pairs of neighbours, its *anchors*: of
the parts that all have to hold, those of the rarest. A watch waits under its anchors, and an
article asks only for the watches that wait under what it has itself, however many others there are.
Pairs matter where each character is a word of its own: one alone stands in every other article.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, TypeAlias, assert_never

from news.query.tree import AliasSet, And, InField, Node, Not, Or, Part, Phrase, Prefix, Word
from news.text import Analyzed

STEM_LENGTHS = (2, 3, 4)
"""Code points of a prefix by which it may be anchored; the exact evaluation sees all of it."""


class Frequencies(Protocol):
    """How common words are; an estimate is enough, for it decides on speed alone."""

    def of(self, term: str) -> int:
        """Tell in about how many articles the token `term` occurs."""
        ...


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words in a row."""

    first: str
    second: str


Anchor: TypeAlias = Word | Prefix | Pair
Anchors: TypeAlias = frozenset[Anchor] | None
"""One of these stands in every article that the query holds for; None where none has to."""


class Waiting:
    """Watches under their anchors; adding or removing one touches its own anchors alone."""

    def __init__(self) -> None:
        self._words: defaultdict[str, set[int]] = defaultdict(set)
        self._stems: defaultdict[str, set[int]] = defaultdict(set)
        self._pairs: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self._always: set[int] = set()

    def __bool__(self) -> bool:
        return any((self._words, self._stems, self._pairs, self._always))

    def add(self, watch: int, anchors: Anchors) -> None:
        """Let `watch` wait under each of `anchors`."""
        if anchors is None:
            self._always.add(watch)
        for anchor in anchors or ():
            table, key = self._place(anchor)
            table[key].add(watch)

    def remove(self, watch: int, anchors: Anchors) -> None:
        """Undo `add`."""
        self._always.discard(watch)
        for anchor in anchors or ():
            table, key = self._place(anchor)
            table[key].discard(watch)
            if not table[key]:
                del table[key]
            if isinstance(anchor, Pair) and not table:
                del self._pairs[anchor.first]

    def asked_by(self, article: Analyzed) -> set[int]:
        """Return every watch that may hold for `article`."""
        return self._always.union(*self._met(article))

    def meetings(self, article: Analyzed) -> int:
        """Count the anchors that `article` has, each as often as a watch waits under it."""
        return len(self._always) + sum(map(len, self._met(article)))

    def _met(self, article: Analyzed) -> Iterator[set[int]]:
        """Yield those that wait under each anchor that `article` has."""
        for word in filter(self._words.__contains__, article.words):
            yield self._words[word]
        for length in STEM_LENGTHS if self._stems else ():
            stems = {word[:length] for word in article.words}
            for stem in filter(self._stems.__contains__, stems):
                yield self._stems[stem]
        for field in (article.title, article.body) if self._pairs else ():
            for first, second in pairwise(field):
                if first in self._pairs and second in self._pairs[first]:
                    yield self._pairs[first][second]

    def _place(self, anchor: Anchor) -> tuple[defaultdict[str, set[int]], str]:
        match anchor:
            case Word(token):
                return self._words, token
            case Prefix(stem):
                return self._stems, stem[: STEM_LENGTHS[-1]]
            case Pair(first, second):
                return self._pairs[first], second
            case _:
                assert_never(anchor)


class Anchoring:
    """Chooses the anchors of queries, few and rare; what many queries share is worked out once."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._costs: dict[Anchor, float] = {}
        self._known: dict[AliasSet, Anchors] = {}

    def of(self, node: Node) -> Anchors:
        """Return the anchors of `node`."""
        match node:
            case Word() | Prefix():
                return frozenset((node,))
            case Phrase(parts):
                return self._rarest([frozenset((each,)) for each in _of_phrase(parts)])
            case And(parts):
                return self._rarest([self.of(part) for part in parts])
            case Or(parts):
                return _union(map(self.of, parts))
            case Not():
                return None
            case InField(_, part):
                return self.of(part)
            case AliasSet():
                return self._of_alias(node)
            case _:
                assert_never(node)

    def _of_alias(self, alias: AliasSet) -> Anchors:
        if alias not in self._known:
            self._known[alias] = self.of(alias.part)
        return self._known[alias]

    def _rarest(self, choices: Sequence[Anchors]) -> Anchors:
        usable = [anchors for anchors in choices if anchors is not None]
        if len(usable) <= 1:
            return usable[0] if usable else None
        return min(usable, key=lambda anchors: sum(map(self._cost, anchors)))

    def _cost(self, anchor: Anchor) -> float:
        if anchor not in self._costs:
            self._costs[anchor] = _cost(anchor, self._frequencies)
        return self._costs[anchor]


def _of_phrase(parts: Sequence[Part]) -> Iterable[Anchor]:
    """Offer the pairs of a phrase; its single parts only where it has no pair."""
    pairs = [
        Pair(one.token, other.token)
        for one, other in pairwise(parts)
        if isinstance(one, Word) and isinstance(other, Word)
    ]
    return pairs or parts


def _cost(anchor: Anchor, frequencies: Frequencies) -> float:
    """Estimate how many articles have `anchor`; unknown words are the rarer the longer."""
    match anchor:
        case Word(token):
            return frequencies.of(token) + 1 / len(token)
        case Prefix(stem):
            return (frequencies.of(stem) + 1) * _ENDINGS
        case Pair(first, second):
            rarer = min(frequencies.of(first), frequencies.of(second))
            return rarer / _NEIGHBOURS + 1 / len(first + second)
        case _:
            assert_never(anchor)


_ENDINGS = 4
"""How much more common a prefix is taken to be than the word that is spelt like it."""
_NEIGHBOURS = 20
"""How much rarer two words in a row are taken to be than the rarer of them."""


def _union(choices: Iterable[Anchors]) -> Anchors:
    found: set[Anchor] = set()
    for anchors in choices:
        if anchors is None:
            return None
        found |= anchors
    return frozenset(found)
