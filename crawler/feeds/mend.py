"""Documents as servers send them, made fit for a strict parser.

Blanks, warnings and byte order marks before the document, characters that XML forbids, bare
ampersands, a charset that is not the document's, compression nobody declared, and far more items
than anybody reads.
"""

import re
import zlib
from array import array
from email.utils import parsedate_to_datetime
from heapq import heappush, heappushpop

_MOST_INFLATED = 10 * 1024 * 1024
_HEAD = 4_096
_ROOT = re.compile(rb"<\?xml|<rss\b|<feed\b|<rdf:RDF\b|<!DOCTYPE", re.IGNORECASE)
_CHARSET = re.compile(r";?\s*charset\s*=[^;]*", re.IGNORECASE)
_DECLARED = re.compile(rb"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"'>]*["']""")
_FORBIDDEN = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)

_LOOSE = re.compile(
    rb"<!\[CDATA\[.*?\]\]>"  # is text already, and left alone
    rb"|&\#(?:([0-9]{1,9})|[xX]([0-9a-fA-F]{1,8}));"
    rb"|&(?!\#|[A-Za-z][\w.-]{0,40};)",
    re.DOTALL,
)
_ITEM = re.compile(rb"<((?:\w+:)?(?:item|entry))[\s>].*?</\1\s*>", re.DOTALL)
_DATE = re.compile(rb"<(?:\w+:)?(?:pubDate|published|updated|date)[^<>]*>\s*([^<]{8,40})<")


def inflated(body: bytes) -> bytes:
    """Return `body` unpacked if it is gzip all the same, as servers of .gz files send it."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, _MOST_INFLATED)
    except zlib.error:
        return body


def mended(body: bytes, content_type: str) -> tuple[bytes, str]:
    """Return body and content type, the charset taken from the bytes where they prove it.

    Hardly a text in another charset is valid UTF-8 by chance, so UTF-8 outweighs what is declared.
    """
    wide = next((charset for sign, charset in _WIDE if body.startswith(sign)), None)
    if wide is not None:
        body = body.decode(wide, "replace").encode("utf-8", "replace")
    body = body.translate(None, _FORBIDDEN).removeprefix(b"\xef\xbb\xbf").lstrip()
    found = _ROOT.search(body, 0, _HEAD)
    if found and found.start() and not body.startswith(b"<!--"):
        body = body[found.start() :]
    if wide is not None or (not body.isascii() and _is_utf8(body)):
        body = _DECLARED.sub(rb"\1", body[:_HEAD], count=1) + body[_HEAD:]
        content_type = _CHARSET.sub("", content_type)
    return _LOOSE.sub(_well_formed, body) if b"&" in body else body, content_type


def newest(body: bytes, *, most: int) -> bytes:
    """Return the document with no more than its `most` newest items, by their dates if all have.

    A parser that takes half a millisecond an item would never see the end of a hundred thousand.
    """
    if body.count(b"<item") + body.count(b"<entry") <= most:
        return body
    spans = array("Q")  # two numbers an item: a hundred thousand matches would fill the memory
    latest: list[tuple[str, int]] = []
    all_dated = True
    for at, item in enumerate(_ITEM.finditer(body)):
        spans.extend(item.span())
        date = _date_in(item[0]) if all_dated else None
        all_dated = date is not None
        if date is not None:
            (heappush if at < most else heappushpop)(latest, (date, -at))
    count = len(spans) // 2
    if count <= most:
        return body
    kept = sorted(-place for _, place in latest) if all_dated else range(most)
    pieces = [body[spans[2 * at] : spans[2 * at + 1]] for at in kept]
    return b"".join([body[: spans[0]], *pieces, body[spans[-1] :]])


def _well_formed(found: re.Match[bytes]) -> bytes:
    """Return what may stand in XML: one bare ampersand or forbidden number spoils a document."""
    if found[0] == b"&":
        return b"&amp;"
    decimal, hexadecimal = found[1], found[2]
    if not (decimal or hexadecimal):
        return found[0]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return found[0] if _may_stand(code) else b""


def _may_stand(code: int) -> bool:
    if code < 0x20:  # noqa: PLR2004 - the blank
        return code in b"\t\n\r"
    return code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF  # noqa: PLR2004 - XML 1.0, Char


def _date_in(item: bytes) -> str | None:
    """Return the date of an item in a form that sorts, None if there is none to be read."""
    found = _DATE.search(item)
    if found is None:
        return None
    text = found[1].decode("ascii", "replace").strip()
    if text[:4].isdigit():
        return text
    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
