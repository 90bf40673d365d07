"""The project's own files, as the architecture tests read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("news", "crawler", "archive", "scheduler", "alerts", "wirewatch")
AROUND = ("tests", "bench")


@dataclass(frozen=True, kw_only=True)
class Source:
    """One Python file: its place from the root, in slashes, and its text."""

    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text, self.place)

    @property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.splitlines()

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """Every absolute import, also within functions: its line and the module's full name."""
        found: list[tuple[int, str]] = []
        for node in ast.walk(self.tree):
            match node:
                case ast.Import(names=names):
                    found += [(node.lineno, alias.name) for alias in names]
                case ast.ImportFrom(module=str(module), level=0, names=names):
                    found += [(node.lineno, f"{module}.{alias.name}") for alias in names]
                case _:
                    continue
        return found

    @property
    def is_test(self) -> bool:
        """Whether the file belongs to the tests."""
        return self.place.startswith("tests/")


def sources(*folders: str) -> Iterator[Source]:
    """Give every Python file below `folders`, in a stable order; each is read and parsed once."""
    for folder in folders:
        yield from _below(folder)


@cache
def _below(folder: str) -> tuple[Source, ...]:
    return tuple(
        Source(place=path.relative_to(ROOT).as_posix(), text=path.read_text("utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


def sample(text: str, place: str = "crawler/sample.py") -> Source:
    """Make a file that does not exist, to show that a rule can fail."""
    return Source(place=place, text=text)
