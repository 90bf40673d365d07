"""Plain text: what a stranger's page wrote, without what no text should hold."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_BLANKS = re.compile(r"\s+")


def printable(text: str) -> str:
    """Return `text` without control characters and lone surrogates, which no XML may hold."""
    return text if text.isprintable() else _UNWANTED.sub("", text)


def plain_line(text: str, *, limit: int = 1000) -> str:
    """Return `text` on one line, blanks single, at most `limit` characters."""
    return _BLANKS.sub(" ", printable(text)).strip()[:limit]


def plain_text(lines: Iterable[str]) -> str:
    """Return the lines that say something, one paragraph each."""
    cleaned = (plain_line(line, limit=1_000_000) for line in lines)
    return "\n".join(line for line in cleaned if line)


def content_of(element: HtmlElement) -> str:
    """Return the text of an element and all in it, on one line."""
    return plain_line("".join(element.itertext(with_tail=False)))
