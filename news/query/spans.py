"""Why a query holds: the places in the article's own text that made it true."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of
from functools import cached_property, lru_cache
from heapq import nsmallest
from itertools import accumulate, islice
from operator import attrgetter
from typing import TypeAlias, assert_never

from news.match import FieldName, Span
from news.query.candidates import Candidates
from news.query.occurrences import occurrences
from news.query.printing import printed
from news.query.tree import (
    EVERYWHERE,
    AliasSet,
    And,
    InField,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Scope,
    Word,
    looked_in,
)
from news.text import Analyzed, Located, analyze, located, tokens

MOST_SPANS = 50


class Places:
    """Where the tokens of one text stand; only the stretches that are asked for are located."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._located: dict[int, list[Located]] = {}

    def of(self, position: int) -> Located:
        """Return the token at `position`, counted from 0, with its place in the text."""
        number = bisect_right(self._firsts, position) - 1
        stretch = self._stretches[number]
        if number not in self._located:
            self._located[number] = located(stretch[0])
        token, start, end = self._located[number][position - self._firsts[number]]
        return Located(token, start + stretch.start(), end + stretch.start())

    @cached_property
    def _stretches(self) -> list[re.Match[str]]:
        return list(_STRETCH.finditer(self._text))

    @cached_property
    def _firsts(self) -> list[int]:
        """The position of the first token of each stretch."""
        counts = [len(tokens(stretch[0])) for stretch in self._stretches]
        return list(accumulate(counts[:-1], initial=0))


_STRETCH = re.compile(r"[\s\S]{1,400}\S*")  # it ends before a blank, where nothing composes


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one article as they are stored, shared by all queries that hold for it.

    `hits` are those of the aliases that were looked for in it so far.
    """

    title: Places
    body: Places
    hits: "dict[tuple[AliasSet, Scope, int], _Hits]" = field_of(default_factory=dict)


def spans(query: Query, title: str, body: str, *, most: int = MOST_SPANS) -> tuple[Span, ...]:
    """Return the places that make `query` true, title first; none where it does not hold.

    Beyond `most` spans, each term gives its first places in turn, so that none is left out early.
    """
    return spans_in(query, analyze(title, body), Texts(Places(title), Places(body)), most=most)


def spans_in(
    query: Query, article: Analyzed, texts: Texts, *, most: int = MOST_SPANS
) -> tuple[Span, ...]:
    """Return the spans of `query` in an article that is analyzed already."""
    hits = _Looking(article, texts, most).hits(query.root, EVERYWHERE)
    found = {_span(hit, texts) for hit in _first(hits or (), most)}
    return tuple(sorted(found, key=lambda span: (span.field == "body", span.start, span.end)))


@dataclass(frozen=True, slots=True)
class _Hit:
    """A leaf at the tokens `start` to `start + count` of a field; `turn` counts its places."""

    turn: int
    order: int
    field: FieldName
    start: int
    count: int
    term: str


_Hits: TypeAlias = list[_Hit] | None
"""What made a node true; None where it is false."""


class _Looking:
    """Looks in one article for at most `most` places of each node."""

    def __init__(self, article: Analyzed, texts: Texts, most: int) -> None:
        self._article = article
        self._texts = texts
        self._most = most

    def hits(self, node: Node, scope: Scope) -> _Hits:
        match node:
            case Word(token) if token not in self._article.words:  # as a rule, in a long list
                return None
            case Word() | Prefix() | Phrase():
                return list(islice(_leaf_hits(node, self._article, scope), self._most)) or None
            case And(parts):
                found = [self.hits(part, scope) for part in parts]
                return None if None in found else _joined(found)
            case Or(parts):
                return _any_of([self.hits(part, scope) for part in parts])
            case Not(part):
                return [] if self.hits(part, scope) is None else None
            case InField(_, part):
                return self.hits(part, looked_in(node, scope))
            case AliasSet():  # a span names the spelling that was found
                return self._of_alias(node, scope)
            case _:
                assert_never(node)

    def _of_alias(self, alias: AliasSet, scope: Scope) -> _Hits:
        """Look once for all queries; of what an alias finds, no more than `most` is ever shown."""
        key, known = (alias, scope, self._most), self._texts.hits
        if key not in known:
            parts = _candidates(alias).within(self._article)
            hits = _any_of([self.hits(part, scope) for part in parts])
            known[key] = None if hits is None else _first(hits, self._most)
        return known[key]


@lru_cache(maxsize=1_000)
def _candidates(alias: AliasSet) -> Candidates[Node]:
    return Candidates(alias, lambda part: part)


def _leaf_hits(leaf: Word | Prefix | Phrase, article: Analyzed, scope: Scope) -> Iterator[_Hit]:
    count = len(leaf.parts) if isinstance(leaf, Phrase) else 1
    term, turn = "", 0
    for order, field in enumerate(scope):
        for start in occurrences(leaf, article, field):
            term = term or printed(leaf)  # most leaves of a long list stand nowhere
            yield _Hit(turn, order, field, start, count, term)
            turn += 1


def _any_of(found: Sequence[_Hits]) -> _Hits:
    return None if all(hits is None for hits in found) else _joined(found)


def _joined(found: Sequence[_Hits]) -> list[_Hit]:
    return [hit for hits in found for hit in hits or ()]


def _first(hits: Iterable[_Hit], most: int) -> list[_Hit]:
    """Return the `most` hits that come first; those of a union are among those of its parts."""
    return nsmallest(most, set(hits), key=attrgetter("turn", "order", "start", "count", "term"))


def _span(hit: _Hit, texts: Texts) -> Span:
    places = texts.title if hit.field == "title" else texts.body
    last = places.of(hit.start + hit.count - 1)
    return Span(hit.field, places.of(hit.start).start, last.end, hit.term)
