"""Where each key of a TOML text stands: tomllib gives the values, but no lines.

It reads only texts that tomllib has accepted, so it must know where things end, not whether they
are right. A path is made of keys and list positions: `("watch", 0, "to", 1)`.
"""

import re
import tomllib
from bisect import bisect_left
from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*+")
_PART = r"""(?:"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|[A-Za-z0-9_-]++)"""
_KEY = re.compile(rf"[ \t]*+{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+[ \t]*+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{1,2})?'
    r"|'''.*?'''(?:'{1,2})?"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]*+")


def lines_of(text: str) -> dict[KeyPath, int]:
    """Return the line (from 1) of every key, table and list element of a valid TOML `text`.

    `text` has its line ends as tomllib wants them, a newline alone. A table that has a header
    stands where its header does, any other where its first key does.
    """
    scanner = _Scanner(text)
    scanner.statements()
    return scanner.lines


class _Scanner:
    """One pass over the text; `lines` fills on the way."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._text = text
        self._at = 0
        self._newlines = [found.start() for found in re.finditer("\n", text)]
        self._lengths: dict[KeyPath, int] = {}  # of the [[lists of tables]] so far

    def statements(self) -> None:
        table: KeyPath = ()
        while self._skip_blank():
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> KeyPath:
        line = self._line()
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        *parents, last = self._key()
        self._at += brackets
        path: KeyPath = ()
        for part in parents:
            path = self._entered((*path, part), line)
        path = (*path, last)
        if brackets == 1:
            path = self._entered(path, line)
        else:
            self.lines.setdefault(path, line)
            self._lengths[path] = self._lengths.get(path, 0) + 1
            path = (*path, self._lengths[path] - 1)
        self.lines[path] = line
        return path

    def _entered(self, path: KeyPath, line: int) -> KeyPath:
        """Step into the table at `path`: the newest one where it is a list of tables."""
        self.lines.setdefault(path, line)
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _pair(self, table: KeyPath) -> None:
        line = self._line()
        path = table
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._value(path)

    def _key(self) -> list[str]:
        raw = self._take(_KEY)
        parts: list[str] = []
        rest = tomllib.loads(f"{raw} = 0")
        while isinstance(rest, dict):
            ((part, rest),) = rest.items()
            parts.append(part)
        return parts

    def _value(self, path: KeyPath) -> None:
        self._skip_blank()
        if self._text.startswith("[", self._at):
            self._list(path)
        elif self._text.startswith("{", self._at):
            self._inline_table(path)
        elif not self._take(_STRING):
            self._take(_SCALAR)

    def _list(self, path: KeyPath) -> None:
        self._at += 1
        position = 0
        while not self._closed("]"):
            self.lines[(*path, position)] = self._line()
            self._value((*path, position))
            position += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while not self._closed("}"):
            self._pair(path)

    def _closed(self, bracket: str) -> bool:
        """Skip to the next element, or over the closing `bracket`."""
        self._skip_blank()
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip_blank()
        closed = self._text.startswith(bracket, self._at)
        self._at += closed
        return closed

    def _skip_blank(self) -> bool:
        """Skip to the next character that means something; tell whether there is one."""
        self._take(_BLANK)
        return self._at < len(self._text)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found[0]

    def _line(self) -> int:
        return bisect_left(self._newlines, self._at) + 1
