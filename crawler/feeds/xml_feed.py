"""RSS 0.9x to 2.0, RDF and Atom, read by feedparser.

feedparser's own cleaning of markup is off: it takes most of its time, and no markup goes further
than this file.
"""

import html
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import feedparser

from crawler.feeds import fields
from crawler.feeds.document import MOST_ENTRIES, NotAFeed, Parsed, ParsedFeed, breaks_off
from crawler.feeds.mend import mended, newest
from crawler.feeds.plain import clean, plain_line, plain_text
from news.entry import Entry, without_shared_ids
from news.url import absolute, is_http

_LONGEST_WAIT = timedelta(hours=24)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
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
    told = (_entry(raw, url, tongue, is_atom=is_atom) for raw in document.entries[:MOST_ENTRIES])
    entries = without_shared_ids([entry for entry in told if fields.says_something(entry)])
    broken = "the document is not well-formed" if _is_broken(document) else None
    if broken is not None and not _ITS_END.search(body):
        broken = breaks_off(size)
        if not entries:  # an empty feed it is not: nobody knows what it would have told
            return NotAFeed(f"{broken}, before its first item")
    return ParsedFeed(
        title=plain_line(feed.get("title", ""), most=fields.MOST_TITLE) or None,
        entries=entries,
        wait=_wait(feed),
        broken=broken,
    )


def _entry(raw: Mapping[str, Any], url: str, tongue: str | None, *, is_atom: bool) -> Entry:
    detail = raw.get("title_detail") or {}
    summary = _text(raw.get("summary"), raw.get("summary_detail"))
    updated = _moment(raw, "updated")  # RSS has no such thing, so there it is dc:date
    return Entry(
        own_id=fields.own_id(raw.get("id")),
        url=_address(raw, url),
        title=_title(raw.get("title") or "", detail),
        summary=summary[: fields.MOST_SUMMARY],
        content=_content(raw) or (summary if len(summary) > fields.MOST_SUMMARY else ""),
        published=_moment(raw, "published") or (None if is_atom else updated),
        updated=updated,
        authors=_authors(raw),
        language=fields.language(detail.get("language")) or tongue,
    )


def _title(text: str, detail: Mapping[str, Any]) -> str:
    """Return the title; where nothing says that it is HTML, angle brackets are text."""
    if detail.get("type") == "text/plain":
        bare = html.unescape(text[: fields.MOST_TITLE * 8])
        return " ".join(clean(bare, most=fields.MOST_TITLE * 2).split())[
            : fields.MOST_TITLE
        ].rstrip()
    return plain_line(text, most=fields.MOST_TITLE)


def _text(text: object, detail: Mapping[str, Any] | None) -> str:
    if not isinstance(text, str):
        return ""
    if (detail or {}).get("type") == "text/plain" and "&" not in text:
        return clean(text, most=fields.MOST_CONTENT)
    return plain_text(text, most=fields.MOST_CONTENT)


def _content(raw: Mapping[str, Any]) -> str:
    found = [
        _text(part.get("value"), part)
        for part in raw.get("content") or ()
        if not str(part.get("type", "")).startswith(("image/", "audio/", "video/"))
    ]
    return max(found, key=len, default="")


def _address(raw: Mapping[str, Any], base: str) -> str | None:
    """Return where the article stands, its own address before one that counts clicks."""
    found = (fields.address(base, link) for link in _links(raw))
    return next((address for address in found if address is not None), None)


def _links(raw: Mapping[str, Any]) -> Iterator[str]:
    yield raw.get("feedburner_origlink") or ""
    yield raw.get("link") or ""
    for link in raw.get("links") or ():
        if link.get("rel", "alternate") == "alternate":
            yield link.get("href") or ""
    if is_http(name := raw.get("id") or "") and raw.get("guidislink", True):
        yield name


def _authors(raw: Mapping[str, Any]) -> tuple[str, ...]:
    known = [author.get("name") or author.get("email") for author in raw.get("authors") or ()]
    return fields.authors(known) or fields.authors([raw.get("author")])


def _moment(raw: Mapping[str, Any], name: str) -> datetime | None:
    # Asked with get() for an absent `updated`, feedparser answers `published` and a warning.
    present = raw.keys()
    parsed = raw[f"{name}_parsed"] if f"{name}_parsed" in present else None
    if parsed is not None:
        return fields.moment(parsed, str(raw[name]) if name in present else "")
    return fields.moment_of(raw[name]) if name in present else None


def _wait(feed: Mapping[str, Any]) -> timedelta | None:
    """Return what the feed asks for between visits: ttl in minutes, or sy:updatePeriod."""
    waits = []
    ttl = str(feed.get("ttl", "")).strip()
    if ttl.isascii() and ttl.isdigit():
        waits.append(timedelta(minutes=min(int(ttl[:9]), 1_440)))
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    if period is not None:
        times = str(feed.get("sy_updatefrequency", "")).strip()
        often = int(times[:6]) if times.isascii() and times.isdigit() else 1
        waits.append(period / max(often, 1))
    longest = max(waits, default=timedelta())
    return min(longest, _LONGEST_WAIT) if longest > timedelta() else None


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
            href = html.unescape(said.get(b"href", b"").decode("utf-8", "replace"))
            return absolute(url, href)
    return None
