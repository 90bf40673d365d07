"""Character references of HTML made the characters they stand for, however long they are."""

import html
import re

_LONG = re.compile(r"&#([0-9]{9,});?")
_MOST_DIGITS = 7
"""No character's number is longer."""


def unescaped(text: str) -> str:
    """Return `text` as `html.unescape` does; that fails at a number of thousands of digits."""
    if "&" not in text:
        return text
    return html.unescape(_LONG.sub(_shorter, text))


def _shorter(found: re.Match[str]) -> str:
    digits = found[1].lstrip("0") or "0"
    return "\ufffd" if len(digits) > _MOST_DIGITS else f"&#{digits};"
