"""The values in a page's JSON-LD, as JSON where it is JSON, and what can be saved of it where not.

Templates write JSON by hand: with commas too many, raw line breaks, quotes that nobody escaped, two
objects in a row, comments of HTML around it, or only half of it. `json` refuses all of that, so a
reader of our own takes over: one pass, no recursion, and whatever stands before the fault is kept.
"""

import json
import re
from typing import Any

from crawler.references import unescaped

_LONGEST = 2_000_000
_LONGEST_BROKEN = 500_000
_DEEPEST = 200
_BLANK = "\ufeff \t\r\n"
_BEFORE = ("<!--", "//", "/*", "<![CDATA[", "*/")
_BEHIND = ("-->", "*/", "]]>", "//", "/*", ";")
_TOKEN = re.compile(r'\s*+(?:([{}\[\],:])|(")|([^\s{}\[\],:"]++))')
_STOP = re.compile(r'["\\]')
_NEXT_KEY = r'"(?:[^"\\]|\\.){0,250}+"\s*+:'
_ENDS_KEY = re.compile(r"\s*+:")
_ENDS_MEMBER = re.compile(rf"\s*+(?:[}}\]]|\Z|,?\s*+(?:{_NEXT_KEY}|\Z)|,\s*+[}}\]])")
_ENDS_ITEM = re.compile(r'\s*+(?:[}\]]|\Z|,\s*+(?:["{}\[\]\-\d]|true|false|null|\Z))')
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_MEANT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def values_in(text: str) -> list[Any]:
    """Return the values that a JSON-LD script holds, usually one; [] where nothing is readable."""
    bare = _unwrapped(text[:_LONGEST])
    if '"' not in bare and "&quot;" in bare:
        bare = unescaped(bare)
    try:
        return [json.loads(bare, strict=False)]
    except (ValueError, RecursionError):
        return _Salvage(bare[:_LONGEST_BROKEN]).values()


def _unwrapped(text: str) -> str:
    """Take off the comments of HTML and the CDATA marks that some templates put around."""
    bare = text.strip(_BLANK)
    for mark in _BEFORE:
        bare = bare.removeprefix(mark).lstrip(_BLANK)
    for mark in _BEHIND:
        bare = bare.removesuffix(mark).rstrip(_BLANK)
    return bare


class _Salvage:
    """Reads `text` as JSON that may be broken anywhere."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._found: list[Any] = []
        self._open: list[dict[str, Any] | list[Any]] = [self._found]
        self._keys: list[str | None] = [None]
        self._unclosed: dict[type, int] = {dict: 0, list: 0}

    def values(self) -> list[Any]:
        while token := _TOKEN.match(self._text, self._at):
            self._at = token.end()
            sign, quote, word = token.groups()
            if quote:
                self._take_text()
            elif word:
                self._put(_WORDS.get(word, word))
            elif not self._structure(sign):
                break
        return [value for value in self._found if isinstance(value, dict | list)]

    def _structure(self, sign: str) -> bool:
        """Open or close what `sign` does; False where it is nested too deep to be meant."""
        if sign in "{[":
            if len(self._open) > _DEEPEST:
                return False
            inner: dict[str, Any] | list[Any] = {} if sign == "{" else []
            self._put(inner)
            self._open.append(inner)
            self._unclosed[type(inner)] += 1
            self._keys.append(None)
        elif sign in "}]":
            self._close(dict if sign == "}" else list)
        elif sign == ",":
            self._keys[-1] = None
        return True

    def _close(self, kind: type) -> None:
        """Close the innermost container of this kind and what was left open in it."""
        if not self._unclosed[kind]:
            return
        while not isinstance(self._open[-1], kind):
            self._leave()
        self._leave()
        self._keys[-1] = None

    def _leave(self) -> None:
        self._unclosed[type(self._open.pop())] -= 1
        self._keys.pop()

    def _put(self, value: Any) -> None:  # noqa: ANN401 - JSON holds anything
        inner = self._open[-1]
        if isinstance(inner, list):
            inner.append(value)
        elif self._keys[-1] is not None:
            inner.setdefault(self._keys[-1], value)
            self._keys[-1] = None

    def _take_text(self) -> None:
        in_object = isinstance(self._open[-1], dict)
        if in_object and self._keys[-1] is None:
            self._keys[-1] = self._string(_ENDS_KEY)
        else:
            self._put(self._string(_ENDS_MEMBER if in_object else _ENDS_ITEM))

    def _string(self, ends: re.Pattern[str]) -> str:
        """Read to the quote after which the text goes on as JSON would; others are part of it."""
        start = self._at
        while stop := _STOP.search(self._text, self._at):
            self._at = stop.end()
            if stop[0] == "\\":
                self._at += 1
            elif ends.match(self._text, self._at):
                return _meant(self._text[start : stop.start()])
        self._at = len(self._text)
        return _meant(self._text[start:])


def _meant(raw: str) -> str:
    if "\\" not in raw:
        return raw
    text = _ESCAPE.sub(_character, raw)
    # Two halves of a character above U+FFFF were written as two escapes.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return _MEANT.get(escape[2], escape[2])
