"""The dates that a page shows to its readers: bylines near the headline, labelled or alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.date_moments import moments_in
from crawler.extract.date_words import Dialect, Told, told_in
from crawler.extract.headline import headline_in, line_of

YEAR = re.compile(r"(?:19|20|25|٢٠|۲۰)[\d٠-٩۰-۹]|[./]2\d|주체\d")
_PUBLISHED = re.compile(
    r"publi[sckée]|posted|created|written|erstellt|veröffentlicht|erschienen|vom\b|datum"
    r"|mis en ligne|pubbl|geplaatst|gepubliceerd|опубл|дата публ|yayın|oluşturul|giriş|eklenme"
    r"|نشر|تاريخ|입력|등록|작성|승인|公開|掲載|配信|投稿|发布|發布|发表"
    r"|時間|时间|ngày đăng|dodano|diterbitkan",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"updat|modif|aktualis|aktualiz|geändert|änderung|\bstand\b|mis à jour|màj|actuali[sz]ad"
    r"|atualizad"
    r"|aggiorna|bijgewerkt|gewijzigd|обновл|оновл|изменен|güncel|تحديث|수정|최종|更新|改訂|修改"
    r"|cập nhật|diperbarui|uppdater|oppdater|opdater|päivitetty",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"date|time|publish|posted|byline|meta|stamp|fecha|datum|data\b|zeit|info", re.IGNORECASE
)
_OF_PUBLICATION = re.compile(r"publi|entry-date|posted", re.IGNORECASE)
_CHANGED = re.compile(r"updat|modif|changed", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:relat(?:ed|ion)|comment|sidebar|teaser|foot|copyright|most|popular|recommend"
    r"|latest|archive|calendar|events?\b|referenc|citation|bibliogr|widget|menu|nav|promo|trending"
    r"|more-|read-also|carousel|slider|topbar|top-?bar|top_date|weather|ticker|caption|banner"
    r"|newest|list-item|today|current-?date)",
    re.IGNORECASE,
)
_OUTSIDE = ("nav", "footer", "select", "option", "button", "figcaption", "script", "style")
_OTHERS = ("noscript", "template", "textarea", "blockquote", "svg", "title", "aside")
SKIPPED = frozenset(_OUTSIDE + _OTHERS)
COPYRIGHT = re.compile(r"©|copyright|\(c\)|all rights", re.IGNORECASE)
_MOST = 60
_MOST_ELEMENTS = 20_000
_SHORTEST = 4
_LONG = 160
_SENTENCE = 70
_RESTS = 60
_BARE = 15
_LABEL = 30
_ABOVE = 40
_CLIMB = 12
_NAMED_FOR = 6
_NAMED_BY = 3
_NEAR = 3
_TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A date in sight of the reader; `marks` count what speaks for it, `update` what it is of.

    `near` tells that it stands where bylines do.
    """

    told: Told
    marks: int
    update: bool
    near: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a line stands, and whether that is where bylines stand: around the headline.

    At the `top` no more than one sentence of the story has passed, which may be its lead.
    """

    element: HtmlElement
    index: int
    below: bool
    early: bool
    top: bool
    first: bool


def shown_dates(tree: HtmlElement, title: str, dialect: Dialect) -> list[Shown]:
    """Return the dates in sight, the likeliest first."""
    found: list[Shown] = []
    walk = _Walk(head=headline_in(tree, title), moments=moments_in(tree, dialect))
    for place in list(walk.places(tree)):
        near = place.early if place.below else walk.at - place.index <= _ABOVE
        marks = 2 * near + (near and place.first) - (not place.below and not near)
        here = list(_shown(place.element, marks, dialect))
        if (moment := walk.moment_of(place.element)) is not None:
            here = [*_borne(place, moment, marks, here), *here]
        found += [replace(one, near=near) for one in here]
    return sorted(found, key=lambda shown: -shown.marks)


@dataclass(slots=True)
class _Walk:
    """From the top of a page to its end, but not far past where bylines stand."""

    head: HtmlElement | None
    moments: Mapping[HtmlElement, Told] = field(default_factory=dict)
    at: int = 0
    paragraphs: int = 0
    sentences: int = 0
    dates: int = 0

    def places(self, tree: HtmlElement) -> Iterator[_Place]:
        """Yield the places of texts with what may be a year, noting where the headline stands."""
        below = self.head is None
        for index, element in enumerate(islice(tree.iter(), _MOST_ELEMENTS)):
            if element is self.head:
                below, self.at = True, index
                self.paragraphs = self.sentences = self.dates = 0
            for holder in self._tellers(element):
                yield _Place(
                    element=holder,
                    index=index,
                    below=below,
                    early=self.paragraphs <= 1,
                    top=below and self.sentences <= 1,
                    first=below and self.dates <= _NEAR,
                )

    def moment_of(self, element: HtmlElement) -> Told | None:
        """Return the moment that an element or one closely around it bears."""
        for _ in range(_NAMED_BY):
            if element in self.moments:
                return self.moments[element]
            if (outer := element.getparent()) is None:
                break
            element = outer
        return None

    def _tellers(self, element: HtmlElement) -> Iterator[HtmlElement]:
        text, tail = element.text, element.tail
        if element in self.moments and self.dates < _MOST:
            self.dates += 1
            yield element
        elif text and len(text) >= _SHORTEST and self._may_tell(text, element):
            yield element
        if tail and len(tail) >= _SHORTEST:
            holder = element.getparent()
            if holder is not None and self._may_tell(tail, holder):
                yield holder

    def _may_tell(self, text: str, holder: HtmlElement) -> bool:
        self.sentences += len(text) >= _SENTENCE and holder.tag == "p"
        if len(text) >= _LONG:
            self.paragraphs += holder.tag == "p"
            return False
        if self.dates >= _MOST or not YEAR.search(text):
            return False
        if holder.tag in SKIPPED:
            return False
        self.dates += 1
        return True


def _shown(holder: HtmlElement, marks: int, dialect: Dialect) -> Iterator[Shown]:
    """Yield what `holder` tells, or where it is only a part of a date, what it is a part of."""
    for element in _around(holder):
        line = "" if element is None else line_of(element)
        told = list(told_in(line, dialect)) if line and not COPYRIGHT.search(line) else []
        names = _names(holder) if told else None
        if names is not None:
            for one in told:
                yield from _weighed(one, line, marks, names)
        if told or not line:
            return


def _around(holder: HtmlElement) -> Iterator[HtmlElement | None]:
    """Yield the element, what it is in, and the box that holds a date in pieces by its name."""
    outer = holder.getparent()
    yield from (holder, outer)
    box = None if outer is None else outer.getparent()
    if box is not None and _MARK.search(f"{box.get('class') or ''} {box.get('id') or ''}"):
        yield box


def _borne(place: _Place, moment: Told, marks: int, shown: list[Shown]) -> Iterator[Shown]:
    """Yield the moment that an element bears for machines, unless it shows people another day.

    One that shows no day, "3 hours ago", tells it only where bylines stand.
    """
    names = _names(place.element)
    if names is None:
        return
    days = [one.told.when for one in shown]
    bare = moment.when.replace(tzinfo=None)
    if any(abs(day.replace(tzinfo=None) - bare) > _TWO_DAYS for day in days):
        return
    if days or (place.top and place.first):
        outer = place.element.getparent()
        line = line_of(place.element)
        around = line_of(outer) if line and outer is not None else ""
        before, _, _ = around.partition(line) if line else ("", "", "")
        own = f"{before}{line}"
        at = len(before)
        yield from _weighed(replace(moment, start=at, end=len(own)), own, marks, names)


def _names(element: HtmlElement) -> str | None:
    """Return what the boxes around `element` are called, None where they are not the story's."""
    names = ""
    for depth, box in enumerate((element, *element.iterancestors())):
        if box.tag in ("body", "html") or depth > _CLIMB:
            break
        if box.tag in SKIPPED:
            return None
        own = f" {box.get('class') or ''} {box.get('id') or ''} {box.get('itemprop') or ''}"
        if box.tag in ("article", "main"):
            break
        if depth < _NAMED_FOR and _AROUND.search(own):
            return None
        if depth < _NAMED_BY:
            names += own + (" time" if box.tag == "time" else "")
    return names


def _weighed(told: Told, line: str, marks: int, names: str) -> Iterator[Shown]:
    before = line[max(0, told.start - _LABEL) : told.start]
    rest = len(line) - (told.end - told.start)
    publishes = max((match.start() for match in _PUBLISHED.finditer(before)), default=-1)
    updates = max((match.start() for match in _UPDATED.finditer(before)), default=-1)
    if rest > _RESTS and max(publishes, updates) < 0:
        return
    marks += 3 * (publishes >= 0) + 2 * bool(_MARK.search(names)) + told.exact + (rest < _BARE)
    changed = publishes < 0 and _CHANGED.search(names) and not _OF_PUBLICATION.search(names)
    yield Shown(told=told, marks=marks, update=bool(changed) or updates > publishes)
