"""All of a well-formed feed that is not an item, read as feedparser would: title, language, rest.

Items are handed out on the way, for in what order things stand changes what some of them mean.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from crawler.feeds.quick_names import Names
from crawler.feeds.quick_readers import is_of_no_use
from crawler.feeds.quick_values import (
    PLAIN,
    Element,
    Said,
    Unsure,
    based,
    content_of,
    said_by,
    text_of,
    tongue,
)

_TITLES = frozenset(("title", "dc_title", "media_title"))
_ITEMS = frozenset(("item", "entry"))
_ASKS = frozenset(("ttl", "sy_updateperiod", "sy_updatefrequency"))
_KEPT = {**{name: name for name in _ASKS}, "language": "language", "dc_language": "language"}
_PICTURES = frozenset(("image", "textinput"))
_OF_A_PICTURE = frozenset(["title", "link", "description", "url", "width", "height"])
_DESCRIPTIONS = frozenset(("description", "dc_description", "media_description"))
_SUMMARIES = frozenset(("summary", "itunes_summary"))
_OF_NO_USE_NAMES = """
    link id guid author managingeditor dc_creator dc_author itunes_author updated modified dc_date
    dcterms_modified lastbuilddate published issued pubdate dcterms_issued items date
"""
_OF_NO_USE_HERE = frozenset(_OF_NO_USE_NAMES.split())
_LEAVES = _DESCRIPTIONS | _SUMMARIES | {"link", "id", "guid"}

Found: TypeAlias = "Callable[[Frame, Element, int], None]"
"""Called with each item, and the depth at which its children stand."""


class Frame:
    """What is known of a feed, under feedparser's names; it has the state that its items share."""

    def __init__(self, names: Names, *, is_atom: bool, base: str, found: Found) -> None:
        self.feed: dict[str, Any] = {}
        self.is_atom = is_atom
        self.base = base
        self.lang: str | None = None
        self.title_depth = -1
        self._names = names
        self._found = found

    def enter(self, said: Said) -> None:
        """Take what the document's element, or its channel, says of all inside."""
        if "href" in said or "lastmod" in said:
            raise Unsure
        self.base = based(self.base, said)
        self.lang = tongue(self.lang, said)

    def read(self, element: Element, depth: int) -> None:
        """Read the children of a channel or feed, which stand at `depth`."""
        for child in element:
            name = self._names.of(child.tag)
            if name in _ITEMS:
                self._found(self, child, depth + 1)
            else:
                self.part(child, name, depth)

    def part(self, element: Element, name: str, depth: int) -> None:
        """Read what is no item."""
        if name in _TITLES:
            self._title(element, name, depth)
        elif name in _PICTURES:
            self._picture(element, depth)
        elif name in _KEPT:
            self._keep(element, name)
        elif name in _LEAVES:
            self._leaf(element, name)
        elif name not in _OF_NO_USE_HERE and not is_of_no_use(name):
            raise Unsure
        elif len(element):
            self._pass_over(element)

    def _title(self, element: Element, name: str, depth: int) -> None:
        value, _ = content_of(element, said_by(element), PLAIN, is_atom=self.is_atom)
        if not -1 < self.title_depth <= depth:
            self.feed["title"] = value
        if value and name != "media_title":
            self.title_depth = depth

    def _picture(self, element: Element, depth: int) -> None:
        self.title_depth = -1
        for child in element:
            name = self._names.of(child.tag)
            if name not in _OF_A_PICTURE or len(child):
                raise Unsure
            if name == "title" and text_of(child):
                self.title_depth = depth + 1

    def _keep(self, element: Element, name: str) -> None:
        if name in _ASKS and element.items():
            raise Unsure
        self.feed[_KEPT[name]] = text_of(element)

    def _leaf(self, element: Element, name: str) -> None:
        if len(element) or (name not in ("link", "id", "guid") and "summary" in self.feed):
            raise Unsure  # a second summary would be content
        if name in _SUMMARIES:
            self.feed["summary"] = ""

    def _pass_over(self, element: Element) -> None:
        for below in element.iterdescendants():
            name = self._names.of(below.tag)
            if name in _OF_NO_USE_HERE and name not in _LEAVES:
                continue
            if not is_of_no_use(name) or name in _KEPT:
                raise Unsure
