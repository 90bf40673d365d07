"""What a page marks up in its body as schema.org data: microdata and RDFa, as JSON-LD would say it.

It is one more witness, weaker than JSON-LD, which sites look after for search engines.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

from crawler.extract.plain import content_of, plain_line

_WANTED = frozenset(
    ("headline", "author", "datePublished", "dateModified", "dateCreated", "keywords", "image")
)
_MOST = 400
_DEEPEST = 60
_LONGEST = 300


def marked_things(elements: Sequence[HtmlElement]) -> list[Mapping[str, Any]]:
    """Return the things that these elements (with itemprop or property) say something of."""
    things: dict[HtmlElement, dict[str, Any]] = {}
    for element in elements[:_MOST]:
        names = (element.get("itemprop") or element.get("property") or "").split()
        wanted = [name for full in names if (name := full.rpartition(":")[2]) in _WANTED]
        scope = _scope_of(element) if wanted else None
        if scope is None or not (value := _value(element)):
            continue
        thing = things.setdefault(scope, {"@type": _kind(scope)})
        for name in wanted:
            thing.setdefault(name, []).append(value)
    return [_plainer(thing) for thing in things.values()]


def _scope_of(element: HtmlElement) -> HtmlElement | None:
    """Return the innermost thing around the element, not deeper than anybody means it."""
    for _, outer in zip(range(_DEEPEST), element.iterancestors(), strict=False):
        if outer.get("itemscope") is not None or outer.get("typeof"):
            return outer
    return None


def _kind(scope: HtmlElement) -> str:
    """Return `NewsArticle` for `https://schema.org/NewsArticle` and `schema:NewsArticle`."""
    named = (scope.get("itemtype") or scope.get("typeof") or "").split()
    return named[0].rpartition("/")[2].rpartition(":")[2] if named else ""


def _value(element: HtmlElement) -> str:
    for name in ("content", "datetime"):
        if said := element.get(name):
            return plain_line(said)
    if element.tag in ("meta", "link", "img"):
        return plain_line(element.get("href") or element.get("src") or "")
    named = element.find(".//*[@itemprop='name']")
    if named is not None:
        return plain_line(named.get("content") or "") or content_of(named)
    text = content_of(element)
    return text if len(text) <= _LONGEST else ""


def _plainer(thing: dict[str, Any]) -> Mapping[str, Any]:
    """Return the thing with one text where one was said; several authors stay several."""
    return {name: _first_of(name, value) for name, value in thing.items()}


def _first_of(name: str, value: object) -> object:
    several = isinstance(value, list) and name == "author" and len(value) > 1
    return value[0] if isinstance(value, list) and not several else value
