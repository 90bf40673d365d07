"""Names that say nothing, packages that hold code, and traces of the machine it was written on."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.tree import Source

EMPTY_NAMES = frozenset(
    {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"}
)
_EMPTY_CLASS = re.compile(r"(Manager|Helper|Util)s?$")
_MACHINE = re.compile(
    r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/|\b(?:pypi|npmjs|pythonhosted)\."
)


def empty_names(source: Source) -> Iterator[str]:
    """Name files, folders and classes in `source` that are called after nothing."""
    for part in PurePosixPath(source.place).with_suffix("").parts:
        if EMPTY_NAMES & set(part.split("_")):
            yield f"{source.place}: {part} says nothing"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and _EMPTY_CLASS.search(node.name):
            yield f"{source.place}:{node.lineno}: {node.name} says nothing"


def full_package(source: Source) -> bool:
    """Tell whether an `__init__.py` holds more than its docstring, or not even that."""
    if not source.place.endswith("__init__.py"):
        return False
    return len(source.tree.body) != 1 or ast.get_docstring(source.tree) is None


def machine_traces(place: str, text: str) -> Iterator[str]:
    """Name lines that tell of one person's folders, or of where packages were fetched."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := _MACHINE.search(line):
            yield f"{place}:{number}: {found[0]}"
