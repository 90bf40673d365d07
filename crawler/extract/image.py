"""The picture that stands for an article: its address, if it is one of a picture of the story."""

import re
from collections.abc import Iterator, Mapping

from crawler.extract.said import Said
from news.url import absolute

_METAS = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_SMALLEST = 100
_CUT_OFF = 1_000
"""A meta of this length went on, and half an address leads nowhere."""
_MOST = 10
_NO_PICTURE = re.compile(
    r"(?:^|[/_.\-])(?:logos?|placeholder|default[_-]?(?:image|img|thumb)|no[_-]?image|blank|spacer|pixel|1x1|favicon"
    r"|apple-touch|avatar|share[_-]?(?:image|default)|social[_-]?(?:image|default|share)|og[_-]default)"
    r"(?:[/_.\-0-9]|$)|\.(?:svg|ico)$|gravatar",
    re.IGNORECASE,
)


def image_of(said: Said) -> str | None:
    """Return the absolute address of the article's picture, None if the page names none.

    Logos, stand-ins and what counts readers are no pictures of a story.
    """
    for link in _named(said):
        address = absolute(said.url, link) if 0 < len(link) < _CUT_OFF else None
        if address and not _NO_PICTURE.search(address.partition("?")[0]):
            return address
    return None


def _named(said: Said) -> Iterator[str]:
    if not _is_small(said.first("og:image:width"), said.first("og:image:height")):
        yield from said.all(*_METAS)
    pictures = said.article.get("image") or said.article.get("thumbnailUrl")
    for picture in pictures[:_MOST] if isinstance(pictures, list) else [pictures]:
        yield _address(picture)


def _address(picture: object) -> str:
    if isinstance(picture, Mapping):
        if _is_small(picture.get("width"), picture.get("height")):
            return ""
        picture = picture.get("url") or picture.get("contentUrl") or picture.get("@id")
    if isinstance(picture, list) and picture:
        picture = picture[0]
    return picture if isinstance(picture, str) else ""


def _is_small(*sides: object) -> bool:
    """Tell whether a side is said to be too small for a picture."""
    said = (re.match(r"\d{1,6}", str(side)) for side in sides if side)
    return any(int(side[0]) < _SMALLEST for side in said if side)
