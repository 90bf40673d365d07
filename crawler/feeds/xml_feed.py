"""RSS 0.9x to 2.0, RDF and Atom, read by feedparser.

feedparser's own cleaning of markup is off: it takes most of its time, and no markup goes further
than this file.
"""

import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import feedparser

from crawler.aggregators import as_published, teller_of
from crawler.feeds import fields
from crawler.feeds.document import MOST_ENTRIES, NotAFeed, Parsed, ParsedFeed, breaks_off
from crawler.feeds.mend import mended, newest
from crawler.feeds.plain import plain_line
from crawler.feeds.raw_entry import Raw, entry_of_raw
from crawler.feeds.wait import wait_of
from crawler.references import unescaped
from news.entry import without_shared_ids
from news.url import absolute

_WHAT_ELSE = (
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<opml", "a list of feeds (OPML)"),
    (b"<urlset", "a sitemap"),
    (b"<sitemapindex", "a sitemap"),
)
_ITS_END = re.compile(rb"</(?:\w+:)?(?:rss|channel|feed|rdf)\s*>", re.IGNORECASE)
_LINK = re.compile(rb"<link\b[^<>]{1,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_FEED_TYPES = (b"application/rss+xml", b"application/atom+xml", b"application/feed+json")


def parse_xml(body: bytes, content_type: str, url: str) -> Parsed:
    """Read the feed that came from `url`; what can be read of a broken one is read."""
    size = len(body)
    body, content_type = mended(body, content_type)
    document = feedparser.parse(
        io.BytesIO(newest(body, most=MOST_ENTRIES)),  # given bare bytes, it would look for a file
        response_headers={"content-type": content_type, "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    feed = document.feed
    if not document.entries and not (document.version or feed.get("title")):
        return NotAFeed(_what_it_is(body, url))
    tongue = fields.language(feed.get("language"))
    is_atom = document.version.startswith("atom")
    entries = without_shared_ids(
        [
            as_published(
                entry_of_raw(raw, url, tongue, _moment, is_atom=is_atom),
                teller_of(raw, feed.get("generator"), url),
            )
            for raw in document.entries[:MOST_ENTRIES]
        ]
    )
    broken = "the document is not well-formed" if _is_broken(document) else None
    if broken is not None and not _ITS_END.search(body):
        broken = breaks_off(size)
        if not any(map(fields.says_something, entries)):
            # An empty feed it is not: nobody knows what it would have told.
            return NotAFeed(f"{broken}, before its first item")
    return ParsedFeed(
        title=plain_line(feed.get("title", ""), most=fields.MOST_TITLE) or None,
        entries=entries,
        wait=wait_of(feed),
        broken=broken,
    )


def _moment(raw: Raw, name: str) -> datetime | None:
    # Asked with get() for an absent `updated`, feedparser answers `published` and a warning.
    present = raw.keys()
    parsed = raw[f"{name}_parsed"] if f"{name}_parsed" in present else None
    if parsed is not None:
        return fields.moment(parsed, str(raw[name]) if name in present else "")
    return fields.moment_of(raw[name]) if name in present else None


def _is_broken(document: Mapping[str, Any]) -> bool:
    fault = document.get("bozo_exception")
    harmless = (feedparser.NonXMLContentType, feedparser.CharacterEncodingOverride)
    return bool(document.get("bozo")) and not isinstance(fault, harmless)


def _what_it_is(body: bytes, url: str) -> str:
    head = body[:65_536].lower()
    found = [(head.find(sign), words) for sign, words in _WHAT_ELSE if sign in head]
    if not found:
        return "this is not a feed"
    words = min(found)[1]
    named = _feed_named_in(body[:262_144], url) if words == "a web page" else None
    hint = f"; it names the feed {named}" if named else ""
    return f"this is {words}, not a feed{hint}"


def _feed_named_in(page: bytes, url: str) -> str | None:
    """Return the first feed that a web page names as its own."""
    for link in _LINK.finditer(page):
        said = {name.lower(): b"".join(texts) for name, *texts in _ATTRIBUTE.findall(link[0])}
        if b"alternate" in said.get(b"rel", b"").lower() and said.get(b"type") in _FEED_TYPES:
            href = unescaped(said.get(b"href", b"").decode("utf-8", "replace"))
            return absolute(url, href)
    return None
