"""Takes captions out of a page that are no <figcaption>: some papers write them into the story."""

import re
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

_NAMED = XPath("descendant::*[self::em or self::span or self::small or self::i or self::p][@class]")
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:img|image|photo|pic|picture|figure|media)[_-]{0,2}"
    r"(?:desc|description|caption|credits?)(?:$|[\s_-])"
    r"|(?:^|\s)(?:wp-)?caption(?:[_-]text)?(?:$|\s)",
    re.IGNORECASE,
)
_LONGEST = 400


def drop_captions(tree: HtmlElement) -> None:
    """Drop from `tree`, in place, the short elements that are named as captions of pictures."""
    for part in cast("list[HtmlElement]", _NAMED(tree)):
        if part.getparent() is None or _NAMES.search(part.get("class") or "") is None:
            continue
        if sum(map(len, part.itertext(with_tail=False))) <= _LONGEST:
            _drop(part)


def _drop(part: HtmlElement) -> None:
    """Drop an element, and what it leaves empty: an empty one might cost the text behind it."""
    for outer in list(part.iterancestors()):
        part.drop_tree()
        if outer.getparent() is None or len(outer) or (outer.text or "").strip():
            return
        part = outer
