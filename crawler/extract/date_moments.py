"""The moments that a page's elements bear for machines, beside what they show to people.

Outside of the commonest systems nothing says which of them is of the publication: that is told by
where they stand, as with the dates that people read.
"""

from collections.abc import Mapping
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extract.date_witnesses import read_moment
from crawler.extract.date_words import Dialect, Told

_ATTRIBUTES = (
    "datetime",
    "data-datetime",
    "data-date-time",
    "data-timestamp",
    "data-date",
    "data-published",
)
_BEARING = XPath(
    "descendant::time[@datetime] | descendant::abbr[@title][contains(@class, 'published')]"
    " | descendant::*[@data-datetime or @data-date-time or @data-timestamp or @data-date"
    " or @data-published]"
)
_MOST = 60
_LONGEST = 60
_FIRST_YEAR = 1990


def moments_in(tree: HtmlElement, dialect: Dialect) -> Mapping[HtmlElement, Told]:
    """Return the moment of each element that bears one with its time of day."""
    found: dict[HtmlElement, Told] = {}
    for element in cast("list[HtmlElement]", _BEARING(tree))[:_MOST]:
        said = [text for name in _ATTRIBUTES if (text := element.get(name))]
        if element.tag == "abbr":
            said.append(element.get("title") or "")
        for text in said:
            told = read_moment(text[:_LONGEST], dialect)
            if told is not None and told.exact and told.when.year >= _FIRST_YEAR:
                found.setdefault(element, told)
    return found
