"""A parsed query as a tree of values, which printing, evaluation and search plans walk.

Leaves hold folded tokens, never what was typed. A further operator is one more node here and one
more case in each walk; `assert_never` names the walks that lack it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from news.match import FieldName


@dataclass(frozen=True, slots=True)
class Word:
    """One token."""

    token: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any token that begins with `stem`."""

    stem: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more parts in a row, within one field."""

    parts: "tuple[Word | Prefix, ...]"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts, none of which is an `And`."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts, none of which is an `Or`."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class InField:
    """The part holds when its terms look in `field` alone."""

    field: FieldName
    part: "Node"


@dataclass(frozen=True, slots=True)
class AliasSet:
    """The part holds; it is what the alias `name` stood for when the query was read.

    Queries share it, so it is a cheap key: hashing asks the name alone.
    """

    name: str
    part: "Node" = field(hash=False)


Part: TypeAlias = Word | Prefix
Leaf: TypeAlias = Word | Prefix | Phrase
Node: TypeAlias = Word | Prefix | Phrase | And | Or | Not | InField | AliasSet

Scope: TypeAlias = tuple[FieldName, ...]
"""The fields in which a term looks."""

EVERYWHERE: Scope = ("title", "body")


@dataclass(frozen=True, slots=True)
class Hint:
    """What may not be meant, about `length` code points of the query from `position` (0-based)."""

    position: int
    length: int
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was typed, its tree, and what its author may want to look at again."""

    text: str
    root: Node
    hints: tuple[Hint, ...] = ()


def looked_in(node: InField | AliasSet, scope: Scope) -> Scope:
    """Return the fields of `scope` in which the terms under `node` look."""
    if isinstance(node, AliasSet):
        return scope
    return tuple(each for each in scope if each == node.field)


def all_of(parts: Iterable[Node]) -> Node:
    """Join one or more `parts` with AND; nested ANDs become one."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) else [part]
    return And(tuple(flat)) if len(flat) > 1 else flat[0]


def any_of(parts: Iterable[Node]) -> Node:
    """Join one or more `parts` with OR; nested ORs become one."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Or) else [part]
    return Or(tuple(flat)) if len(flat) > 1 else flat[0]


def phrase_of(parts: Iterable[Part]) -> Leaf:
    """Put one or more `parts` in a row."""
    row = tuple(parts)
    return Phrase(row) if len(row) > 1 else row[0]


def below(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly under `node`; a phrase counts as one leaf."""
    match node:
        case And(parts) | Or(parts):
            return parts
        case Not(part) | InField(_, part) | AliasSet(_, part):
            return (part,)
        case _:
            return ()
