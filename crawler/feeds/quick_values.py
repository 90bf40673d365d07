"""The values of elements as feedparser would give them, for the quick reading."""

import re
from typing import TypeAlias, cast
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from feedparser.mixin import _FeedParserMixin
from lxml import etree

from crawler.feeds.fields import USUAL_ADDRESS
from crawler.feeds.quick_names import attributes

Element: TypeAlias = etree._Element  # noqa: SLF001 - the one name that the type has
Said: TypeAlias = dict[str, str]

PLAIN, HTML, XHTML = "text/plain", "text/html", "application/xhtml+xml"
_TYPES = {
    **dict.fromkeys(("text", "plain", PLAIN), PLAIN),
    **dict.fromkeys(("html", HTML), HTML),
    **dict.fromkeys(("xhtml", XHTML), XHTML),
}
_MORE_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/*")
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_OWN = ("", "http://www.w3.org/1999/xhtml", "http://www.w3.org/2005/Atom")
_DEEPEST = 40


class Unsure(Exception):  # noqa: N818 - a way out of the depth of a document, no fault
    """The document goes beyond what is read quickly."""


def text_of(element: Element) -> str:
    """Return the text of an element that holds nothing else."""
    if len(element):
        raise Unsure
    return repaired((element.text or "").strip())


def repaired(text: str) -> str:
    """Return `text` with UTF-8 that was read as Latin-1 made good."""
    if text.isascii():
        return text
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text


def said_by(element: Element) -> Said:
    """Return the attributes of an element by feedparser's names."""
    items = element.items()
    found = attributes(cast("list[tuple[str, str]]", items)) if items else {}
    if found is None:
        raise Unsure
    return found


def content_of(element: Element, said: Said, usual: str, *, is_atom: bool) -> tuple[str, str]:
    """Return the text of an element that may hold markup, and its media type."""
    kind = _TYPES.get(said.get("type", usual)) if said else usual
    if kind is None or "mode" in said:
        raise Unsure
    if kind == XHTML:
        return repaired(_written(element, _DEEPEST).strip()), XHTML
    value = text_of(element)
    if kind == PLAIN and not is_atom and ("&" in value or "</" in value):
        kind = HTML if _FeedParserMixin.looks_like_html(value) else PLAIN
    return value, kind


def resolved(base: str, link: str) -> str:
    """Return where `link` leads from `base`, "" if that cannot be said."""
    if USUAL_ADDRESS.fullmatch(link):
        return link
    try:
        return urljoin(base, _MORE_SLASHES.sub(r"\1", link))
    except ValueError:
        return ""


def unreferenced(link: str) -> str:
    """Return an address without the references that feedparser takes for a query's variables."""
    return _REFERENCE.sub(r"&\g<1>", link.replace("&amp;", "&")) if "&" in link else link


def based(base: str, said: Said) -> str:
    """Return the base that holds inside an element with these attributes."""
    named = said.get("xml:base", said.get("base"))
    if not named:
        return base
    if not USUAL_ADDRESS.fullmatch(named):
        raise Unsure
    return named


def tongue(around: str | None, said: Said) -> str | None:
    """Return the language that holds inside an element with these attributes."""
    named = said.get("xml:lang", said.get("lang"))
    return around if named is None else (named or None)


def _written(element: Element, depth: int) -> str:
    """Write what stands in an element as markup; attributes do not matter to its text."""
    if not depth:
        raise Unsure
    pieces = [escape(element.text or "")]
    for child in element:
        tag = child.tag
        address, _, name = tag.rpartition("}")
        if address[1:] not in _OWN or not name.isalnum():
            raise Unsure
        name = name.lower()
        if name != "div" and hasattr(_FeedParserMixin, f"_end_{name}"):
            raise Unsure  # feedparser ends by it what stands around
        pieces += (f"<{name}>", _written(child, depth - 1), f"</{name}>", escape(child.tail or ""))
    return "".join(pieces)
