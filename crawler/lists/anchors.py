"""A page's links as they stand: anchors gathered by the address to which they lead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urldefrag

from lxml.html import HtmlElement

from crawler.extract.plain import plain_line
from news.url import absolute, canonical_url

MOST_ANCHORS = 5_000
"""So many anchors of a page are looked at; honest pages have hundreds, a few have two thousand."""

_MOST_ADDRESS = 4_000
_MOST_TEXT = 2_000
_LABELS = ("aria-label", "title")
_WIDE_FROM = "\u2e80"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One anchor; `label` is what is said of it where it has no text.

    `fragment` tells that it leads to a place within the page, as to its comments.
    """

    element: HtmlElement
    url: str
    key: str
    text: str
    label: str
    fragment: bool


@dataclass(slots=True)
class Link:
    """All anchors that lead to one address, in the page's order; `key` is that address."""

    key: str
    anchors: list[Anchor] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return the address as the page writes it first."""
        return self.anchors[0].url

    @property
    def weight(self) -> float:
        """Return how much its best text says, in characters of an alphabet."""
        return max(weight_of(anchor.text or anchor.label) for anchor in self.anchors)


def weight_of(text: str) -> float:
    """Return the length of `text`; a Chinese, Japanese or Korean character says as much as 2.5."""
    if text.isascii():
        return float(len(text))
    return float(sum(2.5 if character >= _WIDE_FROM else 1 for character in text))


def base_of(tree: HtmlElement, url: str) -> str:
    """Return the address to which the page's links are relative."""
    for element in tree.iter("base"):
        if named := element.get("href"):
            return absolute(url, named) or url
    return url


def links_of(anchors: Iterable[HtmlElement], *, base: str, page: str) -> list[Link]:
    """Gather anchors by address; those that lead nowhere, or to `page` itself, are left out."""
    own = canonical_url(page)
    found: dict[str, Link] = {}
    for element in islice(anchors, MOST_ANCHORS):
        anchor = _anchor(element, base)
        if anchor is not None and anchor.key != own:
            found.setdefault(anchor.key, Link(anchor.key)).anchors.append(anchor)
    return list(found.values())


def _anchor(element: HtmlElement, base: str) -> Anchor | None:
    href = (element.get("href") or "").strip()
    if not href or href.startswith("#") or len(href) > _MOST_ADDRESS:
        return None
    target = absolute(base, href)
    if target is None:
        return None
    bare, fragment = urldefrag(target)
    is_place = bool(fragment) and not fragment.startswith("!")
    url = bare if is_place else target
    return Anchor(
        element=element,
        url=url,
        key=canonical_url(url),
        text=plain_line("".join(element.itertext(with_tail=False))[:_MOST_TEXT]),
        label=_label(element),
        fragment=is_place,
    )


def _label(element: HtmlElement) -> str:
    for name in _LABELS:
        if said := element.get(name):
            return plain_line(said)
    pictures = (plain_line(image.get("alt") or "") for image in element.iter("img"))
    return next(filter(None, pictures), "")
