"""How the demo's outlets write their feeds: one function a format, text out of listings."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from wirewatch.demo.press import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A feed's head: whose it is, and where it lives."""

    title: str
    base: str
    url: str
    language: str
    encoding: str


def rss2(front: Front, listings: Sequence[Listing]) -> str:
    """Write RSS 2.0 with summaries."""
    return _rss(front, "2.0", [_rss2_item(each) for each in listings])


def rss2_full(front: Front, listings: Sequence[Listing]) -> str:
    """Write RSS 2.0 with the whole text in content:encoded."""
    items = [
        _rss2_item(each, _tag("content:encoded", _html(each.piece.paragraphs))) for each in listings
    ]
    return _rss(front, "2.0", items, ' xmlns:content="http://purl.org/rss/1.0/modules/content/"')


def rss091(front: Front, listings: Sequence[Listing]) -> str:
    """Write RSS 0.91, whose items have neither id nor date."""
    return _rss(front, "0.91", [f"<item>{_basics(each)}</item>" for each in listings])


def rdf(front: Front, listings: Sequence[Listing]) -> str:
    """Write RSS 1.0, where the list of items and the items stand apart."""
    places = "".join(f"<rdf:li rdf:resource={quoteattr(each.url)}/>" for each in listings)
    items = "".join(
        f"<item rdf:about={quoteattr(each.url)}>{_basics(each)}"
        f"{_tag('dc:creator', each.piece.author)}{_tag('dc:date', _iso(each.published))}</item>"
        for each in listings
    )
    return (
        f'{_xml(front)}<rdf:RDF xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel rdf:about={quoteattr(front.url)}>{_tag('title', front.title)}"
        f"{_tag('link', front.base + '/')}{_tag('description', front.title)}"
        f"<items><rdf:Seq>{places}</rdf:Seq></items></channel>{items}</rdf:RDF>"
    )


def atom(front: Front, listings: Sequence[Listing]) -> str:
    """Write Atom, whose feed is as new as its newest entry."""
    newest = max((_iso(each.updated) for each in listings), default="2026-01-01T00:00:00+00:00")
    entries = "".join(
        f"<entry>{_tag('id', each.own_id)}{_tag('title', each.piece.title)}"
        f"<link rel='alternate' type='text/html' href={quoteattr(each.url)}/>"
        f"{_tag('published', _iso(each.published))}{_tag('updated', _iso(each.updated))}"
        f"<author>{_tag('name', each.piece.author)}</author>"
        f"{_tag('summary', each.piece.summary)}</entry>"
        for each in listings
    )
    return (
        f'{_xml(front)}<feed xmlns="http://www.w3.org/2005/Atom"'
        f" xml:lang={quoteattr(front.language)}>{_tag('id', front.url)}"
        f"{_tag('title', front.title)}{_tag('updated', newest)}"
        f"<link rel='self' href={quoteattr(front.url)}/>{entries}</feed>"
    )


def json_feed(front: Front, listings: Sequence[Listing]) -> str:
    """Write JSON Feed 1.1."""
    items = [
        {
            "id": each.own_id,
            "url": each.url,
            "title": each.piece.title,
            "summary": each.piece.summary,
            "content_text": each.piece.summary,
            "date_published": _iso(each.published),
            "date_modified": _iso(each.updated),
            "authors": [{"name": each.piece.author}],
            "language": front.language,
        }
        for each in listings
    ]
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": front.title,
        "home_page_url": f"{front.base}/",
        "feed_url": front.url,
    }
    return json.dumps({**head, "items": items}, ensure_ascii=False)


def _rss(front: Front, version: str, items: Sequence[str], namespaces: str = "") -> str:
    return (
        f'{_xml(front)}<rss version="{version}"{namespaces}><channel>'
        f"{_tag('title', front.title)}{_tag('link', front.base + '/')}"
        f"{_tag('description', front.title)}{_tag('language', front.language)}"
        f"{''.join(items)}</channel></rss>"
    )


def _rss2_item(listing: Listing, more: str = "") -> str:
    return (
        f"<item>{_basics(listing)}<guid isPermaLink='false'>{escape(listing.own_id)}</guid>"
        f"{_tag('pubDate', format_datetime(listing.published))}{more}</item>"
    )


def _basics(listing: Listing) -> str:
    return (
        _tag("title", listing.piece.title)
        + _tag("link", listing.url)
        + _tag("description", listing.piece.summary)
    )


def _xml(front: Front) -> str:
    return f'<?xml version="1.0" encoding="{front.encoding}"?>\n'


def _html(paragraphs: Sequence[str]) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
