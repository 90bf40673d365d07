"""What of a changed document has to be read: not the items that stand there as they were told.

    cut into frame and items ──> the frame that is known? ──> known items left out ──> Part
             └── in doubt ──────────────┴── another one ──> Whole

Told items and left-out ones together are the entries of the whole document: tests hold that. In
any doubt the whole document is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from crawler.feeds.cut import CutDocument, cut
from crawler.feeds.document import NotAFeed, Parsed
from crawler.feeds.known_items import (
    KnownItems,
    after_whole,
    known_items,
    names_of,
    rememberable,
    share_a_name,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All of a document is to be read; `cut` is there if it can be cut."""

    body: bytes
    cut: CutDocument | None = None
    known: KnownItems | None = None
    dropped: int = 0

    def learned(self, parsed: Parsed) -> str | None:
        """Return what to remember of what was read; None, or "", if nothing can be relied on.

        "" if entries were told all the same: what is known of them may be true no more, and a text
        that went back to what it was would be left out, as told.
        """
        if isinstance(parsed, NotAFeed) or not parsed.entries:
            return None
        if parsed.broken is not None or self.cut is None:
            return ""
        if len(parsed.entries) != len(self.cut.items):
            return ""
        return after_whole(self.known, self.cut, parsed.entries).written()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The items at `chosen` are to be read within their frame, `body`; the others are known."""

    body: bytes
    cut: CutDocument
    known: KnownItems
    chosen: tuple[int, ...]

    @property
    def dropped(self) -> int:
        """Count the items that are left out."""
        return len(self.cut.items) - len(self.chosen)

    def agrees(self, parsed: Parsed) -> bool:
        """Tell whether what was read is what the whole document would have told of these items."""
        if isinstance(parsed, NotAFeed) or parsed.broken is not None:
            return False
        if len(parsed.entries) != len(self.chosen):
            return False
        told = [names_of(entry) for entry in parsed.entries]
        return not any(share_a_name(one, left) for one in told for left in self._left().values())

    def learned(self, parsed: Parsed) -> str | None:
        """Return what to remember of what was read, and of what was left out."""
        if isinstance(parsed, NotAFeed):
            return None
        items = [self.cut.items[at] for at in self.chosen]
        fit = rememberable(items, parsed.entries)
        once: dict[bytes, bytes] = {}
        twice = self._left()
        for at, names in fit.items():
            mark = self.cut.marks[self.chosen[at]]
            (twice if mark in self.known.once else once)[mark] = names
        return KnownItems(frame=self.cut.frame, once=once, twice=twice).written()

    def _left(self) -> dict[bytes, bytes]:
        left = set(range(len(self.cut.items))).difference(self.chosen)
        marks = (self.cut.marks[at] for at in sorted(left))
        return {mark: self.known.twice[mark] for mark in marks}


ToRead: TypeAlias = Whole | Part

MOST_CUT = 1024 * 1024
"""Bytes of a document that is cut where it is asked for: all else waits meanwhile."""


def to_read(body: bytes, content_type: str, url: str, remembered: str | None) -> ToRead:
    """Return what of a document has to be read by what is remembered of the last ones."""
    if len(body) > MOST_CUT:
        return Whole(body=body)
    found = cut(body, content_type, url)
    known = known_items(remembered)
    if found is None or known is None or known.frame != found.frame:
        return Whole(body=body, cut=found, known=known)
    chosen = _chosen(found.marks, known)
    if len(chosen) == len(found.items):
        return Whole(body=body, cut=found, known=known)
    part = found.with_items(chosen)
    return Part(body=part, cut=found, known=known, chosen=tuple(chosen))


def _chosen(marks: Sequence[bytes], known: KnownItems) -> list[int]:
    """Return the places of the items to read: all but the first of each that is known."""
    seen: set[bytes] = set()
    chosen = []
    for at, mark in enumerate(marks):
        if mark not in known.twice or mark in seen:
            chosen.append(at)
        seen.add(mark)
    return chosen
