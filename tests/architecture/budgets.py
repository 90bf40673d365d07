"""The budgets for the code that ruff does not hold.

ruff holds statements, complexity and arguments with `self` (pyproject.toml, shown to fail in
test_style.py). Here stand lines of files, functions and classes, arguments without `self`, and
that a boolean is never passed by position, neither to a function nor to a dataclass.
"""

import ast
from collections.abc import Iterator
from typing import TypeAlias

from tests.architecture.tree import Source

FILE_LINES = 250
TEST_FILE_LINES = 400
BODY_LINES = 40
CLASS_LINES = 150
ARGUMENTS = 5

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def over_budget(source: Source) -> list[str]:
    """Name everything in `source` that is over a budget, as `place:line: words`."""
    return [
        *_long_file(source),
        *(f"{source.place}:{node.lineno}: {words}" for node, words in _long_parts(source)),
        *(f"{source.place}:{node.lineno}: {words}" for node, words in _wide_functions(source)),
        *(f"{source.place}:{line}: {words}" for line, words in _loose_booleans(source)),
    ]


def _long_file(source: Source) -> Iterator[str]:
    limit = TEST_FILE_LINES if source.is_test else FILE_LINES
    if len(source.lines) > limit:
        yield f"{source.place}:1: {len(source.lines)} lines in a file, {limit} allowed"


def _long_parts(source: Source) -> Iterator[tuple[Function | ast.ClassDef, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, Function) and (lines := body_lines(node)) > BODY_LINES:
            yield node, f"{lines} lines in the body of {node.name}, {BODY_LINES} allowed"
        if isinstance(node, ast.ClassDef) and (lines := lines_of(node)) > CLASS_LINES:
            yield node, f"{lines} lines in class {node.name}, {CLASS_LINES} allowed"


def lines_of(node: ast.stmt) -> int:
    """Count the lines of a statement, first to last."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def body_lines(function: Function) -> int:
    """Count the lines of a function's body; its docstring is not code, comments within are."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    if not body:
        return 0
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def _wide_functions(source: Source) -> Iterator[tuple[Function, str]]:
    if source.is_test:
        return  # a test's arguments are its fixtures and its table
    for function, owner in _functions(source.tree):
        count = len(_arguments(function, owner))
        if count > ARGUMENTS:
            yield function, f"{count} arguments of {function.name}, {ARGUMENTS} allowed"


def _functions(tree: ast.Module) -> Iterator[tuple[Function, ast.ClassDef | None]]:
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                yield child, node if isinstance(node, ast.ClassDef) else None


def _positional(function: Function, owner: ast.ClassDef | None) -> list[ast.arg]:
    arguments = [*function.args.posonlyargs, *function.args.args]
    static = any(
        isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list
    )
    return arguments[1:] if owner is not None and not static else arguments


def _arguments(function: Function, owner: ast.ClassDef | None) -> list[ast.arg]:
    more = [one for one in (function.args.vararg, function.args.kwarg) if one is not None]
    return [*_positional(function, owner), *function.args.kwonlyargs, *more]


def _loose_booleans(source: Source) -> Iterator[tuple[int, str]]:
    if source.is_test:
        return  # a table's columns are passed by name
    yield from _loose_parameters(source.tree)
    yield from _loose_fields(source.tree)


def _loose_parameters(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for function, owner in _functions(tree):
        if function.name.startswith("__") and function.name != "__init__":
            continue  # Python itself passes these by position
        for argument in _positional(function, owner):
            if _is_boolean(argument.annotation):
                yield argument.lineno, f"boolean {argument.arg} of {function.name} by position"


def _loose_fields(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and _is_positional_dataclass(node):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and _is_boolean(field.annotation):
                    yield field.lineno, f"boolean field of {node.name}, which is not kw_only"


def _is_boolean(annotation: ast.expr | None) -> bool:
    match annotation:
        case ast.Name(id="bool"):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_boolean(left) or _is_boolean(right)
        case _:
            return False


def _is_positional_dataclass(node: ast.ClassDef) -> bool:
    for decorator in node.decorator_list:
        match decorator:
            case ast.Name(id="dataclass"):
                return True
            case ast.Call(func=ast.Name(id="dataclass"), keywords=keywords):
                return not any(keyword.arg == "kw_only" for keyword in keywords)
            case _:
                continue
    return False
