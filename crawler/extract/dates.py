"""When an article was published, to the minute where the page says so with its zone."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lxml.html import HtmlElement
from trafilatura.metadata import find_date  # type: ignore[attr-defined]  # htmldate is its own

from crawler.extract.plain import plain_line
from crawler.extract.said import Said

_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "cxenseparse:recs:publishtime",
)
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_FRACTION = re.compile(r"(:\d\d)[.,]\d+")
_BLANK_BEFORE_ZONE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")


def published_of(tree: HtmlElement, said: Said, url: str) -> datetime | None:
    """Return the moment of publication in UTC, midnight where only the day is known."""
    moments = [moment for text in _said(tree, said) if (moment := _moment(text)) is not None]
    exact = [moment for moment in moments if moment.tzinfo is not None]
    found = next(iter(exact or moments), None) or _searched(tree, url)
    if found is None:
        return None
    with suppress(OverflowError):
        known = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
        return known if known >= _EARLIEST else None
    return None


def _said(tree: HtmlElement, said: Said) -> Iterator[str]:
    yield said.text("datePublished")
    yield from said.all(*_METAS)
    for element in tree.iter("time"):
        marked = f"{element.get('itemprop')} {element.get('class')}".lower()
        if element.get("pubdate") is not None or "publish" in marked:
            yield plain_line(element.get("datetime") or "")
    yield said.text("dateCreated")


def _moment(text: str) -> datetime | None:
    bare = _BLANK_BEFORE_ZONE.sub("", _FRACTION.sub(r"\1", text))
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, IndexError, OverflowError):
            return parse(bare)
    return None


def _searched(tree: HtmlElement, url: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        day = find_date(tree, url=url, original_date=True, extensive_search=False)
        return datetime.fromisoformat(day) if day else None
    return None
