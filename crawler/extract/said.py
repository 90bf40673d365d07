"""What a page says about itself: its meta elements, headings and schema.org data, unjudged.

One walk over the tree collects all of it, for every part of extraction asks for some.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extract.linked_data import values_in
from crawler.extract.marked import marked_things
from crawler.extract.plain import content_of, plain_line
from crawler.extract.site_rules import shipped_ruled
from crawler.extract.story_thing import Found, Thing, story_among, things_in
from crawler.extract.tree import is_large
from crawler.references import unescaped

_TELLING = ("meta", "title", "h1", "h2", "link", "script")
_MARKED = XPath("descendant::*[@itemprop or (@property and not(self::meta))]")
_WANTED = ("headline", "author", "datePublished")
_MOST_OF_SCRIPTS = 3_000_000
_MOST_HEADINGS = 50
_MOST_METAS = 2_000
_MOST_OF_ONE = 200
_TRAIL_DEPTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a page says about itself.

    `metas` go by lower-case name. `article` is what its schema.org data say of its own article, and
    `things` are all that they describe. `headings` are its h1, `subheadings` its h2, without those
    of a breadcrumb trail; `trail` tells that the page had an h1 there. `page_title` is its <title>.
    `ruled` is what a rule for this very site found: the texts of title, text, author or date.
    `large` tells that the page is too large to be searched all over.
    """

    metas: Mapping[str, Sequence[str]]
    article: Mapping[str, Any]
    things: Sequence[Thing] = ()
    headings: Sequence[str] = ()
    subheadings: Sequence[str] = ()
    trail: bool = False
    page_title: str = ""
    url: str = ""
    ruled: Mapping[str, Sequence[str]] = field(default_factory=dict)
    large: bool = False

    def first(self, *names: str) -> str:
        """Return the first of these metas that says something, else ""."""
        return next((text for text in self.all(*names)), "")

    def all(self, *names: str) -> Iterator[str]:
        """Yield what these metas say, name by name."""
        for name in names:
            yield from self.metas.get(name, ())

    def text(self, name: str) -> str:
        """Return a text of the article's schema.org data on one line, else ""."""
        value = self.article.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        return plain_line(unescaped(value)) if isinstance(value, str) else ""


@dataclass(slots=True, kw_only=True)
class _Walk:
    """What the walk has met so far."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    values: list[Any] = field(default_factory=list)
    headings: dict[str, list[str]] = field(default_factory=lambda: {"h1": [], "h2": []})
    titles: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    trail: bool = False
    scripts_left: int = _MOST_OF_SCRIPTS

    def take(self, element: HtmlElement) -> None:
        match element.tag:
            case "meta":
                self._take_meta(element)
            case "script":
                self._take_script(element)
            case "h1" | "h2":
                self._take_heading(element)
            case "title":
                self.titles.append(plain_line("".join(element.itertext())))
            case "link" if "canonical" in (element.get("rel") or "").lower().split():
                self.urls.append(element.get("href") or "")
            case _:
                pass

    def _take_meta(self, element: HtmlElement) -> None:
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        text = plain_line(element.get("content") or "")
        if name and text and len(self.metas) < _MOST_METAS:
            told = self.metas.setdefault(name.strip().lower(), [])
            if len(told) < _MOST_OF_ONE:
                told.append(text)

    def _take_script(self, element: HtmlElement) -> None:
        text = element.text or ""
        if "ld+json" in (element.get("type") or "").lower() and len(text) <= self.scripts_left:
            self.scripts_left -= len(text)
            self.values.extend(values_in(text))

    def _take_heading(self, element: HtmlElement) -> None:
        known = self.headings[element.tag]
        if len(known) >= _MOST_HEADINGS:
            return
        if _in_trail(element):
            self.trail = self.trail or element.tag == "h1"
        elif text := content_of(element):
            known.append(text)


def said_by(tree: HtmlElement, url: str = "") -> Said:
    """Read what a page from `url` says about itself."""
    walk = _Walk()
    for element in tree.iter(*_TELLING):
        walk.take(element)
    found = list(things_in(walk.values))
    page_title = walk.titles[0] if walk.titles else ""
    named = (*walk.metas.get("og:title", ()), *walk.headings["h1"], page_title)
    urls = (url, *walk.urls, *walk.metas.get("og:url", ()))
    article = story_among(found, titles=named, urls=urls)
    if not all(article.get(name) for name in _WANTED):
        marked = cast("list[HtmlElement]", _MARKED(tree))
        found += [Found(thing=thing, aside=False) for thing in marked_things(marked)]
        article = story_among(found, titles=named, urls=urls)
    by_rule = shipped_ruled(tree, url)
    dated = {"datePublished": by_rule["date"][0]} if "date" in by_rule else {}
    return Said(
        metas=walk.metas,
        article={**article, **dated},
        things=[one.thing for one in found],
        headings=walk.headings["h1"],
        subheadings=walk.headings["h2"],
        trail=walk.trail,
        page_title=page_title,
        url=url,
        ruled=by_rule,
        large=is_large(tree),
    )


def _in_trail(element: HtmlElement) -> bool:
    """Tell whether a heading is the end of a breadcrumb trail, or hidden in one."""
    around = [element]
    while len(around) < _TRAIL_DEPTH and (outer := around[-1].getparent()) is not None:
        around.append(outer)
    return any(
        "breadcrumb" in f"{name} {value}".lower()
        for one in around
        for name, value in one.attrib.items()
    )
