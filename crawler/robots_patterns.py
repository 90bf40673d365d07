"""Patterns of a robots.txt and the addresses they are held against, both in one spelling.

An address is matched as it is sent: in ASCII, all else escaped.
"""

import re
from dataclasses import dataclass

LONGEST_LINE = 2083 * 8 - 1
FOLLOWED = 2_048
"""Stars are followed so far into an address: thousands of patterns may have them."""

_MOST_CHARACTERS = 2 * LONGEST_LINE
"""An address is looked at so far; no pattern is longer, and strangers may send any."""

_SCHEME = re.compile(r"^(?://|[^/?;]*://)")
_PATH = re.compile(r"[/?;]")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})|[*$]|[^\x00-\x7f]+")
_SENT = re.compile(r"%([0-9A-Fa-f]{2})|[*$]")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wild:
    """A pattern with `*` or `$` in it: the pieces between its stars."""

    weight: int
    allow: bool
    pieces: tuple[str, ...]
    ends: bool

    def matches(self, path: str) -> bool:
        """Tell whether `path` begins (or is, where it `ends`) as the pattern says."""
        first, *middle = self.pieces
        if not path.startswith(first):
            return False
        if not middle:
            return not self.ends or len(path) == len(first)
        at, last = len(first), middle.pop()
        end = max(at, FOLLOWED)
        for piece in middle:
            found = path.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        if self.ends:
            return len(path) - len(last) >= at and path.endswith(last)
        return path.find(last, at, end) >= 0


def path_of(url: str) -> str:
    """Return path, parameters and query of `url` in that spelling, "/" where it has none."""
    rest = _SCHEME.sub("", url, count=1).partition("#")[0]
    begin = _PATH.search(rest)
    if begin is None:
        return "/"
    path = rest[begin.start() :]
    path = path if path[0] == "/" else f"/{path}"
    return _SENT.sub(_respelled, path[:_MOST_CHARACTERS])


def pattern_of(value: str) -> str:
    """Return a pattern in the one spelling that addresses are brought to."""
    if value.isascii() and "%" not in value and "$" not in value:
        return value
    bare = value.removesuffix("$")
    return _ESCAPED.sub(_escaped, bare) + value[len(bare) :]


def wild_of(pattern: str, *, allow: bool) -> Wild:
    """Return a pattern with `*` or `$` in it, in that spelling, as a rule."""
    ends = pattern[-1] == "$"
    pieces = tuple((pattern[:-1] if ends else pattern).split("*"))
    return Wild(weight=len(pattern), allow=allow, pieces=pieces, ends=ends)


def _escaped(found: re.Match[str]) -> str:
    if found[0] == "*":
        return "*"
    if found[0].isascii():
        return _respelled(found)
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _respelled(found: re.Match[str]) -> str:
    """Spell what stands for itself: `%7e` as `~`, as RFC 9309 says, and a star as no wildcard."""
    if found[1] is None:
        return f"%{ord(found[0]):02X}"
    byte = int(found[1], 16)
    return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"
