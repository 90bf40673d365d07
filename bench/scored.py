"""The product's own code in the shapes by which scorers over real cases call it.

`parse` is what a visit makes of a feed's document, from the bytes to what is noted of its entries.
`allowed` is what robots.txt says to an agent about an address. `extract` is what a worker makes of
a page's bytes, `canonical_url` the key under which all addresses of an article are one.
"""

from collections.abc import Mapping
from typing import Any

from crawler.extract.page import extract as extracted
from crawler.feeds.document import NotAFeed
from crawler.feeds.parse import read_whole
from crawler.robots_rules import allowed
from news.article_key import article_key as canonical_url
from news.entry import Entry
from news.gist import Gist, gist_of
from news.gist import similarity as likeness
from news.page import Unread
from news.text import analyze

__all__ = ["allowed", "canonical_url", "extract", "parse", "similarity"]


def parse(body: bytes, headers: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the entries of the feed that a server sent as `body` with `headers`."""
    said = {name.lower(): value for name, value in headers.items()}
    found = read_whole(body, said, said.get("content-location", ""))
    return [] if isinstance(found, NotAFeed) else [_told(entry) for entry in found.entries]


def extract(html: bytes, url: str) -> dict[str, Any]:
    """Return the article that a page from `url` holds; nothing where it is told as unread."""
    page = extracted(html, url, {})
    if isinstance(page, Unread):
        return {"text": "", "title": "", "authors": [], "date": None, "topics": []}
    return {
        "text": page.text,
        "title": page.title,
        "authors": list(page.authors),
        "date": page.published,
        "topics": list(page.topics),
    }


def similarity(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Return how like two articles are, 0 to 1, each given by its title and text."""
    return likeness(_gist(one), _gist(other))


def _gist(article: Mapping[str, str]) -> Gist:
    title, text = article["title"], article["text"]
    return gist_of(title, text, analyze(title, text))


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.own_id,
        "link": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content,
        "published": entry.published,
        "updated": entry.updated,
        "authors": list(entry.authors),
    }
