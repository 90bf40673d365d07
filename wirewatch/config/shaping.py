"""From raw TOML tables to checked ones, with every fault in our own words.

pydantic checks the shape; its errors are read here and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from wirewatch.config.fault import Fault, Origin, did_you_mean
from wirewatch.config.locate import KeyPath

Shape = TypeVar("Shape")

_MUST_BE = {
    "missing": "is missing",
    "string_type": "must be a text in quotes",
    "literal_error": "must be a text in quotes",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list of texts in quotes",
    "time_delta_type": 'must be a duration such as "90s", "2m" or "1h"',
}
_TOML_WORDS = {str: "a text", bool: "true or false", int: "a number", float: "a number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A table in a file: `table` is what a person calls it, `path` where TOML has it."""

    file: str
    lines: Mapping[KeyPath, int]
    path: KeyPath = ()
    table: str = ""

    def origin(self, *keys: str | int) -> Origin:
        """Return the line of a key of this table, or of what comes nearest above it."""
        path = (*self.path, *keys)
        while path not in self.lines and path:
            path = path[:-1]
        return Origin(self.file, self.lines.get(path, 1))

    def fault(self, words: str, *keys: str | int) -> Fault:
        """Return a fault at a key of this table."""
        return Fault(self.origin(*keys), self.table, words)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Shape]):
    """A checked table, and where it stands."""

    value: Shape
    where: Where


def shaped(
    kind: type[Shape], raw: Mapping[str, Any], where: Where, faults: list[Fault]
) -> Placed[Shape] | None:
    """Check one table; what is wrong goes to `faults`, and None says that something was."""
    known = _keys(kind)
    before = len(faults)
    for key in raw:
        if key not in known:
            words = f'unknown key "{key}"{did_you_mean(key, known)}'
            faults.append(where.fault(words, key))
    try:
        value = kind(**{key: raw[key] for key in raw if key in known})
    except ValidationError as error:
        faults.extend(
            where.fault(_words(one["type"], one["loc"], one["msg"], one["input"]), *one["loc"])
            for one in error.errors(include_url=False)
        )
        return None
    return Placed(value, where) if len(faults) == before else None


def _keys(kind: type) -> Sequence[str]:
    fields = kind.__pydantic_fields__  # type: ignore[attr-defined]  # of a pydantic dataclass
    return [field.alias or name for name, field in fields.items()]


def _words(error: str, loc: tuple[str | int, ...], message: str, given: object) -> str:
    key = loc[0]
    if error == "missing":
        return f'"{key}" is missing'
    if error == "value_error":
        return f"{key}: {message.removeprefix('Value error, ')}"
    must_be = _MUST_BE.get(error, message)
    return f"{key}: {must_be}, not {_TOML_WORDS.get(type(given), 'that')}"
