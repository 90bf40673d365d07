"""JSON Feed 1.0 and 1.1, and what is left of a document that breaks off."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.feeds import fields
from crawler.feeds.document import MOST_ENTRIES, NotAFeed, Parsed, ParsedFeed, breaks_off
from crawler.feeds.plain import clean, plain_line, plain_text
from news.entry import Entry, without_shared_ids
from news.url import is_http

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_VERSION = re.compile(r'^\{[^\[\]{}]{0,2000}"https?://jsonfeed\.org/version/')
_NEXT = re.compile(r"[\s,]*")

# Numbers stay text: ids are names, and one of a million digits is nothing to calculate with.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def looks_like_json(body: bytes) -> bool:
    """Tell whether `body` begins as a JSON object or list does, whatever it is announced as."""
    return body[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] in (b"{", b"[")


def parse_json(body: bytes, url: str) -> Parsed:
    """Read the JSON Feed that came from `url`."""
    text = body.decode(json.detect_encoding(body), "replace").lstrip("\ufeff \t\r\n\x00")
    broken = None
    try:
        document, _ = _DECODER.raw_decode(text)
    except RecursionError:
        return NotAFeed("this JSON is nested too deeply to be a feed")
    except ValueError:
        document = {"items": list(_salvaged(text))}
        broken = "the document breaks off or is not JSON"
        if not document["items"] and _VERSION.search(text):
            return NotAFeed(f"{breaks_off(len(body))}, before its first item")
    if not isinstance(document, dict) or not _is_feed(document, broken=broken is not None):
        return NotAFeed("this is JSON, but not a JSON Feed")
    tongue = fields.language(document.get("language"))
    items = [item for item in document["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    entries = [_entry(item, url, tongue, _names(document)) for item in items]
    return ParsedFeed(
        title=plain_line(_text(document, "title"), most=fields.MOST_TITLE) or None,
        entries=without_shared_ids(entries),
        broken=broken,
    )


def _is_feed(document: Mapping[str, Any], *, broken: bool) -> bool:
    items = document.get("items")
    named = "jsonfeed.org" in str(document.get("version", ""))
    return isinstance(items, list) and (
        named or any(_is_item(item) for item in items[:9]) or (broken and bool(items))
    )


def _is_item(item: object) -> bool:
    return isinstance(item, dict) and any(
        isinstance(item.get(key), str) for key in ("content_html", "content_text", "date_published")
    )


def _entry(item: Mapping[str, Any], url: str, tongue: str | None, whose: list[object]) -> Entry:
    content = plain_text(_text(item, "content_html"), most=fields.MOST_CONTENT)
    return Entry(
        own_id=fields.own_id(item.get("id")),
        url=_address(item, url),
        title=clean(_text(item, "title"), most=fields.MOST_TITLE).replace("\n", " "),
        summary=clean(_text(item, "summary"), most=fields.MOST_SUMMARY),
        content=content or clean(_text(item, "content_text"), most=fields.MOST_CONTENT),
        published=fields.moment_of(item.get("date_published")),
        updated=fields.moment_of(item.get("date_modified")),
        authors=fields.authors(_names(item)) or fields.authors(whose),
        language=fields.language(item.get("language")) or tongue,
    )


def _address(item: Mapping[str, Any], base: str) -> str | None:
    """Return where the article stands; an id counts only if it is a whole address."""
    named = [item.get("url"), item.get("external_url")]
    if is_http(own := _text(item, "id")):
        named.append(own)
    found = (fields.address(base, link) for link in named if link)
    return next((address for address in found if address is not None), None)


def _names(said: Mapping[str, Any]) -> list[object]:
    """Return the authors' names: `authors` of version 1.1, `author` of version 1."""
    several = said.get("authors")
    people = several if isinstance(several, list) else [said.get("author")]
    return [person.get("name") for person in people if isinstance(person, dict)]


def _text(said: Mapping[str, Any], key: str) -> str:
    found = said.get(key)
    return found if isinstance(found, str) else ""


def _salvaged(text: str) -> Iterator[object]:
    """Yield the items that are whole in a document that is not."""
    found = _ITEMS.search(text)
    at = found.end() if found else len(text)
    while at < len(text):
        begin = _NEXT.match(text, at)
        at = begin.end() if begin else at
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield item
