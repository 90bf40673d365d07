"""Well-formed feeds in the shapes that most have, read at once by libxml2.

What is told is what the whole path tells (crawler/feeds/xml_feed.py, by feedparser), in a
twentieth of its time: tests hold the two against each other. Whatever is not plain to see is
declined, and feedparser reads: documents that need mending, with a document type, in a charset
that is neither UTF-8 nor ASCII, with prefixes of two meanings, with elements that feedparser
treats in a way that is not followed here.
"""

import re
from datetime import datetime
from typing import Any

from lxml import etree

from crawler.feeds import fields
from crawler.feeds.document import MOST_ENTRIES, ParsedFeed
from crawler.feeds.plain import plain_line
from crawler.feeds.quick_frame import Frame
from crawler.feeds.quick_item import Item
from crawler.feeds.quick_names import Names, names_in
from crawler.feeds.quick_readers import Readers, read_item
from crawler.feeds.quick_values import Unsure, based, said_by, tongue
from crawler.feeds.raw_entry import Raw, entry_of_raw
from crawler.feeds.said_dates import moment_said
from crawler.feeds.wait import wait_of
from news.entry import Entry, without_shared_ids

_PROLOGUE = re.compile(rb"(?:<\?[^>]*+>|<!--[^-]*+(?:-[^-]++)*+-->|[ \t\r\n]++)*+<[A-Za-z]")
"""All that may stand before the document's element, where it has no document type."""

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'>]*)["']""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^;\"'\s]*)", re.IGNORECASE)
_LIKE_ASCII = re.compile(r"|utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|windows-125\d", re.IGNORECASE)
_ATOM = "http://www.w3.org/2005/atom"
_RSS1 = ("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def read_quickly(body: bytes, content_type: str, url: str) -> ParsedFeed | None:
    """Return what the document tells, None if it takes feedparser to say."""
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not is_fit(body, content_type):
        return None
    names = names_in(body)
    if names is None:
        return None
    try:
        root = etree.fromstring(body, _parser())
    except etree.XMLSyntaxError:
        return None
    try:
        return _Reading(names, url).feed(root)
    except Unsure:
        return None


def is_fit(body: bytes, content_type: str) -> bool:
    """Tell whether a document begins as one that can be read quickly, in a charset like ASCII."""
    if _PROLOGUE.match(body) is None:
        return False
    if not body.isascii():
        return True  # as UTF-8, or libxml2 declines
    declared = _DECLARED.match(body[:300])
    charset = _CHARSET.search(content_type)
    named = (declared[1].decode("latin-1") if declared else "", charset[1] if charset else "")
    return all(map(_LIKE_ASCII.fullmatch, named))


def _parser() -> etree.XMLParser:
    # One parser a document: a shared one would keep the names of every document it saw.
    return etree.XMLParser(
        encoding="utf-8",
        recover=False,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


class _Reading:
    """The reading of one document."""

    def __init__(self, names: Names, url: str) -> None:
        self._names = names
        self._url = url
        self._readers = Readers(names)
        self._raw: list[dict[str, Any]] = []

    def feed(self, root: etree._Element) -> ParsedFeed:
        frame = self._frame(root)
        spoken = fields.language(frame.feed.get("language"))
        entries: list[Entry] = [
            entry_of_raw(raw, self._url, spoken, _moment, is_atom=frame.is_atom)
            for raw in self._raw
        ]
        return ParsedFeed(
            title=plain_line(frame.feed.get("title", ""), most=fields.MOST_TITLE) or None,
            entries=without_shared_ids(entries),
            wait=wait_of(frame.feed),
        )

    def _frame(self, root: etree._Element) -> Frame:
        name = self._names.of(root.tag)
        is_atom = name == "feed"
        declared = {address.lower() for address in (*self._names.addresses,)}
        if not is_atom and name not in ("rss", "rdf_rdf"):
            raise Unsure
        if is_atom and declared.intersection(_RSS1):
            raise Unsure
        if name == "rdf_rdf" and (_ATOM in declared or not declared.intersection(_RSS1)):
            raise Unsure
        frame = Frame(self._names, is_atom=is_atom, base=self._url, found=self._item)
        said = said_by(root)
        frame.enter(said)
        if name != "rdf_rdf" and frame.lang:
            frame.feed["language"] = frame.lang.replace("_", "-")
        if is_atom:
            frame.read(root, 2)
        else:
            self._channels(root, frame)
        return frame

    def _channels(self, root: etree._Element, frame: Frame) -> None:
        around = frame.base, frame.lang
        seen = False
        for child in root:
            name = self._names.of(child.tag)
            if name == "channel":
                if seen:
                    raise Unsure
                seen = True
                frame.enter(said_by(child))
                frame.read(child, 3)
                frame.base, frame.lang = around
            elif name == "item" and seen:
                self._item(frame, child, 3)
            elif name in ("image", "textinput") and seen:
                frame.part(child, name, 2)
            else:
                raise Unsure

    def _item(self, frame: Frame, element: etree._Element, depth: int) -> None:
        said = said_by(element)
        if "href" in said or "lastmod" in said:
            raise Unsure
        item = Item(
            is_atom=frame.is_atom, base=based(frame.base, said), lang=tongue(frame.lang, said)
        )
        if about := said.get("rdf:about"):
            item.raw["id"] = about
        read_item(item, element, self._readers, depth)
        frame.title_depth = item.title_depth
        self._raw.append(item.raw)
        if len(self._raw) > MOST_ENTRIES:
            raise Unsure


def _moment(raw: Raw, name: str) -> datetime | None:
    said = raw.get(name)
    return moment_said(said) if said else None
