"""A small reader of JSON Schema: the keywords that alerts/schemas.py uses, and no others."""

import re
from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}

_NOTES = {"$schema", "title", "format"}


def faults(value: Any, schema: dict[str, Any], place: str = "$") -> Iterator[str]:
    """Tell every fault of `value` under `schema`; an unknown keyword is a fault of the test."""
    for keyword, wanted in schema.items():
        if keyword not in _NOTES:
            yield from _CHECKS[keyword](value, wanted, place)


def _type(value: Any, wanted: Any, place: str) -> Iterator[str]:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    fits = (isinstance(value, _TYPES[kind]) for kind in kinds)
    if not any(fits) or (isinstance(value, bool) and "boolean" not in kinds):
        yield f"{place}: not of type {wanted}"


def _required(value: Any, wanted: Any, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{place}: {name} is missing" for name in wanted if name not in value)


def _properties(value: Any, wanted: Any, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name in value.keys() & wanted.keys():
            yield from faults(value[name], wanted[name], f"{place}.{name}")
        # Ours to name all that we send, though receivers must bear more.
        yield from (f"{place}: {name} is not named" for name in value.keys() - wanted.keys())


def _items(value: Any, wanted: Any, place: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from faults(item, wanted, f"{place}[{number}]")


def _pattern(value: Any, wanted: Any, place: str) -> Iterator[str]:
    if isinstance(value, str) and not re.search(wanted, value):
        yield f"{place}: {value!r} is not {wanted}"


def _simple(fits: Any, words: str) -> Any:
    def check(value: Any, wanted: Any, place: str) -> Iterator[str]:
        if not fits(value, wanted):
            yield f"{place}: {words} {wanted}"

    return check


_CHECKS: dict[str, Any] = {
    "type": _type,
    "required": _required,
    "properties": _properties,
    "items": _items,
    "pattern": _pattern,
    "const": _simple(lambda value, wanted: value == wanted, "is not"),
    "enum": _simple(lambda value, wanted: value in wanted, "is none of"),
    "minimum": _simple(lambda value, wanted: value >= wanted, "is below"),
    "maxLength": _simple(lambda value, wanted: len(value) <= wanted, "is longer than"),
    "maxItems": _simple(lambda value, wanted: len(value) <= wanted, "has more items than"),
}
