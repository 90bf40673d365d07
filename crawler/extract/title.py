"""The title of an article, without the name of its site."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.extract.plain import content_of, plain_line
from crawler.extract.said import Said

_SEPARATOR = re.compile(r"\s+[|\-–—·•»:/]+\s+|\s*[|｜]\s*")
_NOT_WORDS = re.compile(r"\W+")


def title_of(tree: HtmlElement, said: Said) -> str:
    """Return the page's title, "" if it has none.

    A heading that the metadata agree with is what readers see, so it goes first.
    """
    named = [name for name in _named(tree, said) if name]
    headings = [heading for element in tree.iter("h1") if (heading := content_of(element))]
    for heading in headings:
        if any(_agree(heading, name) for name in named):
            return heading
    if not named:
        return headings[0] if headings else ""
    return _without_site(named[0], said, named[1:])


def _named(tree: HtmlElement, said: Said) -> Iterator[str]:
    yield said.text("headline")
    yield said.first("og:title")
    yield said.first("twitter:title")
    element = tree.find(".//title")
    yield plain_line("".join(element.itertext())) if element is not None else ""


def _agree(heading: str, name: str) -> bool:
    folded, other = _folded(heading), _folded(name)
    return bool(folded) and (folded == other or (other.startswith(folded) and " " in folded))


def _folded(text: str) -> str:
    return _NOT_WORDS.sub(" ", text).strip().casefold()


def _without_site(title: str, said: Said, others: list[str]) -> str:
    """Cut what stands behind a separator, if that is the site or the others lack it."""
    site = _folded(said.first("og:site_name", "application-name"))
    known = {_folded(other) for other in others}
    for cut in _SEPARATOR.finditer(title):
        kept, rest = title[: cut.start()].strip(), _folded(title[cut.end() :])
        if kept and (_folded(kept) in known or (site and rest == site)):
            return kept
    return title
