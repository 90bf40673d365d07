"""A sitemap's bytes to what it lists. Runs in a worker, for strangers wrote it.

bytes ──> unpacked ──> no markup? ──> a line for each address
                          └─ markup ──> libxml2, element by element, as far as it goes

Names are taken without their namespaces: many sitemaps name a wrong one, or none.
"""

import io
import re
import zlib
from collections.abc import Iterator

from lxml import etree

from crawler.feeds.mend import mended
from crawler.sitemaps.document import MOST_LISTED, Child, Document, Listed, NotASitemap, Scanned

MOST_UNPACKED = 10 * 1024 * 1024
"""More is read of no document, however small it was packed."""

_MOST_LAYERS = 2
_MOST_ADDRESS = 4_000
_MOST_TEXT = 2_000
_HEAD = 64 * 1024
_BLANK = b"\xef\xbb\xbf\x00 \t\r\n"
_PROLOGUE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_PREFIX = re.compile(rb"(</?)[A-Za-z][\w.-]{0,40}:")
_WHAT_ELSE = {
    "rss": "a feed",
    "feed": "a feed",
    "rdf": "a feed",
    "opml": "a list of feeds (OPML)",
    "html": "a web page",
    "head": "a web page",
    "body": "a web page",
    "div": "a web page",
}
_NEWS = {
    "title": "title",
    "publication_date": "published",
    "keywords": "keywords",
    "name": "paper",
    "language": "language",
}


def looks_like_a_sitemap(body: bytes) -> bool:
    """Tell by its beginning whether a document is a sitemap, and not a feed or a page."""
    head, _ = unpacked(body[:_HEAD])
    root = _root_of(head.lstrip(_BLANK))
    return root in ("urlset", "sitemapindex") or (root is None and next(_lines(head), "") != "")


def scan(body: bytes) -> Scanned:
    """Read a sitemap of any sort; what is broken is read as far as it goes."""
    body, was_cut = unpacked(body)
    if not body.strip(_BLANK):
        return NotASitemap("the answer is empty")
    body, _ = mended(body, "")
    broken = "it was read to 10 MiB" if was_cut else None
    root = _root_of(body)
    if root is None:
        return _plain(body, broken)
    if root in _WHAT_ELSE:
        words = "; without --kind it is read as one" if _WHAT_ELSE[root] == "a feed" else ""
        return NotASitemap(f"this is {_WHAT_ELSE[root]}, not a sitemap{words}")
    if root not in ("urlset", "sitemapindex"):
        return NotASitemap("this is XML, but not a sitemap")
    if b"<!ENTITY" in body[:_HEAD]:
        return NotASitemap("it declares entities of its own, which no sitemap needs")
    if b"xmlns" not in body[:_HEAD]:
        body = _PREFIX.sub(rb"\1", body)
    return _read(body[body.index(b"<") :], broken)


def unpacked(body: bytes) -> tuple[bytes, bool]:
    """Return a document out of its gzip, and whether more of it was there than is read."""
    for _ in range(_MOST_LAYERS):
        if not body.startswith(b"\x1f\x8b"):
            break
        inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            body = inflating.decompress(body, MOST_UNPACKED)
        except zlib.error:
            return b"", False
        if inflating.unconsumed_tail:
            return body, True
    return body, False


def _root_of(body: bytes) -> str | None:
    """Return the name of the outermost element, None where there is no markup."""
    head = _PROLOGUE.sub(b"", body[:_HEAD]).lstrip(_BLANK)
    if b"<!doctype html" in body[:_HEAD].lower():
        return "html"
    if b"<" not in head[:_MOST_ADDRESS]:
        return None
    found = _ROOT.search(head)
    return found[1].decode("ascii", "replace").lower() if found else ""


def _plain(body: bytes, broken: str | None) -> Scanned:
    urls = list(_lines(body))
    if not urls:
        return NotASitemap("neither XML nor a line with an address stands there")
    cut = f"only the first {MOST_LISTED:,} addresses are read" if len(urls) > MOST_LISTED else None
    return Document(listed=tuple(map(Listed, urls[:MOST_LISTED])), broken=broken or cut)


def _lines(body: bytes) -> Iterator[str]:
    """Yield the addresses of a list in plain text; a text about something else has none."""
    for line in body.decode("utf-8", "replace").splitlines():
        bare = line.strip("\ufeff \t")
        if not bare:
            continue
        if not bare.startswith(("http://", "https://")) or len(bare.split()) > 1:
            return
        if len(bare) <= _MOST_ADDRESS:
            yield bare


def _read(body: bytes, broken: str | None) -> Scanned:
    listed: list[Listed] = []
    children: list[Child] = []
    events = etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
    )
    try:
        for _, element in events:
            if _local(element) == "url":
                listed += _listed(element)
            else:
                children += _child(element)
            _forget(element)
            if len(listed) + len(children) >= MOST_LISTED:
                broken = broken or f"only the first {MOST_LISTED:,} addresses are read"
                break
    except etree.XMLSyntaxError:
        broken = broken or "the document is not well-formed"
    if broken is None and len(events.error_log):
        broken = "the document is not well-formed"
    if not listed and not children and broken is not None:
        return NotASitemap(f"{broken}, and no address could be read")
    return Document(listed=tuple(listed), children=tuple(children), broken=broken)


def _listed(element: etree._Element) -> list[Listed]:
    url, lastmod = "", ""
    news: dict[str, str] = {}
    for part in element:
        name = _local(part)
        if name == "loc":
            url = _address(part)
        elif name == "lastmod":
            lastmod = _text(part)
        elif name == "news":
            for inner in part.iter("{*}*"):
                key = _NEWS.get(_local(inner))
                if key is not None:
                    news.setdefault(key, _text(inner))
    return [Listed(url, lastmod, **news)] if url else []


def _child(element: etree._Element) -> list[Child]:
    said = {_local(part): part for part in element}
    url = _address(said["loc"]) if "loc" in said else ""
    lastmod = _text(said["lastmod"]) if "lastmod" in said else ""
    return [Child(url, lastmod)] if url else []


def _address(element: etree._Element) -> str:
    url = "".join((element.text or "").split())
    return url if len(url) <= _MOST_ADDRESS else ""


def _text(element: etree._Element) -> str:
    return (element.text or "").strip()[:_MOST_TEXT]


def _local(element: etree._Element) -> str:
    tag = element.tag
    return str(tag).rpartition("}")[2].rpartition(":")[2].lower()  # a comment's is a function


def _forget(element: etree._Element) -> None:
    """Let go of what was read: fifty thousand elements are a lot of memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
