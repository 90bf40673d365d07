"""The headline of a page as it stands in sight: bylines, dates and leads are told by it."""

from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.plain import plain_line
from crawler.extract.story_thing import letters

_MOST_HEADS = 40
_LINE = 160


def headline_in(tree: HtmlElement, title: str) -> HtmlElement | None:
    """Return the heading that says the title, else the first one."""
    wanted = letters(title)
    for one in islice(tree.iter("h1", "h2"), _MOST_HEADS):
        said = letters(line_of(one))
        if said and wanted and (said in wanted or wanted in said) and len(said) * 2 > len(wanted):
            return one
    return next(tree.iter("h1"), None)


def line_of(element: HtmlElement) -> str:
    """Return the element's text if it is a line, else ""."""
    parts: list[str] = []
    size = 0
    for text in element.itertext():
        size += len(text.strip())
        if size > _LINE:
            return ""
        parts.append(text)
    return plain_line(" ".join(parts))
