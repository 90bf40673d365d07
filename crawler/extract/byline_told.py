"""A byline that nothing marks: a line below the headline that begins with "By", or a dateline."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.author_names import looks_personal, names_in
from crawler.extract.headline import headline_in
from crawler.extract.plain import plain_line
from crawler.extract.said import Said

_BY = re.compile(
    r"(?:^|[|·•/]\s*|\d\s(?:uhr\s)?|\d\s?[ap]m\s)(?:written\sby|by|von|par|por|di|door|автор:?|текст:)"
    r"\s+(?=[^\W\d_])(?P<names>[^|·•/()\d<>]{4,100})",
    re.IGNORECASE,
)
_END = re.compile(r",?\s+(?:on\s|am\s|le\s|el\s|em\s)?[^\W\d_]{3,10}\.?\s*$")
_DATELINE = re.compile(
    r"^\s*[(\[][^)\]=]{1,15}=[^)\]]{1,20}[)\]]\s*"
    r"(?P<names>[가-힣]{2,4}(?:[·ㆍ, ]+[가-힣]{2,4}){0,4})\s*(?:특파원|기자)\s*="
)
_OUTSIDE = ("nav", "aside", "figure", "figcaption", "footer", "form", "blockquote")
_LINES = frozenset(("p", "div", "span", "h2", "h3", "h4", "font", "address", "em", "i", "small"))
_INNER = frozenset(("p", "div", "ul", "ol", "table", "figure", "article", "section", "h1"))
_MOST = 30
_MOST_WITHIN = 8
_LONGEST = 150
_NEAR = 3


def told_byline(tree: HtmlElement, said: Said) -> tuple[str, ...]:
    """Return the persons in the first such line close below the headline, () if there is none."""
    head = headline_in(tree, next(iter(said.headings), "") or said.page_title)
    for element in () if head is None else islice(_below(head), _MOST):
        for line in _lines(element):
            if names := _told(line):
                return names
    return ()


def _told(line: str) -> tuple[str, ...]:
    if dateline := _DATELINE.match(line):
        return names_in([f"{dateline['names']} 기자"])
    match = _BY.search(line) if len(line) <= _LONGEST else None
    if match is None:
        return ()
    said, after = match["names"], line[match.end() : match.end() + 1]
    names = names_in([_END.sub("", said) if after.isdigit() else said])
    return names if looks_personal(names) else ()


def _below(head: HtmlElement) -> Iterator[HtmlElement]:
    for outer in (head, *islice(head.iterancestors(), _NEAR)):
        if outer.tag in ("body", "html"):
            return
        for element in islice(outer.itersiblings(), _MOST_WITHIN):
            yield from islice(element.iter(*_LINES), _MOST_WITHIN)


def _lines(element: HtmlElement) -> Iterator[str]:
    """Yield the lines of an element that holds no others; a line break ends one."""
    if any(part.tag in _INNER for part in element):
        return
    if any(one.tag in _OUTSIDE for one in (element, *islice(element.iterancestors(), _NEAR))):
        return
    pieces = [element.text or ""]
    for part in element:
        if part.tag == "br":
            yield plain_line("".join(pieces))
            pieces = []
        else:
            pieces.append("".join(part.itertext(with_tail=False)))
        pieces.append(part.tail or "")
    yield plain_line("".join(pieces))
