"""Lists of sources as feed readers exchange them (OPML), in both directions.

    read(bytes)    in a worker, since strangers wrote it ──> Listing: lines, and what is no source
    written(lines) ──> OPML 2.0 that any reader understands, and that reads back as it was

Folders and categories become tags. A page without a feed is written as a `link`. What OPML has no
word for stands in attributes of our own, which others leave alone.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

import listparser
from lxml import etree

from crawler.extract.charset import decoded
from crawler.feeds.plain import clean

FUNCTION = "crawler.opml:run"
"""The name under which a worker finds `run`."""

MOST_LINES = 10_000
_MOST_NAME = 200
_MOST_TAGS = 20

_IN_CATEGORIES = frozenset(",/")
"""What separates categories, and the parts of one."""

_ONLY_ENTITIES = re.compile(r"(?:&\w{1,40};?\s*)+")
_OPENED = re.compile(rb"<opml[\s>]", re.IGNORECASE)
_CLOSED = re.compile(rb"</opml\s*>", re.IGNORECASE)
_OURS = "urn:wirewatch:opml"
_OWN = "wirewatch:"
_SAID = ("every", "cron", "timezone", "links", "sections", "depth", "pages", "render")
"""Settings that are texts, and stand in attributes of our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One source as a list names it; `said` are settings under the names of wirewatch.toml."""

    url: str
    title: str = ""
    kind: str = "feed"
    tags: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a document lists; `others` are further lists that it names, `more` is what was cut.

    `repeated` lines name an address that stands further up, and `nameless` ones name none. A
    document that is `cut` ends before its list does, as where a download broke off.
    """

    lines: tuple[Line, ...]
    title: str = ""
    others: tuple[str, ...] = ()
    more: int = 0
    repeated: int = 0
    nameless: int = 0
    cut: bool = False


def run(payload: bytes) -> bytes:
    """Read a document; called inside the worker."""
    return json.dumps(asdict(read(payload))).encode()


def answer(data: bytes) -> Listing:
    """Read what `run` answered."""
    said = json.loads(data)
    return Listing(
        lines=tuple(_line(one) for one in said["lines"]),
        title=said["title"],
        others=tuple(said["others"]),
        more=said["more"],
        repeated=said["repeated"],
        nameless=said["nameless"],
        cut=said["cut"],
    )


def read(body: bytes) -> Listing:
    """Read a document of any charset; what is broken is read as far as it goes."""
    document = decoded(body, "").encode("utf-8", "replace")
    found = listparser.parse(document)  # bytes: given a text, it may take it for an address
    ours = _said_of_ours(document)
    repeated, nameless = _left_out(document)
    feeds = [_told(one, "feed", ours) for one in found["feeds"]]
    links = [_told(one, "list", ours) for one in found["lists"]]
    lists = [one for one in links if not _is_a_list(one.url)]
    lines = [*feeds, *lists]
    return Listing(
        lines=tuple(lines[:MOST_LINES]),
        title=_plain(found["meta"].get("title", "")),
        others=tuple(one.url for one in links if _is_a_list(one.url))[:MOST_LINES],
        more=max(len(lines) - MOST_LINES, 0),
        repeated=repeated,
        nameless=nameless,
        cut=_breaks_off(document),
    )


def written(lines: Sequence[Line], *, title: str, now: datetime) -> bytes:
    """Return `lines` as OPML 2.0, those with tags in folders by the first of them."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"wirewatch": _OURS})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for line in lines:
        place = body
        if line.tags:
            name = line.tags[0]
            if name not in folders:
                folders[name] = etree.SubElement(body, "outline", {"text": name, "title": name})
            place = folders[name]
        etree.SubElement(place, "outline", dict(_attributes(line)))
    document: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )
    return document


def _attributes(line: Line) -> Iterator[tuple[str, str]]:
    yield "text", line.title
    yield "title", line.title
    if line.kind == "feed":
        yield from (("type", "rss"), ("xmlUrl", line.url))
    else:
        yield from (("type", "link"), ("url", line.url))
        yield f"{{{_OURS}}}kind", line.kind
    plain = [tag for tag in line.tags if not set(tag) & _IN_CATEGORIES]
    if plain:
        yield "category", ",".join(plain)
    if len(plain) < len(line.tags):
        yield f"{{{_OURS}}}tags", json.dumps(line.tags, ensure_ascii=False)
    for name, text in line.said:
        yield f"{{{_OURS}}}{name}", text


def _told(one: Mapping[str, Any], kind: str, ours: Mapping[str, Mapping[str, str]]) -> Line:
    own = ours.get(one["url"], {})
    tags = _own_tags(own.get("tags", "")) or _tags(one.get("categories", ()))
    return Line(
        url=one["url"],
        title=_name(one.get("title", "")),
        kind=own.get("kind", kind) if kind != "feed" else kind,
        tags=tags,
        said=tuple((name, own[name]) for name in _SAID if own.get(name)),
    )


def _tags(paths: Iterable[Sequence[str]]) -> tuple[str, ...]:
    names = (_plain(name) for path in paths for name in path)
    return tuple(dict.fromkeys(filter(None, names)))[:_MOST_TAGS]


def _own_tags(text: str) -> tuple[str, ...]:
    try:
        said = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    return _tags([[one for one in said if isinstance(one, str)]] if isinstance(said, list) else [])


def _said_of_ours(document: bytes) -> dict[str, dict[str, str]]:
    """Return the attributes of our own by address; the library keeps none that it does not know."""
    found: dict[str, dict[str, str]] = {}
    if _OWN.encode() not in document:
        return found
    root = etree.fromstring(document, etree.HTMLParser(recover=True, no_network=True))
    for outline in root.iter("outline"):
        said = {str(name): str(text) for name, text in outline.items()}
        url = (said.get("xmlurl") or said.get("url") or "").strip()
        own = {name.removeprefix(_OWN): said[name] for name in said if name.startswith(_OWN)}
        if url and own:
            found.setdefault(url, own)
    return found


def _left_out(document: bytes) -> tuple[int, int]:
    """Count the lines that the library folds into others or drops: it tells of neither."""
    root = etree.fromstring(document, etree.HTMLParser(recover=True, no_network=True))
    outlines = [] if root is None else list(root.iter("outline"))
    urls = [(one.get("xmlurl") or one.get("url") or "").strip() for one in outlines]
    named = [url for url in urls if url]
    bare = [
        one
        for one, url in zip(outlines, urls, strict=True)
        if not url and (one.get("type") or one.find("outline") is None)
    ]
    return len(named) - len(set(named)), len(bare)


def _breaks_off(document: bytes) -> bool:
    """Tell whether a list is never closed; the library reads it as if it were whole."""
    return _OPENED.search(document) is not None and _CLOSED.search(document) is None


def _name(text: str) -> str:
    """Return a title; what is nothing but entities that nobody declared names nothing."""
    plain = _plain(text)
    return "" if _ONLY_ENTITIES.fullmatch(plain) else plain


def _is_a_list(url: str) -> bool:
    return url.partition("?")[0].lower().endswith((".opml", ".opml.xml"))


def _plain(text: str) -> str:
    return " ".join(clean(text, most=_MOST_NAME * 2).split())[:_MOST_NAME].rstrip()


def _line(said: Mapping[str, Any]) -> Line:
    pairs = tuple((name, text) for name, text in said["said"])
    return Line(**{**said, "tags": tuple(said["tags"]), "said": pairs})
