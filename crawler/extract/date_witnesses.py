"""What a page tells of its dates, and where: every witness, unjudged."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import IntEnum
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extract.date_words import Dialect, Told, told_in
from crawler.extract.plain import plain_line
from crawler.extract.said import Said
from crawler.extract.story_thing import letters

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article:published:time",
    "article:published",
    "datepublished",
    "og:published_time",
    "og:pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publisheddate",
    "publish-date",
    "publish_date",
    "publication_date",
    "published_time",
    "article.published",
    "rnews:datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
)
# These are of the document in its system, which is often not of the story.
_MADE = ("date", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "datecreated")
_UPDATED = (
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "og:modified_time",
    "og:updated_time",
    "article:modified:time",
    "article:modified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "revised",
    "cxenseparse:recs:modifiedtime",
)
_OF_PUBLICATION = re.compile(
    r"publi|pubdate|entry-date|post-?date|posted|date-created", re.IGNORECASE
)
_OF_UPDATE = re.compile(r"modif|updat|aktualis|revis", re.IGNORECASE)
_FRACTION = re.compile(r"(:\d\d)[.,]\d+")
_BLANK_BEFORE_ZONE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_IN_PATH = re.compile(
    r"(?<!\d)(?P<y>19[89]\d|20\d\d)"
    r"(?:(?P<s>[/_-]?)(?P<m>\d\d|[a-z]{3}(?=/))(?P=s)(?P<d>\d\d)(?!\d)"
    r"|/(?P<m1>\d\d?)/(?P<d1>\d\d?)(?=[/.]|$))"
)
_SHORT_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SECONDS, _MILLISECONDS = 10, 13
_MOST_TIMES = 60


class Kind(IntEnum):
    """Who says it, the most trusted first."""

    DATA = 0
    META = 1
    MARKED = 2
    SHOWN = 3
    ADDRESS = 4
    MADE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One word on the date: the moment as it is told, `exact` where it has a time of day."""

    when: datetime
    exact: bool
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """All that a page tells of its publication and of its last change, in order of trust."""

    published: Sequence[Witness]
    updated: Sequence[Witness]


def said_dates(tree: HtmlElement, said: Said, url: str, dialect: Dialect) -> Testimony:
    """Return what the page's data, metas, marks and address tell."""
    published = [
        *_read(said.text("datePublished"), Kind.DATA, dialect),
        *_metas(said, _PUBLISHED, Kind.META, dialect),
    ]
    updated = [
        *_read(said.text("dateModified"), Kind.DATA, dialect),
        *_metas(said, _UPDATED, Kind.META, dialect),
    ]
    for mark, text in _marked(tree):
        if _OF_UPDATE.search(mark):
            updated += _read(text, Kind.MARKED, dialect)
        elif _OF_PUBLICATION.search(mark):
            published += _read(text, Kind.MARKED, dialect)
    published += _of_film(said, dialect)
    published += _in_address(url)
    published += _metas(said, _MADE, Kind.MADE, dialect)
    published += _read(said.text("dateCreated"), Kind.MADE, dialect)
    return Testimony(published=published, updated=updated)


def _of_film(said: Said, dialect: Dialect) -> Iterator[Witness]:
    """Yield when the film of a page was put up, if the page is of nothing else than that film."""
    own = {letters(text) for text in (*said.headings, said.page_title, said.first("og:title"))}
    for thing in () if said.text("datePublished") else said.things:
        name, day = thing.get("name"), thing.get("uploadDate")
        if isinstance(name, str) and isinstance(day, str) and letters(name) in own:
            yield from _read(day, Kind.DATA, dialect)


def read_moment(text: str, dialect: Dialect) -> Told | None:
    """Read a date that a page wrote for machines, as most do by the standards and some do not."""
    bare = _BLANK_BEFORE_ZONE.sub("", _FRACTION.sub(r"\1", text.strip()))
    if bare.isascii() and bare.isdigit() and len(bare) in (_SECONDS, _MILLISECONDS):
        return Told(when=datetime.fromtimestamp(int(bare[:_SECONDS]), UTC), exact=True)
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, IndexError, OverflowError):
            when = parse(bare)
            return Told(when=when, exact=":" in bare or "T" in bare)
    return next(told_in(bare, dialect), None)


def _read(text: str, kind: Kind, dialect: Dialect) -> Iterator[Witness]:
    told = read_moment(text, dialect) if text else None
    if told is not None:
        yield Witness(when=told.when, exact=told.exact, kind=kind)


def _metas(said: Said, names: Sequence[str], kind: Kind, dialect: Dialect) -> Iterator[Witness]:
    for text in said.all(*names):
        yield from _read(text, kind, dialect)


def _marked(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the marks and the moment of each element that is marked up as a time."""
    times = tree.xpath("//time[@datetime] | //*[@itemprop][contains(@itemprop, 'date')]")
    for element in times[:_MOST_TIMES]:
        mark = f"{element.get('itemprop')} {element.get('class')} {element.get('id')}"
        if element.get("pubdate") is not None:
            mark += " pubdate"
        text = element.get("datetime") or element.get("content") or element.text or ""
        yield mark, plain_line(text[:100])


def _in_address(url: str) -> Iterator[Witness]:
    for match in _IN_PATH.finditer(urlsplit(url).path.lower()):
        month = match["m"] or match["m1"]
        if month.isalpha():
            number = _SHORT_MONTHS.index(month) + 1 if month in _SHORT_MONTHS else 0
        else:
            number = int(month)
        with suppress(ValueError):
            day = datetime(int(match["y"]), number, int(match["d"] or match["d1"]))  # noqa: DTZ001 its zone is found later
            yield Witness(when=day, exact=False, kind=Kind.ADDRESS)
            return
