"""A page: what reading an article's address brought, as a value."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMarks:
    """What a page's answer said of itself, by which its next look is told that nothing changed.

    `body_hash` is that of its bytes as decoded (BLAKE2b, 16 of them).
    """

    etag: str | None = None
    modified: str | None = None
    body_hash: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was read; every text is plain. Times bear the zone of the publisher where known.

    `url` is where the redirects ended, `canonical` what the page itself names as its address, if
    that is plausible. `text` is the article's whole text with one line per paragraph, its lead
    included; it is never empty. `drawn` tells that scripts had to run before it had one.
    `language` is "und" where it is not sure. `publisher` is the name that the page gives its
    publisher; `paywalled` tells that the page says that the rest is for those who pay. `marks` are
    there unless scripts had to run.
    """

    url: str
    canonical: str | None
    title: str
    text: str
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    topics: tuple[str, ...] = ()
    image: str | None = None
    publisher: str | None = None
    paywalled: bool = False
    noarchive: bool = False
    drawn: bool = False
    marks: PageMarks | None = None


@dataclass(frozen=True, slots=True)
class SamePage:
    """The page is what it was when it was read last; nothing of it was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """The page could not be read; `reason` says why in plain words.

    `again` tells that a later try may help, not before `wait` where the server said so; `silent`
    that no server answered at all, so that the network may be to blame; `crowded` that others of
    ours took the time or the room there was. `textless` tells that the page came and holds no text
    of an article, so that its scripts may bring one. `status` is that of the answer which brought
    no page, and `url` where it came from after all redirects.
    """

    reason: str
    again: bool = False
    wait: timedelta | None = None
    silent: bool = False
    status: int | None = None
    url: str | None = None
    textless: bool = False
    crowded: bool = False


PageOutcome: TypeAlias = Page | Unread
