"""All watches against one article: a presearch finds the few that may hold, then each is asked.

Every query needs at least one of a few words, its *anchors*: of the parts that all have to hold,
those of the rarest. A watch waits under its anchors, and an article asks only for the watches that
wait under its own words, however many others there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, assert_never

from news.match import Match
from news.query.evaluate import Check, compiled
from news.query.spans import Texts, spans_in
from news.query.tree import And, InField, Node, Not, Or, Phrase, Prefix, Query, Word
from news.text import Analyzed

LONGEST_STEM = 8
"""Code points of a prefix by which it is anchored; the exact evaluation sees all of it."""


class Frequencies(Protocol):
    """How common words are; an estimate is enough, for it decides on speed alone."""

    def of(self, term: str) -> int:
        """Tell in about how many articles the token `term` occurs."""
        ...


@dataclass(frozen=True, slots=True)
class _Watched:
    """A watch under its anchors; `words` and `stems` are none where every article is asked."""

    watch: int
    version: int
    query: Query
    holds: Check
    words: frozenset[str]
    stems: frozenset[str]


class WatchSet:
    """The watches that articles are held against; adding or removing one touches no other."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._watched: dict[int, _Watched] = {}
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._by_stem: defaultdict[int, dict[str, set[int]]] = defaultdict(dict)
        self._always: set[int] = set()

    def __len__(self) -> int:
        return len(self._watched)

    def add(self, watch: int, version: int, query: Query) -> None:
        """Hold articles against `query` from now on; an earlier query of `watch` is forgotten."""
        self.remove(watch)
        anchors = _anchors(query.root, self._frequencies)
        words = frozenset(part.token for part in anchors or () if isinstance(part, Word))
        stems = frozenset(
            part.stem[:LONGEST_STEM] for part in anchors or () if isinstance(part, Prefix)
        )
        self._watched[watch] = _Watched(watch, version, query, compiled(query), words, stems)
        for word in words:
            self._by_word[word].add(watch)
        for stem in stems:
            self._by_stem[len(stem)].setdefault(stem, set()).add(watch)
        if anchors is None:
            self._always.add(watch)

    def remove(self, watch: int) -> None:
        """Forget `watch`, if it is there."""
        watched = self._watched.pop(watch, None)
        if watched is None:
            return
        self._always.discard(watch)
        for word in watched.words:
            self._by_word[word].discard(watch)
            if not self._by_word[word]:
                del self._by_word[word]
        for stem in watched.stems:
            waiting = self._by_stem[len(stem)]
            waiting[stem].discard(watch)
            if not waiting[stem]:
                del waiting[stem]

    def match(self, article: Analyzed, title: str, body: str) -> list[Match]:
        """Return the watches that hold for `article`, in the order of their ids.

        `title` and `body` are the texts that `article` was analyzed from; spans point into them.
        """
        texts = Texts(title, body)
        return [
            Match(
                watch=watched.watch,
                version=watched.version,
                spans=spans_in(watched.query, article, texts),
            )
            for watch in sorted(self._candidates(article))
            if (watched := self._watched[watch]).holds(article)
        ]

    def _candidates(self, article: Analyzed) -> set[int]:
        found = set(self._always)
        by_word = self._by_word
        for word in article.words:
            if word in by_word:
                found |= by_word[word]
        for length, waiting in self._by_stem.items():
            stems = {word[:length] for word in article.words} if waiting else ()
            for stem in stems:
                if stem in waiting:
                    found |= waiting[stem]
        return found


_Anchors: TypeAlias = frozenset[Word | Prefix] | None
"""Of these parts, one stands in every article that the node holds for; None where none has to."""


def _anchors(node: Node, frequencies: Frequencies) -> _Anchors:
    match node:
        case Word() | Prefix():
            return frozenset((node,))
        case Phrase(parts) | And(parts):
            return _rarest([_anchors(part, frequencies) for part in parts], frequencies)
        case Or(parts):
            return _union(_anchors(part, frequencies) for part in parts)
        case Not():
            return None
        case InField(_, part):
            return _anchors(part, frequencies)
        case _:
            assert_never(node)


def _rarest(choices: Sequence[_Anchors], frequencies: Frequencies) -> _Anchors:
    usable = [anchors for anchors in choices if anchors is not None]
    if len(usable) < 2:  # noqa: PLR2004 (nothing to choose)
        return usable[0] if usable else None
    return min(usable, key=lambda anchors: _cost(anchors, frequencies))


def _cost(anchors: Iterable[Word | Prefix], frequencies: Frequencies) -> float:
    """Estimate how many articles have one of `anchors`; unknown words are rarer when longer."""
    return sum(
        frequencies.of(anchor.token) + 1 / len(anchor.token)
        if isinstance(anchor, Word)
        else (frequencies.of(anchor.stem) + 1) * _ENDINGS
        for anchor in anchors
    )


_ENDINGS = 4
"""How much more common a prefix is taken to be than the word that is spelt like it."""


def _union(choices: Iterable[_Anchors]) -> _Anchors:
    found: set[Word | Prefix] = set()
    for anchors in choices:
        if anchors is None:
            return None
        found |= anchors
    return frozenset(found)
