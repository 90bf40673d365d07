"""Who wrote an article."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from crawler.extract.plain import plain_line
from crawler.extract.said import Said
from crawler.references import unescaped

_METAS = (
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
)
_BY = re.compile(r"^(?:by|von|par|por|di|door|от|автор)\s*:?\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[;|]|,\s|\s(?:and|und|et|y|e|en|&|и)\s)\s*")
_ADDRESS = re.compile(r"https?://|www\.|@|^/")
_MOST = 20
_LONGEST = 100


def authors_of(tree: HtmlElement, said: Said) -> tuple[str, ...]:
    """Return the authors in the order in which the page names them, each once."""
    for names in (_of_article(said), said.all(*_METAS), _of_byline(tree)):
        found = _cleaned(list(names))
        if found:
            return found
    return ()


def _of_article(said: Said) -> Iterator[str]:
    authors = said.article.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        name = author.get("name") if isinstance(author, dict) else author
        for one in name if isinstance(name, list) else [name]:
            if isinstance(one, str):
                yield unescaped(one)


def _of_byline(tree: HtmlElement) -> Iterator[str]:
    yield from (extract_author(tree) or "").split("; ")


def _cleaned(names: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for line in names:
        for name in _AND.split(_BY.sub("", plain_line(line))):
            if name and len(name) <= _LONGEST and not _ADDRESS.search(name):
                found.setdefault(name.casefold(), name)
    return tuple(found.values())[:_MOST]
