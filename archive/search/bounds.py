"""Two bounds on the truth of a query: what an engine can say about it for certain.

The *upper* condition holds wherever the query does, the *lower* one only where it does. Whatever
an engine cannot express, or holds incompletely, widens the upper and narrows the lower bound; NOT
swaps the two. Articles between the bounds are verified by the evaluator that watches are matched
with.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from news.query.tree import (
    EVERYWHERE,
    AliasSet,
    And,
    InField,
    Leaf,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Scope,
    Word,
    looked_in,
)


@dataclass(frozen=True, slots=True)
class Every:
    """Holds for every row."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Holds for no row."""


@dataclass(frozen=True, slots=True)
class Has:
    """A leaf in the engine's own words."""

    words: str


@dataclass(frozen=True, slots=True)
class Both:
    """All of two or more conditions."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """Any of two or more conditions."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Lacks:
    """The condition does not hold; it is neither `Every` nor `Nothing`."""

    part: "Condition"


Condition: TypeAlias = Every | Nothing | Has | Both | Either | Lacks


@dataclass(frozen=True, slots=True)
class Bounds:
    """The upper and the lower condition; where they are the same, no row needs verifying."""

    upper: Condition
    lower: Condition


UNKNOWN = Bounds(Every(), Nothing())

LeafPlan: TypeAlias = Callable[[Leaf, Scope], Bounds]


def plan(node: Node, leaf: LeafPlan, *, deepest: int, scope: Scope = EVERYWHERE) -> Bounds:
    """Bound the truth of `node` by what `leaf` says; below `deepest` operators nothing is known."""
    match node:
        case Word() | Prefix() | Phrase():
            return leaf(node, scope)
        case _ if deepest == 0:
            return UNKNOWN
        case InField(_, part) | AliasSet(_, part):
            return plan(part, leaf, deepest=deepest, scope=looked_in(node, scope))
        case Not(part):
            bounds = plan(part, leaf, deepest=deepest - 1, scope=scope)
            return Bounds(lacks(bounds.lower), lacks(bounds.upper))
        case And(parts):
            planned = [plan(part, leaf, deepest=deepest - 1, scope=scope) for part in parts]
            return Bounds(
                both(bounds.upper for bounds in planned), both(bounds.lower for bounds in planned)
            )
        case Or(parts):
            planned = [plan(part, leaf, deepest=deepest - 1, scope=scope) for part in parts]
            return Bounds(
                either(bounds.upper for bounds in planned),
                either(bounds.lower for bounds in planned),
            )
        case _:
            assert_never(node)


def both(parts: Iterable[Condition]) -> Condition:
    """Join with AND; nested ones become one."""
    flat: list[Condition] = []
    for part in parts:
        if isinstance(part, Nothing):
            return part
        if not isinstance(part, Every):
            flat += part.parts if isinstance(part, Both) else [part]
    return Every() if not flat else flat[0] if len(flat) == 1 else Both(tuple(flat))


def either(parts: Iterable[Condition]) -> Condition:
    """Join with OR; nested ones become one."""
    flat: list[Condition] = []
    for part in parts:
        if isinstance(part, Every):
            return part
        if not isinstance(part, Nothing):
            flat += part.parts if isinstance(part, Either) else [part]
    return Nothing() if not flat else flat[0] if len(flat) == 1 else Either(tuple(flat))


def lacks(part: Condition) -> Condition:
    """Turn a condition round."""
    match part:
        case Every():
            return Nothing()
        case Nothing():
            return Every()
        case Lacks(inner):
            return inner
        case _:
            return Lacks(part)
