"""Entries as plain values that JSON knows, for the pipes between processes."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from news.entry import Entry

_TIMES = ("published", "updated")


def entry_plain(entry: Entry) -> dict[str, Any]:
    """Return `entry` as plain values."""
    said = asdict(entry)
    return said | {name: said[name] and said[name].isoformat() for name in _TIMES}


def entry_of(said: Mapping[str, Any]) -> Entry:
    """Return what `entry_plain` was given."""
    times = {name: said[name] and datetime.fromisoformat(said[name]) for name in _TIMES}
    return Entry(**{**said, **times, "authors": tuple(said["authors"])})
