"""Queries in the words of SQLite's FTS5, and articles as its rows."""

from typing import assert_never

from archive.search.bounds import (
    Both,
    Bounds,
    Condition,
    Either,
    Every,
    Has,
    Lacks,
    Nothing,
    both,
    plan,
)
from archive.search.ddl import EVERY_ROW
from news.query.tree import EVERYWHERE, Leaf, Node, Phrase, Prefix, Scope, Word
from news.text import Analyzed

DEEPEST = 14
"""Operators above each other that are planned; FTS5's parser overflows at 32 parentheses."""


def bounds(root: Node, *, deepest: int = DEEPEST) -> Bounds:
    """Bound a query by what FTS5 can express."""
    return plan(root, _leaf, deepest=deepest)


def row(article: Analyzed) -> tuple[str, str, str]:
    """Return title, body and flag as the index takes them."""
    return " ".join(article.title), " ".join(article.body), EVERY_ROW


def expression(condition: Condition) -> str | None:
    """Write `condition` as FTS5 reads it; None where no row can hold it."""
    return None if isinstance(condition, Nothing) else _written(condition)


def _written(condition: Condition) -> str:
    match condition:
        case Has(words):
            return words
        case Every():
            return f'"{EVERY_ROW}"'
        case Nothing():
            return f'("{EVERY_ROW}" NOT "{EVERY_ROW}")'
        case Either(parts):
            return f"({' OR '.join(map(_written, parts))})"
        case Both(parts):
            return _all_but(
                [_written(part) for part in parts if not isinstance(part, Lacks)],
                [_written(part.part) for part in parts if isinstance(part, Lacks)],
            )
        case Lacks(part):
            return _all_but([], [_written(part)])
        case _:
            assert_never(condition)


def _all_but(wanted: list[str], unwanted: list[str]) -> str:
    """FTS5's NOT stands between two operands, so where nothing is wanted, every row is."""
    rows = " AND ".join(wanted) or f'"{EVERY_ROW}"'
    return f"(({rows}) NOT ({' OR '.join(unwanted)}))" if unwanted else f"({rows})"


def _leaf(leaf: Leaf, scope: Scope) -> Bounds:
    match leaf:
        case Word(token):
            return _exactly(f'"{token}"', scope)
        case Prefix(stem):
            return _exactly(f'"{stem}" *', scope)
        case Phrase((*first, last)) if all(isinstance(part, Word) for part in first):
            words = " ".join(part.token for part in first if isinstance(part, Word))
            final = f'{last.token}"' if isinstance(last, Word) else f'{last.stem}" *'
            return _exactly(f'"{words} {final}', scope)
        case Phrase(parts):  # FTS5 knows a prefix only at the end of a phrase
            return Bounds(both(_leaf(part, scope).upper for part in parts), Nothing())
        case _:
            assert_never(leaf)


def _exactly(words: str, scope: Scope) -> Bounds:
    """Say the same above and below: FTS5 holds every token with its place."""
    if not scope:
        return Bounds(Nothing(), Nothing())
    held = Has(words if scope == EVERYWHERE else f"{{{' '.join(scope)}}} : {words}")
    return Bounds(held, held)
