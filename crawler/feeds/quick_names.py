"""What feedparser calls each element of one document, for a reading that must agree with it.

It knows some vocabularies by their addresses and calls their elements `prefix_name`, whatever
prefix a document uses; elements of the formats themselves have no prefix. Others go by the prefix
that the document gave them. Where that would depend on what was declared last, nothing is named.
"""

import re

from feedparser.mixin import _FeedParserMixin

_KNOWN: dict[str, str] = {
    address.lower(): prefix for address, prefix in _FeedParserMixin.namespaces.items()
}
_OWN_PREFIXES = frozenset(filter(None, _KNOWN.values()))
_DECLARATION = re.compile(rb"""xmlns(?::([-\w.]+))?\s*+=\s*+["']([^"'<>&]*+)["']""")
_USERLAND = "backend.userland.com/rss"
_MOST_DECLARATIONS = 100
_MOST_SAID = 10_000
"""So often the same may be declared: some say it with each item."""


def names_in(body: bytes) -> "Names | None":
    """Return the names of a document's elements; None if a prefix has two meanings."""
    found: set[tuple[bytes, bytes]] = set()
    for count, declaration in enumerate(_DECLARATION.finditer(body)):
        found.add((declaration[1] or b"", declaration[2]))
        if len(found) > _MOST_DECLARATIONS or count > _MOST_SAID:
            return None
    prefixes: dict[str, str] = {}
    defaults: set[str] = set()
    for prefix, address in found:
        name, meaning = prefix.decode(), address.decode()
        if not name:
            defaults.add(meaning)
        elif prefixes.setdefault(name, meaning) != meaning or _misleads(name, meaning):
            return None
    unknown = [meaning for meaning in prefixes.values() if meaning.lower() not in _KNOWN]
    if len(unknown) != len(set(unknown)) or defaults & set(unknown):
        return None
    return Names({meaning: name for name, meaning in prefixes.items()}, frozenset(defaults))


def _misleads(name: str, meaning: str) -> bool:
    if not name.isascii() or name != name.lower():
        return True
    if name in _OWN_PREFIXES:
        return _KNOWN.get(meaning.lower(), name) != name
    return _USERLAND in meaning


class Names:
    """The names of one document's elements and attributes."""

    def __init__(self, prefixes: dict[str, str], defaults: frozenset[str]) -> None:
        self._prefixes = prefixes
        self.addresses = defaults | prefixes.keys()

    def of(self, tag: str) -> str:
        """Return the name of an element by the tag that lxml gives it."""
        address, _, local = tag.rpartition("}")
        local = local.lower()
        if not address:
            return local
        address = address[1:]
        prefix = "" if _USERLAND in address.lower() else _KNOWN.get(address.lower())
        if prefix is None:
            prefix = self._prefixes.get(address, "")
        return f"{prefix}_{local}" if prefix else local


def attributes(items: list[tuple[str, str]]) -> dict[str, str] | None:
    """Return an element's attributes by their names; None if two have the same."""
    said: dict[str, str] = {}
    for key, value in items:
        name = _attribute(key) if key[0] == "{" else key.lower()
        if name in said:
            return None
        said[name] = value.lower() if name in ("rel", "type") else value
    return said


def _attribute(key: str) -> str:
    address, _, local = key[1:].rpartition("}")
    prefix = _KNOWN.get(address.lower(), "")
    return (f"{prefix}:{local}" if prefix else local).lower()
