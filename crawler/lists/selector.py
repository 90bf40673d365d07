"""CSS selectors that people write for the links of a list."""

from lxml.cssselect import CSSSelector, SelectorError
from lxml.html import HtmlElement


def selector_fault(text: str) -> str | None:
    """Say why `text` is no CSS selector of elements, None if it is one."""
    if "::" in text:
        return "name the links themselves, such as h3 > a, without ::attr(href) or ::text"
    try:
        CSSSelector(text, translator="html")
    except SelectorError as error:
        return f"this is not a CSS selector: {error}"
    return None


def selected(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the anchors that `selector` names: those it selects, and those within."""
    found: dict[HtmlElement, None] = {}
    for element in tree.cssselect(selector, translator="html"):
        anchors = [element] if element.tag == "a" else element.iter("a")
        found.update(dict.fromkeys(anchors))
    return list(found)
