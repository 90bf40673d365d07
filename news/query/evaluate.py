"""A query compiled to one function of an analyzed article; matcher and search share it."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias, assert_never

from news.match import FieldName
from news.query.candidates import Candidates
from news.query.occurrences import occurrences, places_in, with_stem
from news.query.tree import (
    EVERYWHERE,
    AliasSet,
    And,
    InField,
    Leaf,
    Node,
    Not,
    Or,
    Part,
    Phrase,
    Prefix,
    Query,
    Scope,
    Word,
    looked_in,
)
from news.text import Analyzed

Check: TypeAlias = Callable[[Analyzed], bool]


def compiled(query: Query) -> Check:
    """Return the function that tells whether `query` holds for an article."""
    return check(query.root, EVERYWHERE)


def check(node: Node, scope: Scope) -> Check:
    """Compile one node; its terms look in the fields of `scope`."""
    match node:
        case Word() | Prefix() | Phrase():
            return _leaf(node, scope)
        case And(parts):
            return _all(_in_order_of_cost(parts, scope))
        case Or(parts):
            words = tuple(part.token for part in parts if isinstance(part, Word))
            rest = [part for part in parts if not isinstance(part, Word)]
            found = [_any_word(words, scope)] if words else []
            return _any([*found, *_in_order_of_cost(rest, scope)])
        case Not(part):
            inner = check(part, scope)
            return lambda article: not inner(article)
        case InField(_, part):
            return check(part, looked_in(node, scope))
        case AliasSet():
            return _of_alias(node, scope)
        case _:
            assert_never(node)


def _leaf(leaf: Leaf, scope: Scope) -> Check:
    match leaf:
        case Word(token):
            return _any_word((token,), scope)
        case Prefix(stem):
            return _stem(stem, scope)
        case Phrase(parts):
            return _row(leaf, parts, scope)
        case _:
            assert_never(leaf)


@lru_cache(maxsize=1_000)
def _of_alias(alias: AliasSet, scope: Scope) -> Check:
    """Compile what an alias stands for, once for all the queries that name it.

    Each article answers once, however many queries ask.
    """
    parts = Candidates(alias, lambda part: check(part, scope))
    key = (alias, scope)

    def holds(article: Analyzed) -> bool:
        known = article.answers.get(key)
        if known is None:
            known = article.answers[key] = any(each(article) for each in parts.within(article))
        return known

    return holds


def _in_order_of_cost(parts: Sequence[Node], scope: Scope) -> list[Check]:
    """Compile `parts`, the single words first: they cost least and refuse most."""
    ordered = sorted(parts, key=lambda part: not isinstance(part, Word))
    return [check(part, scope) for part in ordered]


def _any_word(words: tuple[str, ...], scope: Scope) -> Check:
    """Hold where one of `words` stands in the scope."""
    if scope != EVERYWHERE:
        wanted = frozenset(words)
        return _any_field(
            lambda article, field: not wanted.isdisjoint(places_in(article, field)), scope
        )
    if len(words) == 1:
        return lambda article: words[0] in article.words
    wanted = frozenset(words)
    return lambda article: not wanted.isdisjoint(article.words)


def _any_field(holds: Callable[[Analyzed, FieldName], bool], scope: Scope) -> Check:
    return lambda article: any(holds(article, field) for field in scope)


def _stem(stem: str, scope: Scope) -> Check:
    if scope == EVERYWHERE:
        return lambda article: next(with_stem(article, stem), None) is not None

    def holds(article: Analyzed, field: FieldName) -> bool:
        return any(word in places_in(article, field) for word in with_stem(article, stem))

    return _any_field(holds, scope)


def _row(phrase: Phrase, parts: Sequence[Part], scope: Scope) -> Check:
    needed = {part.token for part in parts if isinstance(part, Word)}

    def holds(article: Analyzed) -> bool:
        if not needed <= article.words:  # nearly always, and far cheaper than to look for places
            return False
        return any(next(occurrences(phrase, article, field), -1) >= 0 for field in scope)

    return holds


def _all(checks: Sequence[Check]) -> Check:
    def holds(article: Analyzed) -> bool:
        for each in checks:  # noqa: SIM110 (all() with a generator costs twice the time)
            if not each(article):
                return False
        return True

    return holds


def _any(checks: Sequence[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]

    def holds(article: Analyzed) -> bool:
        for each in checks:  # noqa: SIM110 (as above)
            if each(article):
                return True
        return False

    return holds
