"""What a sitemap says, as values."""

from dataclasses import dataclass
from typing import TypeAlias

MOST_LISTED = 50_000
"""The sitemap protocol allows no more addresses in one document."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An address as it is listed, by texts as they stand there.

    `lastmod` is when the page was touched last; `published`, `title`, `language`, `keywords` and
    `paper` (the publication's name) come from the extension for news, if it is used.
    """

    url: str
    lastmod: str = ""
    published: str = ""
    title: str = ""
    language: str = ""
    keywords: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """A further sitemap that an index names, with when it changed last as the index says it."""

    url: str
    lastmod: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A sitemap: addresses of pages, or those of further sitemaps (an index).

    `broken` says what was wrong with a document that was read as far as it could be.
    """

    listed: tuple[Listed, ...] = ()
    children: tuple[Child, ...] = ()
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class NotASitemap:
    """The document is something else; `reason` says what, in words for whoever named it."""

    reason: str


Scanned: TypeAlias = Document | NotASitemap
