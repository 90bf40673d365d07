"""The date of a page that marks none, by the first day that any of its lines tells.

It is asked last, and looks at so many elements only.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.date_shown import COPYRIGHT, SKIPPED, YEAR, Shown
from crawler.extract.date_words import LONGEST, Dialect, Told, told_in
from crawler.extract.headline import headline_in
from news.clock import utc_now

_MOST_ELEMENTS = 20_000
_MOST_LINES = 200
_EARLIEST = 1995
_SHORTEST = 6


def date_anywhere(
    tree: HtmlElement, title: str, dialect: Dialect, shown: Sequence[Shown]
) -> datetime | None:
    """Return the likeliest date in sight, else the first day below the headline, else above it."""
    for one in shown:
        if not one.update and one.marks > 0:
            return one.told.when
    above: datetime | None = None
    for below, text in islice(_lines(tree, title), _MOST_LINES):
        for told in told_in(text, dialect):
            if _can_be(told):
                if below:
                    return told.when
                above = above or told.when
    return above


def _lines(tree: HtmlElement, title: str) -> Iterator[tuple[bool, str]]:
    """Yield the texts that may tell a year, and whether they stand below the headline."""
    head = headline_in(tree, title)
    below = head is None
    for element in islice(tree.iter(), _MOST_ELEMENTS):
        below = below or element is head
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if text and holder is not None and len(text) >= _SHORTEST:
                start = text[:LONGEST]
                told = holder.tag not in SKIPPED and YEAR.search(start)
                if told and not COPYRIGHT.search(start):
                    yield below, start


def _can_be(told: Told) -> bool:
    """Tell whether the day is neither ahead, as those of events are, nor of before the web."""
    return told.when.year >= _EARLIEST and told.when.date() <= utc_now().date()
