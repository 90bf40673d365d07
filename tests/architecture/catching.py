"""Catching everything is a policy: it stands in exactly one place of each loop that must go on.

A handler is broad if it catches Exception, BaseException or, unnamed, both. One that ends by
letting the exception fly again only tidies up and is not counted.
"""

import ast
from dataclasses import dataclass

from tests.architecture.tree import Source

BROAD = frozenset({"Exception", "BaseException"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadCatch:
    """A handler of everything; `explained` tells that a comment stands at it."""

    place: str
    line: int
    explained: bool


def broad_catches(source: Source) -> list[BroadCatch]:
    """Find every place in `source` where any exception at all is kept from flying."""
    return [
        BroadCatch(place=source.place, line=node.lineno, explained=_explained(source, node.lineno))
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ExceptHandler) and _is_broad_handler(node))
        or (isinstance(node, ast.Call) and _is_broad_suppress(node))
    ]


def _is_broad_handler(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    flies_on = isinstance(last, ast.Raise) and last.exc is None
    return not flies_on and (handler.type is None or _names_broad(handler.type))


def _is_broad_suppress(call: ast.Call) -> bool:
    named = ast.unparse(call.func).split(".")[-1]
    return named == "suppress" and any(_names_broad(argument) for argument in call.args)


def _names_broad(caught: ast.expr) -> bool:
    return any(isinstance(node, ast.Name) and node.id in BROAD for node in ast.walk(caught))


def _explained(source: Source, line: int) -> bool:
    """Tell whether a comment stands on the line or beside it; a bare `noqa` is none."""
    around = source.lines[max(0, line - 2) : line + 1]
    comments = [text.partition("#")[2].strip() for text in around]
    return any(comment and not comment.startswith(("noqa", "type:")) for comment in comments) or (
        "noqa" in source.lines[line - 1] and bool(_after_noqa(source.lines[line - 1]))
    )


def _after_noqa(text: str) -> str:
    codes = text.partition("# noqa:")[2].strip()
    return codes.partition(" ")[2].strip(" #-—")
