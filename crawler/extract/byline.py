"""The line of a page that tells people who wrote its article."""

import re
from collections.abc import Sequence
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extract.author_names import looks_personal, names_in
from crawler.extract.plain import plain_line

_CANDIDATES = XPath(
    "descendant::*[@class or @rel or @itemprop or @href]"
    "[contains(@rel, 'author') or contains(@itemprop, 'author')"
    " or contains(@class, 'byline') or contains(@class, 'Byline') or contains(@class, 'author')"
    " or contains(@class, 'Author') or contains(@class, 'autor') or contains(@class, 'writer')"
    " or contains(@class, 'reporter') or contains(@class, 'journalist')"
    " or contains(@href, '/author') or contains(@href, '/autor')"
    " or contains(@href, '/auteur') or contains(@href, '/journalist')]"
)
_SURE = re.compile(
    r"\bauthor\b|byline|author[-_]?name|name[-_]?author|writer|reporter|journalist", re.IGNORECASE
)
_PROFILE = re.compile(r"/(?:authors?|autor\w*|auteurs?|journalist\w*)/[^/?#]")
_ELSEWHERE = re.compile(
    r"comment|related|recommend|teaser|card|bio|avatar|sidebar|footer|caption|credit|most-?read"
    r"|newsletter|soc(?:ial|med)|share|follow|contact|description",
    re.IGNORECASE,
)
_MOST = 60
_LONGEST = 150
_NEAR = 3


def byline_of(tree: HtmlElement) -> tuple[str, ...]:
    """Return the names in the first byline of the page, () if it has none."""
    first: tuple[str, ...] = ()
    lines: list[str] = []
    place: HtmlElement | None = None
    for element in cast("list[HtmlElement]", _CANDIDATES(tree))[:_MOST]:
        line = _line(element)
        if place is not None and place not in _around(element):
            continue
        if line and (names := _names(element, line)):
            place = place if place is not None else _around(element)[-1]
            first = first or names
            lines.append(line)
    return names_in(lines) if first else ()


def _line(element: HtmlElement) -> str:
    if element.tag in (
        "script",
        "style",
        "link",
        "meta",
        "input",
        "img",
        "body",
        "html",
        "article",
    ):
        return ""
    if any(_ELSEWHERE.search(_name(one)) for one in _around(element)):
        return ""
    text = plain_line(" ".join(element.itertext(with_tail=False)))
    return text if len(text) <= _LONGEST else ""


def _names(element: HtmlElement, line: str) -> tuple[str, ...]:
    names = names_in([line])
    sure = _SURE.search(f"{element.get('rel')} {element.get('itemprop')} {_name(element)}")
    profile = _PROFILE.search(element.get("href") or "")
    return (
        names if (looks_personal(names) and (sure or profile)) or (sure and len(names) == 1) else ()
    )


def _name(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _around(element: HtmlElement) -> Sequence[HtmlElement]:
    """Return the element and what stands closely around it, innermost first."""
    found = [element]
    while len(found) <= _NEAR and (outer := found[-1].getparent()) is not None:
        if outer.tag in ("body", "html", "article", "main"):
            break
        found.append(outer)
    return found
