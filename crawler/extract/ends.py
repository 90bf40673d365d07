"""Where a story ends: what stands below is of its author, its paper or its readers."""

import re

from crawler.extract.prose import weight_of
from crawler.extract.wordings import AFTER_STORY, OF_AUTHORS, SERVICES, SIGN_UPS

_MOST_LINES = 8
_LONGEST = 600
_FEW = 0.25
_LAST = 4
_SHORT = 300
_SHORT_BOX = 160
_SERVICE = re.compile(SERVICES, re.IGNORECASE)
_SIGN_UP = re.compile(SIGN_UPS, re.IGNORECASE)
_AFTER = re.compile(rf"^\W*(?:{AFTER_STORY})|{OF_AUTHORS}", re.IGNORECASE)


def within_ends(text: str, body: str) -> str:
    """Return `text` without the lines below its end, and without boxes for readers' addresses.

    `body` is what the page says that its article's body is, where it says so: if it holds the most
    of the text, then what it lacks at the end is none of it.
    """
    lines = text.split("\n")
    kept = _up_to_end_of(body, lines)
    least = max(1, kept - _MOST_LINES)
    while kept > least and _is_after(lines[kept - 1]):
        kept -= 1
    last = kept - _LAST
    story = [
        line
        for at, line in enumerate(lines[:kept])
        if not (_is_sign_up(line) or (at >= last and _is_service(line)))
    ]
    return "\n".join(story or lines[:kept])


def _is_after(line: str) -> bool:
    return _is_service(line) or (len(line) <= _LONGEST and _AFTER.search(line) is not None)


def _is_service(line: str) -> bool:
    return weight_of(line) <= _SHORT and _SERVICE.search(line) is not None


def _is_sign_up(line: str) -> bool:
    return len(line) <= _SHORT_BOX and _SIGN_UP.search(line) is not None


def _up_to_end_of(body: str, lines: list[str]) -> int:
    """Count the lines down to the last one that `body` holds."""
    whole = _letters(body)
    held = [bool(whole) and _letters(line) in whole for line in lines]
    missing = sum(len(line) for line, known in zip(lines, held, strict=True) if not known)
    if not whole or missing > sum(map(len, lines)) * _FEW:
        return len(lines)
    return max(at + 1 for at, known in enumerate(held) if known)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
