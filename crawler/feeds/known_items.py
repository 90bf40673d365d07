"""What a feed's reader remembers of the items it told: enough to know them again by their bytes.

Of each item it keeps a hash of its bytes, and as much of a hash of its id and its address as it
takes to notice another item with the same: what an id or an address names depends on the whole
document. An item is left out only after it was told at two visits.
"""

import binascii
import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from crawler.feeds.cut import MARK, CutDocument
from crawler.feeds.document import MOST_ENTRIES
from news.entry import Entry
from news.url import canonical_url

_VERSION = 1
_NAME = 3
_LENGTH = MARK + 2 * _NAME
_HAS_ID = (b"<guid", b"<id", b":id", b"about=")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItems:
    """Items told within one frame, by their marks: once, or twice and more; and what they name."""

    frame: bytes
    once: Mapping[bytes, bytes]
    twice: Mapping[bytes, bytes]

    def written(self) -> str:
        """Return it as text to keep."""
        said = {"v": _VERSION, "frame": self.frame.hex()}
        for name, items in (("once", self.once), ("twice", self.twice)):
            said[name] = b64encode(b"".join(map(b"".join, items.items()))).decode()
        return json.dumps(said, separators=(",", ":"))


def known_items(text: str | None) -> KnownItems | None:
    """Return what was written, None if there is nothing to rely on."""
    try:
        said = json.loads(text or "null")
        if not isinstance(said, dict) or said["v"] != _VERSION:
            return None
        return KnownItems(
            frame=bytes.fromhex(said["frame"]),
            once=_items(said["once"]),
            twice=_items(said["twice"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        return None


def names_of(entry: Entry) -> bytes:
    """Return what can be asked later of an entry's id and address; zeros where it has none."""
    address = canonical_url(entry.url).rstrip("/") if entry.url else ""
    return _name(entry.own_id or "") + _name(address)


def share_a_name(one: bytes, other: bytes) -> bool:
    """Tell whether two entries may have the same id or the same address."""
    pairs = ((one[:_NAME], other[:_NAME]), (one[_NAME:], other[_NAME:]))
    return any(first == second != bytes(_NAME) for first, second in pairs)


def rememberable(items: Sequence[bytes], entries: Sequence[Entry]) -> dict[int, bytes]:
    """Return which of the items can be known by their bytes alone, each with what it names.

    Not those that share an id or address with another, nor a second of the same bytes: what they
    are changes with what stands around them.
    """
    names = [names_of(entry) for entry in entries]
    counts = Counter(name for pair in names for name in (b"i" + pair[:_NAME], b"a" + pair[_NAME:]))
    return {
        at: pair
        for at, (item, entry, pair) in enumerate(zip(items, entries, names, strict=True))
        if _alone(pair, counts) and (entry.own_id or not any(sign in item for sign in _HAS_ID))
    }


def after_whole(
    before: KnownItems | None, cut: CutDocument, entries: Sequence[Entry]
) -> KnownItems:
    """Return what is known after all items of a document were told."""
    fit = rememberable(cut.items, entries)
    told = {cut.marks[at]: names for at, names in fit.items()}
    past = {} if before is None or before.frame != cut.frame else {**before.once, **before.twice}
    return KnownItems(
        frame=cut.frame,
        once={mark: names for mark, names in told.items() if mark not in past},
        twice={mark: names for mark, names in told.items() if mark in past},
    )


def _alone(pair: bytes, counts: Mapping[bytes, int]) -> bool:
    named = ((b"i", pair[:_NAME]), (b"a", pair[_NAME:]))
    return all(name == bytes(_NAME) or counts[sign + name] == 1 for sign, name in named)


def _name(text: str) -> bytes:
    if not text:
        return bytes(_NAME)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_NAME).digest()


def _items(text: str) -> dict[bytes, bytes]:
    data = b64decode(text, validate=True)
    if len(data) % _LENGTH or len(data) > MOST_ENTRIES * _LENGTH:
        raise ValueError(text)
    pieces = (data[at : at + _LENGTH] for at in range(0, len(data), _LENGTH))
    return {piece[:MARK]: piece[MARK:] for piece in pieces}
