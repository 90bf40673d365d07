"""Queries as PostgreSQL's tsquery, and articles as tsvectors that we build ourselves.

A tsvector holds positions up to 16,383 and 255 for each lexeme. A lexeme that lost a place gets one
more at the very end with weight D, so `x:D` says "x is incomplete here" and such rows are verified.
"""

from dataclasses import dataclass
from itertools import chain
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
    either,
    plan,
)
from archive.search.ddl import OPAQUE
from news.query.tree import EVERYWHERE, Leaf, Node, Part, Phrase, Prefix, Scope, Word
from news.text import Analyzed

GAP = 65
"""Places between the title's last token and the body's first; no row of words reaches across."""

DEEPEST = 64
"""Operators above each other that are planned: all that a query may have."""

LONGEST_ROW = 32
"""Parts of a phrase that are asked for in one row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a tsvector can hold; tests shrink these."""

    position: int = 16_319
    places: int = 254
    """Positions of one lexeme, of the 255 that are there, besides the one that says "more"."""
    size: int = 1_000_000
    """Bytes, of 1 MiB."""


LIMITS = Limits()
_INCOMPLETE = "16383"


def vector(article: Analyzed, limits: Limits = LIMITS) -> str:
    """Write an article as a tsvector: title with weight A, body with weight B."""
    places: dict[str, list[str]] = {}
    incomplete: set[str] = set()
    offset = len(article.title) + GAP
    numbered = chain(
        ((token, at, "A") for at, token in enumerate(article.title, 1)),
        ((token, at, "B") for at, token in enumerate(article.body, offset)),
    )
    for token, at, weight in numbered:
        held = places.setdefault(token, [])
        if at > limits.position or len(held) >= limits.places:
            incomplete.add(token)
        else:
            held.append(f"{at}{weight}")
    for token in incomplete:
        places[token].append(_INCOMPLETE)
    if _size(places) > limits.size:
        return f"'{OPAQUE}'"
    return " ".join([f"'{token}':{','.join(held)}" for token, held in places.items()])


def bounds(root: Node, *, deepest: int = DEEPEST) -> Bounds:
    """Bound a query by what a tsvector can tell; a row that tells nothing is never certain."""
    found = plan(root, _leaf, deepest=deepest)
    opaque = Has(f"'{OPAQUE}'")
    return Bounds(either([found.upper, opaque]), both([found.lower, Lacks(opaque)]))


def expression(condition: Condition) -> str | None:
    """Write `condition` as a tsquery; None where it is the same for all rows."""
    return None if isinstance(condition, Every | Nothing) else _written(condition)


def _written(condition: Condition) -> str:
    match condition:
        case Has(words):
            return words
        case Both(parts):
            return _halved([_written(part) for part in parts], " & ")
        case Either(parts):
            return _halved([_written(part) for part in parts], " | ")
        case Lacks(part):
            return f"!({_written(part)})"
        case Every() | Nothing():
            raise ValueError("a condition that is the same for all rows has no tsquery")
        case _:
            assert_never(condition)


def _halved(parts: list[str], joint: str) -> str:
    """Join many parts as a balanced tree: PostgreSQL walks it with its own stack."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return f"({_halved(parts[:middle], joint)}{joint}{_halved(parts[middle:], joint)})"


def _leaf(leaf: Leaf, scope: Scope) -> Bounds:
    if not scope:
        return Bounds(Nothing(), Nothing())
    match leaf:
        case Word() | Prefix():
            return Bounds(_present(leaf, scope), Has(_lexeme(leaf, _weights(scope))))
        case Phrase(parts):
            return _row(parts, scope)
        case _:
            assert_never(leaf)


def _present(part: Part, scope: Scope) -> Condition:
    """Hold where `part` stands in the scope, or may stand at a place that was lost."""
    weights = _weights(scope)
    return Has(_lexeme(part, weights + "D" if weights else ""))


def _row(parts: tuple[Part, ...], scope: Scope) -> Bounds:
    weights = _weights(scope)
    present = both(dict.fromkeys(_present(part, scope) for part in parts))
    lost = either(dict.fromkeys(Has(_lexeme(part, "D")) for part in parts))
    pieces = [parts[at : at + LONGEST_ROW] for at in range(0, len(parts), LONGEST_ROW)]
    rows = [" <-> ".join(_lexeme(part, weights) for part in piece) for piece in pieces]
    in_a_row = both(Has(f"({row})") for row in rows)
    upper = either([in_a_row, both([present, lost])])
    return Bounds(upper, in_a_row if len(rows) == 1 else Nothing())


def _lexeme(part: Part, weights: str) -> str:
    name = part.token if isinstance(part, Word) else part.stem
    star = "" if isinstance(part, Word) else "*"
    return f"'{name}':{star}{weights}" if star or weights else f"'{name}'"


def _weights(scope: Scope) -> str:
    """Return the weights of the fields, or none where every place will do."""
    return "" if scope == EVERYWHERE else "".join("AB"[field == "body"] for field in scope)


def _size(places: dict[str, list[str]]) -> int:
    """Estimate from above what the tsvector takes."""
    return sum(len(token.encode()) + 4 + 2 * len(held) for token, held in places.items())
