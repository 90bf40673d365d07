"""The rows that Next.js pushes into a page: a stream of values, each line `number:JSON`.

A text that is too long for a line of its own comes as `number:Tlength,text`, its length in bytes.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_PUSH = re.compile(r"__next_f\s*(?:\|\|\s*\[\]\s*\))?\.push\(\s*(?=\[)")
_ROW = re.compile(rb"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,7}),|[A-Z]{0,2}(?=[\[{\"]))")
_DECODER = json.JSONDecoder(strict=False)
_MOST_ROWS = 20_000
_MOST_BROKEN = 50


def rows_pushed(scripts: Iterable[str]) -> Iterator[Any]:
    """Yield the value of each row, in the order of the stream; long texts come first."""
    stream = "".join(_chunks(scripts)).encode(errors="replace")
    at, others = 0, []
    for _ in range(_MOST_ROWS):
        row = _ROW.match(stream, at) or _ROW.search(stream, _next_line(stream, at))
        if row is None:
            break
        if row[2] is not None:
            at = row.end() + int(row[2], 16)
            yield {"html": stream[row.end() : at].decode(errors="replace")}
        else:
            at = _next_line(stream, row.end())
            others.append(_parsed(stream[row.end() : at].decode(errors="replace")))
    yield others


def _next_line(stream: bytes, at: int) -> int:
    end = stream.find(b"\n", at)
    return len(stream) if end < 0 else end + 1


def _chunks(scripts: Iterable[str]) -> Iterator[str]:
    for script in scripts:
        broken = 0
        for push in _PUSH.finditer(script):
            match _parsed(script, push.end()):
                case [_, str(chunk)]:
                    yield chunk
                case _ if (broken := broken + 1) > _MOST_BROKEN:
                    return
                case _:
                    pass


def _parsed(text: str, at: int = 0) -> object:
    try:
        return _DECODER.raw_decode(text, at)[0]
    except (ValueError, RecursionError):
        return None
