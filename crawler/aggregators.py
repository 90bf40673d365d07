"""Aggregators: they tell of articles that others published, so they are good for finding alone.

What counts is the publisher's own address. Some links hold it, in a parameter or in a name that
can be decoded; others lead there when their page is read; some do not let it be known. Then the
piece goes on with the aggregator's address and whatever is said of its publisher, and is joined to
the publisher's own article by its title (archive/recognition.py).

Whoever adds an aggregator adds a row.
"""

import binascii
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.packed import texts_in
from news.entry import Entry
from news.publisher import publisher_of
from news.url import absolute, is_http

_MOST_ADDRESS = 4_000
_HEAD, _FIRST = 2_000, 3
"""So many bytes, or entries, of a feed show whether an aggregator made it."""

_MOST_STEPS = 3
"""So often a link may hold a link of an aggregator in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregator:
    """One of them, and how its links are read.

    Links are those to `hosts` whose path holds `path`. The publisher's own address stands in one of
    `parameters`, or `decode` finds it in the link. `suffixed` tells that titles end with the
    publisher's name, `lists` that summaries are lists of links; `generator` is how its feeds begin
    to name what made them. `names` tells that its own feeds, those at `hosts`, say truly who
    published a piece: it writes them itself, and whoever publishes with it cannot.
    """

    name: str
    hosts: frozenset[str]
    path: re.Pattern[str]
    parameters: tuple[str, ...] = ()
    decode: Callable[[str], str | None] | None = None
    suffixed: bool = False
    lists: bool = False
    generator: str = ""
    names: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """What a feed says beside an entry: what made the feed, and whose the entry is.

    `feed` is the address that the feed was read at: all else anybody may write.
    """

    feed: str = ""
    generator: str = ""
    publisher: str = ""
    publisher_url: str | None = None


def in_google_name(url: str) -> str | None:
    """Return the address within the name of a Google News article, as the older ones have it.

    The name is base64 of a few fields as protocol buffers write them; newer names hold only a key
    that Google alone can read.
    """
    name = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    try:
        fields = urlsafe_b64decode(name + "=" * (-len(name) % 4))
        return next((text for text in texts_in(fields) if is_http(text)), None)
    except (binascii.Error, ValueError, IndexError):
        return None


def in_yahoo_path(url: str) -> str | None:
    """Return the address in a link that counts clicks: behind `/RU=` or behind a star."""
    for mark, end in (("/RU=", "/RK="), ("/*", "\n"), ("*", "\n")):
        _, found, rest = url.partition(mark)
        address = unquote(rest.partition(end)[0])
        if found and is_http(address):
            return address
    return None


AGGREGATORS = (
    Aggregator(
        name="Google News",
        hosts=frozenset(("news.google.com",)),
        path=re.compile(r"/(?:rss/|__i/rss/rd/)?(?:articles|read|stories)/"),
        decode=in_google_name,
        suffixed=True,
        lists=True,
        generator="NFE/",
        names=True,
    ),
    Aggregator(
        name="Google Alerts",
        hosts=frozenset(("www.google.com", "google.com")),
        path=re.compile(r"/url$"),
        parameters=("url", "q"),
    ),
    Aggregator(
        name="Bing News",
        hosts=frozenset(("www.bing.com", "bing.com")),
        path=re.compile(r"/news/apiclick\.aspx$", re.IGNORECASE),
        parameters=("url",),
        names=True,
    ),
    Aggregator(
        name="Yahoo",
        hosts=frozenset(("r.search.yahoo.com", "us.rd.yahoo.com", "rd.yahoo.com")),
        path=re.compile(r"/"),
        decode=in_yahoo_path,
    ),
    Aggregator(
        name="FeedBurner",
        hosts=frozenset(("feedproxy.google.com", "feeds.feedburner.com")),
        path=re.compile(r"/~r/"),
    ),
    Aggregator(
        name="MSN",
        hosts=frozenset(("www.msn.com", "msn.com")),
        path=re.compile(r"/(?:ar|vi|ss)-[A-Za-z0-9]+/?$"),
    ),
)


def aggregator_of(url: str) -> Aggregator | None:
    """Return whose link `url` is, None where it leads to somebody's own page."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return next(
        (one for one in AGGREGATORS if host in one.hosts and one.path.search(parts.path)), None
    )


def own_address(url: str) -> str | None:
    """Return the publisher's own address that an aggregator's link holds, if it can be had."""
    for _ in range(_MOST_STEPS):
        by = aggregator_of(url)
        if by is None:
            return url
        held = _held(by, url)
        if held is None or len(held) > _MOST_ADDRESS:
            return None
        url = held
    return None


def tells_of_others(body: bytes, entries: Sequence[Entry]) -> bool:
    """Tell whether a feed, with these entries, is an aggregator's."""
    head = body[:_HEAD].decode("latin-1")
    made = (one.generator for one in AGGREGATORS if one.generator)
    if any(f"<generator>{name}" in head for name in made):
        return True
    return any(aggregator_of(entry.url) for entry in entries[:_FIRST] if entry.url)


def teller_of(raw: Mapping[str, Any], generator: object, feed: str) -> Teller:
    """Return what feedparser says beside an entry of the feed that was read at `feed`."""
    source = raw.get("source") or {}
    href, title = source.get("href"), source.get("title")
    return Teller(
        feed=feed,
        generator=generator if isinstance(generator, str) else "",
        publisher=title if isinstance(title, str) else "",
        publisher_url=href if isinstance(href, str) else None,
    )


def as_published(entry: Entry, teller: Teller) -> Entry:
    """Return an entry of an aggregator as its publisher told it; any other one as it is."""
    if entry.url is None:
        return entry
    linked = aggregator_of(entry.url)
    by = linked or _by_generator(teller.generator)
    if by is None:
        return entry
    own = own_address(entry.url) if linked else None
    return replace(
        entry,
        url=own or entry.url,
        title=without_publisher(entry.title, teller.publisher) if by.suffixed else entry.title,
        summary="" if by.lists else entry.summary,
        content="" if by.lists else entry.content,
        publisher_url=None if own else _named(linked, entry.url, teller),
    )


def without_publisher(title: str, publisher: str) -> str:
    """Return a title without the publisher's name that was put behind it."""
    bare, dash, last = title.rpartition(" - ")
    named = last.strip().casefold() == publisher.strip().casefold() if publisher else bool(dash)
    return bare.rstrip() if named and bare.strip() else title


def _named(by: Aggregator | None, url: str, teller: Teller) -> str | None:
    """Return whom a feed names as the publisher behind `url`, where it is to be believed.

    That is in an aggregator's own feed, of its own link, and nowhere else: whoever may name a
    publisher speaks in its name, and takes the alerts of what it tells.
    """
    named = teller.publisher_url
    if by is None or not by.names or named is None or not is_http(named):
        return None
    host = (urlsplit(teller.feed).hostname or "").lower()
    return named if host in by.hosts and publisher_of(named) != publisher_of(url) else None


def _by_generator(generator: str) -> Aggregator | None:
    return next(
        (one for one in AGGREGATORS if one.generator and generator.startswith(one.generator)), None
    )


def _held(by: Aggregator, url: str) -> str | None:
    asked = dict(reversed(parse_qsl(urlsplit(url).query)))
    for name in by.parameters:
        if (found := absolute(url, asked.get(name, ""))) and is_http(asked[name].strip()):
            return found
    return by.decode(url) if by.decode else None
