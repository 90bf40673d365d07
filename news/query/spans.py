"""Why a query holds: the places in the article's own text that made it true."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from typing import TypeAlias, assert_never

from news.match import FieldName, Span
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
    """The texts of one article as they are stored, shared by all queries that hold for it."""

    title: Places
    body: Places


def spans(query: Query, title: str, body: str, *, most: int = MOST_SPANS) -> tuple[Span, ...]:
    """Return the places that make `query` true, title first; none where it does not hold.

    Beyond `most` spans, each term gives its first places in turn, so that none is left out early.
    """
    return spans_in(query, analyze(title, body), Texts(Places(title), Places(body)), most=most)


def spans_in(
    query: Query, article: Analyzed, texts: Texts, *, most: int = MOST_SPANS
) -> tuple[Span, ...]:
    """Return the spans of `query` in an article that is analyzed already."""
    hits = _hits(query.root, article, EVERYWHERE, most)
    chosen = sorted(set(hits or ()), key=lambda hit: (hit.turn, hit.order, hit.start))[:most]
    found = {_span(hit, texts) for hit in chosen}
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


def _hits(node: Node, article: Analyzed, scope: Scope, most: int) -> _Hits:
    match node:
        case Word(token) if token not in article.words:  # the usual case in a long list of names
            return None
        case Word() | Prefix() | Phrase():
            return list(islice(_leaf_hits(node, article, scope), most)) or None
        case And(parts):
            found = [_hits(part, article, scope, most) for part in parts]
            return None if None in found else _joined(found)
        case Or(parts):
            found = [_hits(part, article, scope, most) for part in parts]
            return None if all(hits is None for hits in found) else _joined(found)
        case Not(part):
            return [] if _hits(part, article, scope, 1) is None else None
        case InField(_, part) | AliasSet(_, part):  # a span names the spelling that was found
            return _hits(part, article, looked_in(node, scope), most)
        case _:
            assert_never(node)


def _leaf_hits(leaf: Word | Prefix | Phrase, article: Analyzed, scope: Scope) -> Iterator[_Hit]:
    count = len(leaf.parts) if isinstance(leaf, Phrase) else 1
    term, turn = "", 0
    for order, field in enumerate(scope):
        for start in occurrences(leaf, article, field):
            term = term or printed(leaf)  # most leaves of a long list stand nowhere
            yield _Hit(turn, order, field, start, count, term)
            turn += 1


def _joined(found: Sequence[_Hits]) -> list[_Hit]:
    return [hit for hits in found for hit in hits or ()]


def _span(hit: _Hit, texts: Texts) -> Span:
    places = texts.title if hit.field == "title" else texts.body
    last = places.of(hit.start + hit.count - 1)
    return Span(hit.field, places.of(hit.start).start, last.end, hit.term)
