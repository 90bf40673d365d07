"""A feed's document to entries, whatever its format. Runs in a worker, for it may not end.

bytes ──> unpacked ──> JSON Feed? ──> json_feed
                          └─ no ────> xml_feed: mended, cut to the newest, feedparser
"""

from collections.abc import Mapping

from crawler.feeds.document import NotAFeed, Parsed
from crawler.feeds.json_feed import looks_like_json, parse_json
from crawler.feeds.mend import inflated
from crawler.feeds.xml_feed import parse_xml


def parse(body: bytes, headers: Mapping[str, str], url: str) -> Parsed:
    """Read the document that came from `url` with `headers` (names in lower case)."""
    body = inflated(body)
    if not body.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
        return NotAFeed("the answer is empty")
    if looks_like_json(body):
        return parse_json(body, url)
    return parse_xml(body, headers.get("content-type", ""), url)
