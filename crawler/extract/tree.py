"""Strangers' HTML as a tree."""

import re

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.extract.plain import printable

# One control character, written as a number, costs trafilatura the whole text.
_FORBIDDEN = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9])"
    r"|x0*(?:[0-8bce]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)


def tree_of(text: str) -> HtmlElement | None:
    """Parse `text`, however broken it is; None where it holds nothing."""
    # An XML declaration with an encoding is refused by lxml in a text that is decoded already.
    bare = _FORBIDDEN.sub("", printable(text)).lstrip()
    if bare.startswith("<?xml"):
        bare = bare.partition("?>")[2]
    try:
        return document_fromstring(bare, parser=HTMLParser(huge_tree=True, remove_comments=True))
    except ParserError:
        return None
