"""Takes out of a story the lines that point to other stories: "Read more: …", lists of links.

They name what other articles are about, so each would match a watch that its own story does not.
"""

import re
from collections.abc import Callable
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.plain import content_of
from crawler.extract.wordings import BEFORE_LINKS

_LEADS = re.compile(rf"\W*(?:{BEFORE_LINKS})", re.IGNORECASE)
_INLINE = ("strong", "em", "b", "i", "span", "u")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LINES = ("p", "li", "div", *_HEADINGS)
_HOLDING_LINKS = ("ul", "ol", "div", "section", "p")
_HOLDERS = ("div", "section", "aside", "header")
_LONGEST = 400
_LONGEST_HEADING = 80
_CARD = 600
_HALF = 0.4
_MOST_ANNOUNCED = 30
_MOSTLY = 0.6


def drop_pointers(tree: HtmlElement, *, is_small: Callable[[HtmlElement], bool]) -> None:
    """Drop the lines, cards and lists that point to other stories from `tree`, in place.

    `is_small` tells whether an element holds so little of the page that it cannot be the story.
    """
    for link in list(tree.iter("a")):
        if link.get("href") and link.find(".//p") is not None and len(content_of(link)) <= _CARD:
            link.drop_tree()
    for part in dict.fromkeys(link.getparent() for link in tree.iter("a")):
        _drop_line(part)
    for heading in list(tree.iter(*_HEADINGS[1:])):
        if heading.getparent() is not None and _announces_links(heading):
            _drop_announced(heading, is_small)


def _drop_line(part: HtmlElement | None) -> None:
    while part is not None and part.tag in _INLINE:
        part = part.getparent()
    if part is None or part.tag not in _LINES or part.getparent() is None:
        return
    text = content_of(part)
    if text and len(text) <= _LONGEST and _LEADS.match(text) and _linked(part) >= len(text) * _HALF:
        part.drop_tree()


def _announces_links(heading: HtmlElement) -> bool:
    text = content_of(heading)
    return len(text) <= _LONGEST_HEADING and _LEADS.match(text) is not None


def _drop_announced(heading: HtmlElement, is_small: Callable[[HtmlElement], bool]) -> None:
    """Drop what a heading such as "More from us" opens: its box, or the links that follow."""
    box = heading
    while (holder := box.getparent()) is not None and _opens(box, holder) and is_small(holder):
        box = holder
    if box is heading:
        for part in list(islice(heading.itersiblings(), _MOST_ANNOUNCED)):
            text = content_of(part)
            if part.tag not in _HOLDING_LINKS or (text and _linked(part) < len(text) * _MOSTLY):
                break
            part.drop_tree()
    box.drop_tree()


def _opens(part: HtmlElement, holder: HtmlElement) -> bool:
    """Tell whether `part` is the first that `holder` says."""
    if holder.tag not in _HOLDERS or (holder.text or "").strip():
        return False
    return not any(content_of(one) or (one.tail or "").strip() for one in _before(part))


def _before(part: HtmlElement) -> list[HtmlElement]:
    return list(islice(part.itersiblings(preceding=True), _MOST_ANNOUNCED))


def _linked(part: HtmlElement) -> int:
    return sum(len(content_of(link)) for link in part.iter("a"))
