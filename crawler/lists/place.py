"""Where on a page an anchor stands: in its navigation, head or foot, among topics, in a heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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

_SIGNATURE_STEPS = 3
_MARK = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MOST_MARKS = 200
_MOST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an anchor stands in."""

    navigation: bool = False
    edge: bool = False
    paid: bool = False
    topic: bool = False
    heading: bool = False


def place_of(element: HtmlElement) -> Place:
    """Look at what holds an anchor, up to the root."""
    around = [element, *element.iterancestors()]
    return Place(
        navigation=any(_is_navigation(one) for one in around[1:]),
        edge=_in_edge(around),
        paid=any(marks_of(one) & PAID for one in around[:_AROUND] if one.tag not in _ROOTS),
        topic=any(_is_topic(one) for one in around[: _NEAR + 1]),
        heading=any(one.tag in HEADINGS for one in around[:_AROUND])
        or any(one.tag in HEADINGS for one in element.iterdescendants()),
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


def _in_edge(around: Sequence[HtmlElement]) -> bool:
    """Tell whether it is in the page's head or foot, rather than in those of a piece."""
    for place, one in enumerate(around):
        outer = len(around) - place <= _OUTER + 2
        named = outer and one.tag not in _ROOTS and marks_of(one) & (HEAD | FOOT)
        if (one.tag in {"header", "footer"} or named) and not any(
            holder.tag in _PIECES for holder in around[place + 1 :]
        ):
            return True
    return False


def _step(element: HtmlElement) -> str:
    named = (element.get("class") or "").split()
    stable = [name for name in named if not any(sign.isdigit() for sign in name)]
    return f"{element.tag}.{stable[0][:_MOST_NAME]}" if stable else str(element.tag)
