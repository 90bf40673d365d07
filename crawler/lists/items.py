"""The piece of a page that belongs to one link: its card, its row, its place in a list."""

from collections.abc import Iterable, Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.lists.anchors import Link
from crawler.lists.place import MOST_STEPS

_MOST_STEPS = 8
_MOST_TEXT = 3_000
_ROOTS = frozenset(("body", "html", "main"))


class Items:
    """Finds the largest element around an anchor that speaks of no other link.

    Only `weighty` links count as others: an author's name or a comment count within a card does
    not divide it.
    """

    def __init__(self, links: Sequence[Link], weighty: Sequence[Link]) -> None:
        self._all = _owners(links)
        self._weighty = _owners(weighty)
        self._are_weighty = {link.key for link in weighty}

    def around(self, anchor: HtmlElement, link: Link) -> HtmlElement:
        """Return that element, at least the anchor itself."""
        owners = self._weighty if link.key in self._are_weighty else self._all
        found = anchor
        for steps, one in enumerate(anchor.iterancestors()):
            alone = owners.get(one, link.key) == link.key
            if steps >= _MOST_STEPS or not alone or one.tag in _ROOTS:
                break
            found = one
        return found


def _owners(links: Iterable[Link]) -> dict[HtmlElement, str]:
    """Tell of each element around an anchor whose it is; "" for those around several links."""
    owners: dict[HtmlElement, str] = {}
    for link in links:
        for anchor in link.anchors:
            for one in islice(anchor.element.iterancestors(), MOST_STEPS):
                owner = owners.setdefault(one, link.key)
                if owner == link.key:
                    continue
                owners[one] = ""
                if owner == "":
                    break  # and so is all that is further out
    return owners


def text_around(item: HtmlElement) -> str:
    """Return the text of an item, or where it is but an anchor, what stands right beside it."""
    pieces: list[str] = []
    if item.tag == "a":
        before, parent = item.getprevious(), item.getparent()
        if before is not None:
            pieces.append("".join(before.itertext(with_tail=True)) if before.tag != "a" else "")
            pieces.append(before.tail or "")
        elif parent is not None:
            pieces.append(parent.text or "")
        pieces.append(item.tail or "")
    length = 0
    for text in item.itertext(with_tail=False):
        pieces.append(text)
        length += len(text)
        if length > _MOST_TEXT:
            break
    return " ".join(" ".join(pieces).split())[:_MOST_TEXT]
