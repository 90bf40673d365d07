"""The address that a page names as its own, if that can be true.

    rel=canonical          believed first; in the head before one further down
    og:url, JSON-LD url    only where there is none, and only one that names an article

Templates say much that cannot be true, and believing it makes one article of many: another
publisher's address, the front page, the section that the article stands in, the script without the
number that chooses the article, a page of errors. Of several that contradict each other the page's
own address is believed, or the one that its other marks confirm.
"""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from lxml.html import HtmlElement

from crawler.extract.said import Said
from news.article_key import article_key, names_an_article
from news.publisher import publisher_of
from news.url import absolute

_MOST_LINKS = 10
_LONGEST = 2_000
_ERRORS = re.compile(r"(?:^|[/_-])(?:404|50[0-9]|error|not-?found)(?:[/_.-]|$)", re.IGNORECASE)
_UNFILLED = re.compile(
    r"\{|\}|%7b|<|%3c|\$\(|undefined|\[object|/null(?:/|$)|//localhost", re.IGNORECASE
)
_PAGING = re.compile(r"(?:page|pg|pn|paged|offset|start)=", re.IGNORECASE)
_PART = re.compile(
    r"[0-9]{1,2}|p(?:age)?-?[0-9]+|amp|amphtml|print|full|single|all|mobile|comments?|gallery"
    r"|photos?|videos?|embed|feed",
    re.IGNORECASE,
)


def canonical_of(tree: HtmlElement, url: str, said: Said | None = None) -> str | None:
    """Return the address that a page from `url` names as its own, None where none can be true."""
    linked = [one for one in _linked(tree, url) if _is_plausible(one, url)]
    witnesses = [] if said is None else [one for one in _told(said, url) if _is_plausible(one, url)]
    if linked:
        return _agreed(linked, witnesses, url)
    return next((one for one in witnesses if _is_safe(one, url)), None)


def _linked(tree: HtmlElement, url: str) -> Iterator[str]:
    """Yield what rel=canonical says, the head's before the body's, which comments may hold."""
    inside: list[str] = []
    seen = 0
    for element in tree.iter("link"):
        if "canonical" not in (element.get("rel") or "").lower().split():
            continue
        named = _whole(absolute(url, (element.get("href") or "")[:_LONGEST]))
        if named is None or (seen := seen + 1) > _MOST_LINKS:
            continue
        if any(outer.tag == "body" for outer in element.iterancestors()):
            inside.append(named)
        else:
            yield named
    if seen == len(inside):  # the head has none
        yield from inside


def _told(said: Said, url: str) -> Iterator[str]:
    """Yield the page's address as its other marks say it."""
    pages = [said.article.get("mainEntityOfPage"), said.article.get("url")]
    named = [one.get("@id") or one.get("url") if isinstance(one, dict) else one for one in pages]
    for text in (said.first("og:url"), *named):
        if isinstance(text, str) and (found := _whole(absolute(url, text[:_LONGEST]))):
            yield found


def _whole(named: str | None) -> str | None:
    """Return the address of all the page: a fragment names a part, but for `#!` of old scripts."""
    address, _, part = (named or "").partition("#")
    return named if part.startswith("!") else address or None


def _agreed(linked: list[str], witnesses: list[str], url: str) -> str | None:
    """Return the one that is meant; None where they contradict each other and nothing helps."""
    keys = {article_key(one) for one in linked}
    own = article_key(url)
    confirmed = {article_key(one) for one in witnesses}
    if len(keys) > 1:
        right = [one for one in linked if article_key(one) == own] or [
            one for one in linked if article_key(one) in confirmed
        ]
        return right[0] if right else None
    (key,) = keys
    if key != own and own in confirmed and key not in confirmed and _names(own) and _names(key):
        return None  # two articles: it is the address of another one that the page speaks of
    return linked[0]


def _is_plausible(named: str, url: str) -> bool:
    if publisher_of(named) != publisher_of(url) or _UNFILLED.search(named):
        return False
    if article_key(named) == article_key(url):
        return True
    parts, own = urlsplit(named), urlsplit(url)
    if _ERRORS.search(parts.path) and not _ERRORS.search(own.path):
        return False
    if not parts.path.strip("/") and not parts.query:
        return not (own.path.strip("/") or own.query)
    return not _is_above(parts, own) and not _forgets_the_number(parts, own)


def _is_above(named: SplitResult, own: SplitResult) -> bool:
    """Tell whether `named` is the section in which the page stands."""
    folder = f"{named.path.rstrip('/').removesuffix('/index.html')}/".lower()
    if not own.path.lower().startswith(folder) or named.query or names_an_article(named.path):
        return False
    below = own.path[len(folder) :].strip("/")
    return below != "" and _PART.fullmatch(below) is None


def _forgets_the_number(named: SplitResult, own: SplitResult) -> bool:
    """Tell whether a script is named without what chooses the article: `view?id=7` as `view`."""
    if names_an_article(named.path) or named.path.strip("/") != own.path.strip("/"):
        return False
    pieces = urlsplit(article_key(own.geturl())).query.split("&")
    chosen = {piece for piece in pieces if piece and not _PAGING.match(piece)}
    kept = set(urlsplit(article_key(named.geturl())).query.split("&"))
    return bool(chosen) and not chosen & kept


def _is_safe(named: str, url: str) -> bool:
    """Tell whether a weak mark may be believed: it names an article, or what is asked for."""
    return article_key(named) == article_key(url) or _names(named)


def _names(url: str) -> bool:
    return names_an_article(urlsplit(url).path)
