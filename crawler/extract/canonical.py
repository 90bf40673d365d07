"""The address that a page names as its own, if that can be true."""

from urllib.parse import urlsplit

from lxml.html import HtmlElement

from news.publisher import publisher_of
from news.url import absolute


def canonical_of(tree: HtmlElement, url: str) -> str | None:
    """Return the page's rel=canonical, None if it has none or one that is implausible.

    Implausible is another publisher's address, and a front page for what is not one: both are
    what broken templates say, and would make one article of many.
    """
    for element in tree.iter("link"):
        if "canonical" not in (element.get("rel") or "").lower().split():
            continue
        named = absolute(url, element.get("href") or "")
        if named is not None and _is_plausible(named, url):
            return named
    return None


def _is_plausible(named: str, url: str) -> bool:
    if publisher_of(named) != publisher_of(url):
        return False
    parts, own = urlsplit(named), urlsplit(url)
    is_front = not parts.path.strip("/") and not parts.query
    return not is_front or not (own.path.strip("/") or own.query)
