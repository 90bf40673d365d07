"""Strangers' HTML as a tree."""

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.extract.plain import printable


def tree_of(text: str) -> HtmlElement | None:
    """Parse `text`, however broken it is; None where it holds nothing."""
    # An XML declaration with an encoding is refused by lxml in a text that is decoded already.
    bare = printable(text).lstrip()
    if bare.startswith("<?xml"):
        bare = bare.partition("?>")[2]
    try:
        return document_fromstring(bare, parser=HTMLParser(huge_tree=True, remove_comments=True))
    except ParserError:
        return None
