"""Settings said on the command line, held against the same rules as those of the file."""

from collections.abc import Mapping
from typing import Any, TypeVar

from news.errors import UsageError
from wirewatch.config.fault import Fault
from wirewatch.config.shaping import Where, shaped

Shape = TypeVar("Shape")


def spoken(kind: type[Shape], said: Mapping[str, Any]) -> Shape:
    """Return `said` as a checked table; UsageError with what is wrong, key by key."""
    faults: list[Fault] = []
    placed = shaped(kind, said, Where(file="", lines={}), faults)
    if placed is None:
        raise UsageError("\n".join(fault.words for fault in faults))
    return placed.value
