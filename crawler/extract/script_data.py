"""The story of a page that stands in the data of its scripts alone.

Sites that are drawn by scripts carry their story as data: a script of JSON, an object given to a
name (`window.__STATE__ = {…}`), JSON as a text within, or the pushes of a stream. Whatever the
framework is, the story is where the most prose lies, in the object that has the page's title.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from crawler.extract.pushed_rows import rows_pushed
from crawler.extract.story_in_values import story_in_values

_LEAST = 400
_MOST = 3_000_000
_MOST_TRIES = 40
_GIVEN = re.compile(r"[\w$.\]\"')]\s*=\s*(?=[\[{])|=\s*JSON\.parse\(\s*(?=\")|=\s*(?=\"\{)")
_DECODER = json.JSONDecoder(strict=False)
_PUSHES = "__next_f"
_LITERAL = re.compile(r'(?:([\w$]{1,40})"?\s*:\s*)?("(?:[^"\\]|\\.)*+")', re.DOTALL)


def story_in_scripts(scripts: Iterable[str], title: str, *, titled: bool = False) -> str:
    """Return the story that the scripts' data hold, one paragraph a line, "" if there is none.

    `title` is the page's own: the object that carries it is preferred to larger ones, and is the
    only one that is believed if it has to be `titled`.
    """
    texts, left = [], _MOST
    for script in scripts:
        if (len(script) >= _LEAST or _PUSHES in script) and len(script) <= left:
            texts.append(script)
            left -= len(script)
    return story_in_values(list(_values(texts)), title, titled=titled)


def _values(texts: list[str]) -> Iterator[Any]:
    yield from rows_pushed([text for text in texts if _PUSHES in text])
    for text in texts:
        if _PUSHES not in text:
            yield from _values_of(text)


def _values_of(text: str) -> Iterator[Any]:
    bare = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    if bare[:1] in "{[" and (value := _read(bare, 0)) is not None:
        yield value[0]
        return
    found = list(_given(bare))
    yield from found or [_literals(bare)]


def _given(text: str) -> Iterator[Any]:
    """Yield each value that a script of code gives to a name, as far as it is JSON."""
    at = 0
    for _ in range(_MOST_TRIES):
        place = _GIVEN.search(text, at)
        if place is None:
            return
        at = place.end()
        if (read := _read(text, at)) is None:
            continue
        value, at = read
        if isinstance(value, str):
            value = next((inner for inner, _ in [_read(value, 0) or (None, 0)]), None)
        if isinstance(value, dict | list) and value:
            yield value


def _read(text: str, at: int) -> tuple[Any, int] | None:
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None


def _literals(text: str) -> list[dict[str, str]]:
    """Return the texts that a script of code writes, each under the name that stands before it."""
    found = []
    for name, literal in _LITERAL.findall(text):
        if len(literal) >= _LEAST // 4 and (read := _read(literal, 0)) is not None:
            found.append({name or "text": read[0]})
    return found
