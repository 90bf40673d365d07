"""One item of a well-formed document, to what feedparser would say of it.

feedparser keeps the first title, takes a second description for the content, and lets a guid stand
in for a link: what it does is followed here for the elements that feeds use. `Unsure` is raised
where an item goes beyond them.
"""

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from feedparser.mixin import _FeedParserMixin

from crawler.feeds.quick_values import (
    HTML,
    PLAIN,
    XHTML,
    Element,
    Unsure,
    based,
    content_of,
    repaired,
    resolved,
    said_by,
    text_of,
    tongue,
    unreferenced,
)

_LONGEST_NAME = 100
_MAY_BE_MAIL = re.compile(r"[a-zA-Z0-9_.+-]@[a-zA-Z0-9\[-]")
_MAIL = re.compile(r"[^@]*+@(?:[a-zA-Z0-9-]++\.)++[a-zA-Z]{2}[^@]*+")


class Item:
    """Reads one item; `raw` is what is known of it, under feedparser's names."""

    __slots__ = ("_base", "_depths", "_has_content", "_is_atom", "_lang", "raw", "title_depth")

    def __init__(self, *, is_atom: bool, base: str, lang: str | None) -> None:
        self.raw: dict[str, Any] = {}
        self.title_depth = -1
        self._depths: dict[str, int] = {}
        self._has_content = False
        self._is_atom = is_atom
        self._base = base
        self._lang = lang

    def title(self, element: Element, depth: int) -> None:
        """Take a title: the first that is not empty stays."""
        if self.media_title(element, depth):
            self.title_depth = depth

    def media_title(self, element: Element, depth: int) -> str:
        """Take a title that another may replace."""
        said = said_by(element)
        value, kind = content_of(element, said, PLAIN, is_atom=self._is_atom)
        if not -1 < self.title_depth <= depth:
            self._keep("title", value, depth)
            self.raw["title_detail"] = {"type": kind, "language": tongue(self._lang, said)}
        return value

    def description(self, element: Element, depth: int) -> None:
        """Take a summary, usually HTML; a second one is the content."""
        self._summary(element, depth, HTML)

    def summary(self, element: Element, depth: int) -> None:
        """Take a summary, usually plain; a second one is the content."""
        self._summary(element, depth, PLAIN)

    def content(self, element: Element, _: int) -> None:
        """Take the content, usually plain."""
        self._content(element, PLAIN)

    def encoded(self, element: Element, _: int) -> None:
        """Take the content, usually HTML."""
        self._content(element, HTML)

    def link(self, element: Element, _: int) -> None:
        """Take a link, whether in an attribute or as text."""
        said = said_by(element)
        href = said.get("url", said.get("uri", said.get("href")))
        rel = said.get("rel", "alternate")
        if href == "" or len(element):
            raise Unsure
        base = based(self._base, said) if said else self._base
        if href is None:
            text = (element.text or "").strip()
            href = unreferenced(repaired(resolved(base, text))) if text else ""
            self.raw["link"] = href
            if not href:
                return
        else:
            href = resolved(base, href)
            kind = said.get("type", "application/atom+xml" if rel == "self" else HTML)
            if rel == "alternate" and kind in ("html", "xhtml", HTML, XHTML):
                self.raw["link"] = href
        self.raw.setdefault("links", []).append({"rel": rel, "href": href})

    def guid(self, element: Element, depth: int) -> None:
        """Take the item's own name, which may be its link too."""
        said = said_by(element)
        if len(element):
            raise Unsure
        is_link = said.get("ispermalink", "true") == "true"
        value = (element.text or "").strip()
        if value and is_link:
            value = resolved(based(self._base, said), value)
        value = repaired(value)
        self._keep("id", value, depth)
        self.raw.setdefault("guidislink", is_link and "link" not in self.raw)
        if is_link:
            self.raw.setdefault("link", value)

    def published(self, element: Element, depth: int) -> None:
        """Take the date of publication: the last one counts."""
        self._date("published", element, depth)

    def updated(self, element: Element, depth: int) -> None:
        """Take the date of the last change: the last one counts."""
        self._date("updated", element, depth)

    def origin(self, element: Element, depth: int) -> None:
        """Take the address that a counting link stands for."""
        if element.items():
            raise Unsure
        self._keep("feedburner_origlink", text_of(element), depth)

    def author(self, element: Element, depth: int) -> None:
        """Take an author, whose name is the text or stands in an element."""
        self._once("author", depth)
        said_by(element)
        authors = self.raw.setdefault("authors", [])
        if len(element) == 0:
            text = text_of(element)
            self.raw["author"] = text
            authors.append(_named(text))
            self.raw.setdefault("author_detail", authors[-1])
            return
        found = _person(element)
        if "author_detail" in self.raw:  # feedparser writes the one over the other
            raise Unsure
        if not found.get("name") and self.raw.get("author"):
            raise Unsure
        name, mail = found.get("name"), found.get("email")
        self.raw["author"] = f"{name} ({mail})" if name and mail else name or mail or ""
        authors.append(found)

    def image(self, element: Element, _: int) -> None:
        """Pass over a picture; a title after it counts anew."""
        if len(element):
            raise Unsure
        self.title_depth = -1

    def _summary(self, element: Element, depth: int, usual: str) -> None:
        if "summary" in self.raw and not self._has_content:
            self._content(element, PLAIN)
            return
        value, kind = content_of(element, said_by(element), usual, is_atom=self._is_atom)
        self._keep("summary", value, depth)
        self.raw["summary_detail"] = {"type": kind}

    def _content(self, element: Element, usual: str) -> None:
        self._has_content = True
        value, kind = content_of(element, said_by(element), usual, is_atom=self._is_atom)
        self.raw.setdefault("content", []).append({"type": kind, "value": value})
        self.raw.setdefault("summary", value)

    def _keep(self, name: str, value: str, depth: int) -> None:
        """Keep a value, unless one that stands less deep is known."""
        if depth <= self._depths.setdefault(name, depth):
            self._depths[name] = depth
            self.raw[name] = value

    def _date(self, name: str, element: Element, depth: int) -> None:
        self._once(name, depth)
        self.raw[name] = text_of(element)

    def _once(self, name: str, depth: int) -> None:
        """Hold that what has this name stands at one depth."""
        if self._depths.setdefault(name, depth) != depth:
            raise Unsure


Reader: TypeAlias = Callable[[Item, Element, int], object]
"""Reads an element that stands at some depth into an item."""


def unknown(_: Item, __: Element, ___: int) -> None:
    """Doubt: there is an element that changes what the others mean."""
    raise Unsure


class _Alone:
    """The one author of an entry, for feedparser to tell name and address of mail apart."""

    def __init__(self, text: str) -> None:
        self.said: dict[str, Any] = {"author": text, "authors": [{}]}

    def _get_context(self) -> dict[str, Any]:
        return self.said


def _named(text: str) -> dict[str, str]:
    if "@" not in text or _MAY_BE_MAIL.search(text) is None:
        return {"name": text} if text else {}
    if len(text) > _LONGEST_NAME or _MAIL.fullmatch(text) is None:
        raise Unsure  # its search takes the square of the length where it finds nothing at once
    alone = _Alone(text)
    _FeedParserMixin._sync_author_detail(alone)  # noqa: SLF001 - the rule is its own
    found: dict[str, str] = alone.said["authors"][0]
    return found


def _person(element: Element) -> dict[str, str]:
    """Return name and mail of an author whose element holds them in elements."""
    if (element.text or "").strip():
        raise Unsure
    found = {}
    for child in element:
        name = child.tag.rpartition("}")[2].lower()
        if name not in ("name", "email", "uri") or len(child) or (child.tail or "").strip():
            raise Unsure
        if name != "uri":
            found[name] = (child.text or "").strip()
    return found
