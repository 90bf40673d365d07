"""Strangers' HTML as a tree, and whether that is larger than what may be searched all over."""

import re

from lxml.etree import ElementDefaultClassLookup, ParserError, XPath
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.extract.plain import printable

# One control character, written as a number, costs trafilatura the whole text.
_FORBIDDEN = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9])"
    r"|x0*(?:[0-8bce]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)
# lxml.html asks a function of Python which class each element is of, every time one is looked at.
_ONE_CLASS = ElementDefaultClassLookup(element=HtmlElement)
_MOST_ELEMENTS = 20_000
_DEEP = 400
_PARSED = 2_040
"""The parser drops what stands deeper than some 2,048 elements."""
_MOST_ATTRIBUTES = 2_000
_COUNT = XPath(f"count(//*) > {_MOST_ELEMENTS}")
_IS_DEEP = XPath(f"boolean({'/*' * _DEEP})")
_IS_CUT = XPath(f"boolean({'/*' * _PARSED})")
# The parser's work grows with the square of the attributes of one element.
_LONG_TAG = 20_000
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>",
    re.IGNORECASE,
)
_NESTING = re.compile(
    r"</?(?!(?:html|head|body|title|meta|link|script|style|p|br)\b)[a-z][^<>]*>", re.IGNORECASE
)


def tree_of(text: str) -> HtmlElement | None:
    """Parse `text`, however broken it is; None where it holds nothing.

    A page deeper than the parser goes would lose all that stands there: it is parsed without its
    boxes, as paragraphs and lines.
    """
    # An XML declaration with an encoding is refused by lxml in a text that is decoded already.
    bare = printable(text)
    if "&#" in bare:
        bare = _FORBIDDEN.sub("", bare)
    bare = _unladen(bare).lstrip()
    if bare.startswith("<?xml"):
        bare = bare.partition("?>")[2]
    tree = _parsed(bare)
    if tree is not None and _IS_CUT(tree):
        return _parsed(_NESTING.sub("<br>", _INLINE.sub("", bare)))
    return tree


def is_large(tree: HtmlElement) -> bool:
    """Tell whether a page is so wide or deep that only single passes of our own may read it.

    The libraries' work grows faster than the page.
    """
    return bool(_COUNT(tree)) or bool(_IS_DEEP(tree))


def _unladen(text: str) -> str:
    """Take their attributes from elements that have thousands."""
    pieces = text.split("<")
    laden = [at for at, piece in enumerate(pieces) if len(piece) > _LONG_TAG and _is_laden(piece)]
    for at in laden:
        name, _, rest = pieces[at].partition(">")
        pieces[at] = f"{name.split(maxsplit=1)[0].partition('/')[0]}>{rest}"
    return "<".join(pieces) if laden else text


def _is_laden(piece: str) -> bool:
    tag = piece.partition(">")[0]
    most = max(tag.count("="), tag.count("/"), len(tag.split()))
    return most > _MOST_ATTRIBUTES and len(tag) < len(piece) and tag[0].isalpha()


def _parsed(bare: str) -> HtmlElement | None:
    parser = HTMLParser(huge_tree=True, remove_comments=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        return document_fromstring(bare, parser=parser)
    except ParserError:
        return None
