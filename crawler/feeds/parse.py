"""A feed's document to entries, whatever its format. Runs in a worker, for it may not end.

bytes ──> unpacked ──> JSON Feed? ──> json_feed
                          └─ no ────> quick: well-formed and of a usual shape
                                        └─ no ─> xml_feed: mended, cut to the newest, feedparser
"""

from collections.abc import Mapping
from dataclasses import replace

from crawler.aggregators import tells_of_others
from crawler.feeds.document import NotAFeed, Parsed
from crawler.feeds.fields import says_something
from crawler.feeds.json_feed import looks_like_json, parse_json
from crawler.feeds.mend import inflated
from crawler.feeds.quick import read_quickly
from crawler.feeds.xml_feed import parse_xml

_SMALL = 64 * 1024
_FEW = 2_000
"""So many bytes, tags and attributes are read in a few milliseconds, whatever they are."""


def parse(body: bytes, headers: Mapping[str, str], url: str) -> Parsed:
    """Read the document that came from `url` with `headers` (names in lower case).

    Entries that say nothing, with neither an address nor any text, are not told.
    """
    return telling(read_whole(body, headers, url))


def read_whole(body: bytes, headers: Mapping[str, str], url: str) -> Parsed:
    """Read a document with all its entries, even those that say nothing."""
    body = inflated(body)
    if not body.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
        return NotAFeed("the answer is empty")
    if looks_like_json(body):
        return parse_json(body, url)
    content_type = content_type_of(headers)
    quick = read_quickly(body, content_type, url)
    if quick is None or tells_of_others(body, quick.entries):
        return parse_xml(body, content_type, url)
    return quick


def read_in_passing(body: bytes, headers: Mapping[str, str], url: str) -> Parsed | None:
    """Read a document that is so small and plain that it need go to no worker, else None."""
    if len(body) > _SMALL or any(body.count(sign) > _FEW for sign in (b"<", b"&lt;", b"=")):
        return None
    found = read_quickly(body, content_type_of(headers), url)
    if found is None or tells_of_others(body, found.entries):
        return None
    return telling(found)


def content_type_of(headers: Mapping[str, str]) -> str:
    """Return what a document is said to be; what is not ASCII names no type and no charset."""
    return headers.get("content-type", "").encode("ascii", "ignore").decode()


def telling(parsed: Parsed) -> Parsed:
    """Return what was read without the entries that say nothing."""
    if isinstance(parsed, NotAFeed) or all(map(says_something, parsed.entries)):
        return parsed
    return replace(parsed, entries=tuple(filter(says_something, parsed.entries)))
