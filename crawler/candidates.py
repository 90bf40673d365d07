"""Which addresses on a web page may be feeds, before any of them is tried. Runs in a worker.

A page names its feeds in its head (`<link rel="alternate">`); older ones, and pages that list many
feeds, name them in ordinary links. A page that does neither may have one where most sites do.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.charset import decoded
from crawler.feeds.plain import clean
from crawler.platforms import feeds_by_platform
from news.publisher import publisher_of
from news.url import absolute, host_of

FUNCTION = "crawler.candidates:run"
"""The name under which a worker finds `run`."""


class Way(StrEnum):
    """How an address was come by."""

    GIVEN = "given"
    NAMED = "named"
    LINKED = "linked"
    KNOWN = "known"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that may be a feed; `label` is what the page calls it."""

    url: str
    label: str = ""
    way: Way = Way.NAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a page says: its title, and the addresses that it names, best first."""

    title: str = ""
    candidates: tuple[Candidate, ...] = ()


MOST_NAMED = 200
_MOST_LABEL = 200
_INDEX = 5
"""A page with so many links to feeds is a list of feeds, whatever its head names besides."""

_FEED_TYPES = frozenset(
    f"{kind}/{name}"
    for kind in ("application", "text")
    for name in ("rss+xml", "atom+xml", "rdf+xml", "feed+json", "rss", "atom", "xml", "json")
)
_LAST_SEGMENT = re.compile(
    r"(?:rss|atom|rdf|feeds?)(?:[._-]?[0-9](?:\.[0-9])?)?(?:\.(?:xml|json|php|aspx?|rss))?"
    r"|[^/]*\.(?:rss|rdf|atom)"
    r"|(?:index|news|latest|all|posts|headlines|.*(?:rss|feed|atom)[^/]*)\.xml"
    r"|(?:feed|.*[._-]feed)\.json",
    re.IGNORECASE,
)
_IN_QUERY = re.compile(
    r"(?:^|&)(?:feed|format|type|output|alt)=(?:rss|atom|rdf|feed|rss2|json-?feed)(?:&|$)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:rss|atom|rdf|xml)(?:[ -]?feeds?)?|feeds?|web ?feed", re.IGNORECASE)
_SUBSCRIBERS = re.compile(
    r"(?:^|\.)(?:feedly|inoreader|newsblur|netvibes|bloglovin|facebook|twitter|x)\.com$"
)
_NO_FEED = re.compile(r"sitemap|opensearch|oembed|/wp-json/|/xmlrpc|\.xsl$", re.IGNORECASE)

_AT_HOME = (
    "feed",
    "rss",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "feeds",
    "?feed=rss2",
    "feed.json",
    "index.rdf",
    "feeds/posts/default",
    "rss/news.xml",
    "arc/outboundfeeds/rss/",
)
_BELOW = ("feed", "rss", "rss.xml", "feed.xml", "index.xml")


def question(body: bytes, content_type: str, url: str) -> bytes:
    """Return what a worker is to be given for the page that came from `url`."""
    return json.dumps([url, content_type]).encode() + b"\n" + body


def run(payload: bytes) -> bytes:
    """Answer a question; called inside the worker."""
    head, _, body = payload.partition(b"\n")
    url, content_type = json.loads(head)
    return json.dumps(asdict(named_in(decoded(body, content_type), url))).encode()


def answer(data: bytes) -> Looked:
    """Read what `run` answered."""
    said = json.loads(data)
    found = (Candidate(**{**one, "way": Way(one["way"])}) for one in said["candidates"])
    return Looked(title=said["title"], candidates=tuple(found))


def named_in(page: str, url: str) -> Looked:
    """Return what the HTML of the page at `url` names; addresses are whole and stand once."""
    root = _tree(page)
    if root is None:
        return Looked()
    base = _base(root, url if urlsplit(url).path else absolute(url, "/") or url)
    alternates = list(_alternates(root, base))
    links = list(_once(_links(root, base, publisher_of(url))))
    given = key_of(url)
    told = [*alternates, *links] if not alternates or len(links) >= _INDEX else alternates
    candidates = [one for one in _once(told) if key_of(one.url) != given]
    return Looked(title=_title(root), candidates=tuple(candidates[:MOST_NAMED]))


def by_platform(url: str) -> tuple[Candidate, ...]:
    """Return where the platform that `url` stands on keeps its feeds."""
    return tuple(Candidate(url=one, way=Way.KNOWN) for one in feeds_by_platform(url))


def guesses(url: str) -> tuple[Candidate, ...]:
    """Return where a site that names no feed may have one: below the page, then at the root."""
    parts = urlsplit(url)
    root = absolute(url, "/") or url
    last = parts.path.rpartition("/")[2]
    folder = parts.path.removesuffix(last) if "." in last else parts.path.rstrip("/") + "/"
    here = [f"{folder.lstrip('/')}{place}" for place in _BELOW] if folder != "/" else []
    found = (absolute(root, place) for place in (*here, *_AT_HOME))
    return tuple(_once(Candidate(url=one, way=Way.GUESSED) for one in found if one is not None))


def key_of(url: str) -> str:
    """Return what makes an address itself; of an article, `?feed=rss` would say nothing."""
    parts = urlsplit(url)
    return f"{host_of(url)}{parts.path or '/'}?{parts.query}"


def _tree(page: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        recover=True, remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    try:
        root: etree._Element | None = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing of it is HTML
        return None
    return root


def _base(root: etree._Element, url: str) -> str:
    for element in root.iter("base"):
        if href := element.get("href"):
            return absolute(url, href) or url
    return url


def _title(root: etree._Element) -> str:
    for element in root.iter("title"):
        return _line(_text(element))
    return ""


def _alternates(root: etree._Element, base: str) -> Iterator[Candidate]:
    for element in root.iter("link"):
        rel = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if "feed" not in rel and not ("alternate" in rel and kind in _FEED_TYPES):
            continue
        url = _address(base, element.get("href"))
        if url is not None:
            yield Candidate(url=url, label=_line(element.get("title") or ""))


def _links(root: etree._Element, base: str, home: str) -> Iterator[Candidate]:
    """Return what ordinary links lead to, the site's own before those of others."""
    found = []
    for element in root.iter("a"):
        label = _line(_text(element) or element.get("title") or "")
        url = _address(base, element.get("href"))
        if url is not None and _looks_like_a_feed(url, label):
            found.append(Candidate(url=url, label=label, way=Way.LINKED))
    yield from sorted(found, key=lambda one: publisher_of(one.url) != home)


def _address(base: str, href: str | None) -> str | None:
    url = absolute(base, href) if href else None
    return url if url is not None and not _NO_FEED.search(url) else None


def _looks_like_a_feed(url: str, label: str) -> bool:
    parts = urlsplit(url)
    if _SUBSCRIBERS.search(parts.hostname or ""):
        return False  # a service that would read the feed, with its address as a parameter
    last = parts.path.rstrip("/").rpartition("/")[2]
    return bool(
        _LAST_SEGMENT.fullmatch(last) or _IN_QUERY.search(parts.query) or _LABEL.fullmatch(label)
    )


def _once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    seen: set[str] = set()
    for one in candidates:
        if (key := key_of(one.url)) not in seen:
            seen.add(key)
            yield one


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _line(text: str) -> str:
    return " ".join(clean(text[: _MOST_LABEL * 10], most=_MOST_LABEL * 2).split())[:_MOST_LABEL]
