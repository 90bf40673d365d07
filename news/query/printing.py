"""The canonical print of a query: parsing it again gives the same tree."""

from typing import assert_never

from news.query.tree import AliasSet, And, InField, Leaf, Node, Not, Or, Phrase, Prefix, Query, Word
from news.text import tokens


def normalise(query: Query) -> str:
    """Return `query` in its canonical form: folded words, one blank, parentheses where needed."""
    return printed(query.root)


def printed(node: Node) -> str:
    """Return the canonical form of one node."""
    match node:
        case Word() | Prefix() | Phrase():
            return _leaf(node)
        case And(parts):
            return " ".join(map(_enclosed, parts))
        case Or(parts):
            return " OR ".join(map(_enclosed, parts))
        case Not(part):
            return "-" + (f"({printed(part)})" if isinstance(part, Not) else _enclosed(part))
        case InField(field, part):
            return f"{field}:" + (f"({printed(part)})" if _is_sign(part) else _enclosed(part))
        case AliasSet(name):
            return f"@{name}"
        case _:
            assert_never(node)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Word(token):
            return token
        case Prefix(stem):
            return f"{stem}*"
        case Phrase(parts):
            return _row([_leaf(part) for part in parts])
        case _:
            assert_never(leaf)


def _enclosed(node: Node) -> str:
    return f"({printed(node)})" if isinstance(node, And | Or) else printed(node)


def _is_sign(node: Node) -> bool:
    """Tell of the nodes that cannot follow `title:` bare, though they need no parentheses else."""
    return isinstance(node, Not | InField)


def _row(parts: list[str]) -> str:
    """Print a phrase as its writers do: in quotes, unless its script knows no blanks anyway."""
    together = "".join(parts)
    if all(len(part) == 1 for part in parts) and tokens(together) == parts:
        return together
    return f'"{" ".join(parts)}"'
