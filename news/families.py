"""What is known of publishers beforehand: their names, countries, and who belongs to whom.

It stands in news/families.toml, shipped with wirewatch; whoever configures wirewatch knows better.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("families.toml")
_NO_FAMILY = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A publisher as wirewatch knows it from the start; `country` is its ISO 3166 code."""

    name: str
    country: str | None = None
    family: str | None = None


def shipped(domain: str) -> Shipped:
    """Return what is known of the publisher at a registrable domain: its domain, if nothing is."""
    return all_shipped().get(domain) or Shipped(name=domain)


@lru_cache(maxsize=1)
def all_shipped() -> Mapping[str, Shipped]:
    """Return every publisher that is known beforehand, by its registrable domain."""
    # Read late: commands that make no publisher should not pay for it.
    families = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        domain: _read(line, None if family == _NO_FAMILY else family)
        for family, publishers in families.items()
        for domain, line in publishers.items()
    }


def _read(line: str, family: str | None) -> Shipped:
    country, _, name = line.partition(" ")
    return Shipped(name=name, country=country, family=family)
