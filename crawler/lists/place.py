"""Where on a page an anchor stands: in its navigation, head or foot, among topics, in a heading."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.lists.words import FOOT, HEAD, NAVIGATION, PAID, TOPICS

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_PIECES = frozenset(("article", "li", "section", "main", "td"))
_ROOTS = frozenset(("body", "html"))
_ROLES = frozenset(("navigation", "menu", "menubar"))
_NEAR = 2
_AROUND = 4
_OUTER = 5
"""Heads and feet of a page lie within so many steps of its root; others are those of pieces."""

MOST_STEPS = 60
"""So far out from an anchor is looked; pages that people build are about half as deep."""

_SIGNATURE_STEPS = 3
_MARK = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MOST_MARKS = 200
_MOST_NAME = 40
_MOST_TAG = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an anchor stands in."""

    navigation: bool = False
    edge: bool = False
    paid: bool = False
    topic: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holder:
    """What holds whatever stands in an element: how far from the root it is, and in what."""

    depth: int = 0
    navigation: bool = False
    piece: bool = False
    edge: bool = False


class Places:
    """Looks at what holds the anchors of one page; what elements share is looked at once.

    However deep a page is built, only so many steps around an anchor are looked at.
    """

    def __init__(self) -> None:
        self._known: dict[HtmlElement, _Holder] = {}

    def place_of(self, element: HtmlElement) -> Place:
        """Look at what holds an anchor, up to the root."""
        around = [element, *islice(element.iterancestors(), _AROUND)]
        holder = self._holder(element.getparent())
        return Place(
            navigation=holder.navigation,
            edge=self._next(element, holder).edge,
            paid=any(marks_of(one) & PAID for one in around[:_AROUND] if one.tag not in _ROOTS),
            topic=any(_is_topic(one) for one in around[: _NEAR + 1]),
            heading=any(one.tag in HEADINGS for one in around[:_AROUND])
            or any(one.tag in HEADINGS for one in element.iterdescendants()),
        )

    def _holder(self, element: HtmlElement | None) -> _Holder:
        unknown: list[HtmlElement] = []
        while element is not None and element not in self._known and len(unknown) < MOST_STEPS:
            unknown.append(element)
            element = element.getparent()
        cut = _Holder(depth=MOST_STEPS)
        holder = _Holder() if element is None else self._known.get(element, cut)
        for one in reversed(unknown):
            holder = self._known[one] = self._next(one, holder)
        return holder

    def _next(self, one: HtmlElement, outer: _Holder) -> _Holder:
        depth = outer.depth + 1
        near = depth <= _OUTER + 2 and one.tag not in _ROOTS
        is_edge = one.tag in {"header", "footer"} or (near and bool(marks_of(one) & (HEAD | FOOT)))
        return _Holder(
            depth=depth,
            navigation=outer.navigation or _is_navigation(one),
            piece=outer.piece or one.tag in _PIECES,
            edge=outer.edge or (is_edge and not outer.piece),
        )


def signature_of(element: HtmlElement) -> str:
    """Return how an anchor is built in, such as `div.story > h3 > a`."""
    steps = [_step(element)]
    for one in element.iterancestors():
        if len(steps) > _SIGNATURE_STEPS or one.tag in _ROOTS:
            break
        steps.append(_step(one))
    return " > ".join(reversed(steps))


def marks_of(element: HtmlElement) -> frozenset[str]:
    """Return the words in the class and id of `element`, in lower case."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _marks(named[:_MOST_MARKS]) if len(named) > 1 else frozenset()


@lru_cache(maxsize=4_096)
def _marks(named: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _MARK.findall(named))


def _is_navigation(one: HtmlElement) -> bool:
    if one.tag in _ROOTS:
        return False
    return one.tag == "nav" or one.get("role") in _ROLES or bool(marks_of(one) & NAVIGATION)


def _is_topic(one: HtmlElement) -> bool:
    # Systems for blogs write a piece's own categories into the classes of its element.
    return one.tag not in _ROOTS and one.tag != "article" and bool(marks_of(one) & TOPICS)


def _step(element: HtmlElement) -> str:
    named = (element.get("class") or "").split()
    stable = [name for name in named if not any(sign.isdigit() for sign in name)]
    tag = str(element.tag)[:_MOST_TAG]
    return f"{tag}.{stable[0][:_MOST_NAME]}" if stable else tag
