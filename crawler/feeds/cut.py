"""A feed's document, cut into its items and the frame around them; only where that is sure.

The frame is all that is no item, without what changes at every look and says nothing of the items:
when the document was made, comments, the list of items that RSS 1.0 begins with. Two documents
with the same frame give the same bytes of an item the same meaning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from crawler.feeds.document import MOST_ENTRIES
from crawler.feeds.quick import is_fit
from crawler.feeds.quick_names import names_in

MARK = 6
"""Bytes of the hash by which an item is known again."""

_VOLATILE = re.compile(
    rb"<!--[^-]*+(?:-[^-]++)*+-->"
    rb"|<(lastBuildDate|pubDate|updated|modified|dc:date|atom:updated|slash:comments)>[^<]*+</\1>"
    rb"|<items>[^<]*+(?:<(?!/?items>)[^<]*+)*+</items>"
)
"""What is left out of the frame; each alternative ends where it might begin anew, so that a
document takes its length and no more."""

_OPENINGS = {
    b"item": re.compile(rb"<item[> \t\r\n]"),
    b"entry": re.compile(rb"<entry[> \t\r\n]"),
}
_FRAME = 16
_MOST_FRAME = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class CutDocument:
    """A document in pieces; `marks` are the items' hashes, in their order."""

    head: bytes
    items: tuple[bytes, ...]
    tail: bytes
    frame: bytes
    marks: tuple[bytes, ...]

    def with_items(self, chosen: Sequence[int]) -> bytes:
        """Return the document as if it held those of its items alone."""
        return b"".join([self.head, *(self.items[at] for at in chosen), self.tail])


def cut(body: bytes, content_type: str, url: str) -> CutDocument | None:
    """Cut the document that came from `url`; None if in doubt."""
    if not is_fit(body, content_type) or not _is_utf8(body) or names_in(body) is None:
        return None
    name = b"item" if b"<item>" in body or b"<item " in body else b"entry"
    places = _places(body, name)
    if not places or len(places) > MOST_ENTRIES:
        return None
    head, tail = body[: places[0][0]], body[places[-1][1] :]
    if len(head) + len(tail) > _MOST_FRAME or not _is_whole(head + tail):
        return None
    items = tuple(body[start:end] for start, end in places)
    if not all(map(_is_whole, items)):
        return None
    named = [said.encode("utf-8", "surrogatepass") for said in (content_type, url)]  # never raises
    around = b"\x00".join([_VOLATILE.sub(b"", head), _VOLATILE.sub(b"", tail), *named])
    return CutDocument(
        head=head,
        items=items,
        tail=tail,
        frame=blake2b(around, digest_size=_FRAME).digest(),
        marks=tuple(blake2b(item, digest_size=MARK).digest() for item in items),
    )


def _places(body: bytes, name: bytes) -> list[tuple[int, int]]:
    """Return where items begin and end; none unless they follow each other directly."""
    closing = b"</" + name + b">"
    found: list[tuple[int, int]] = []
    for opening in _OPENINGS[name].finditer(body):
        at, before = opening.start(), found[-1][1] if found else 0
        end = body.find(closing, at) + len(closing)
        if end < len(closing) or at < before or len(found) > MOST_ENTRIES:
            return []
        if found and body[before:at].strip():
            return []
        found.append((at, end))
    return found


def _is_whole(piece: bytes) -> bool:
    """Tell whether no comment and no CDATA section leads out of a piece."""
    return piece.count(b"<![CDATA[") == piece.count(b"]]>") and piece.count(b"<!--") == piece.count(
        b"-->"
    )


def _is_utf8(body: bytes) -> bool:
    try:
        return body.isascii() or bool(body.decode())
    except UnicodeDecodeError:
        return False
