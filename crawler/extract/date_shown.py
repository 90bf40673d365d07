"""The dates that a page shows to its readers: bylines near the headline, labelled or alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.date_words import Dialect, Told, told_in
from crawler.extract.plain import plain_line

YEAR = re.compile(r"(?:19|20|25|٢٠|۲۰)[\d٠-٩۰-۹]|[./]2\d")
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
_MOST_HEADS = 40
_MOST_ELEMENTS = 20_000
_SHORTEST = 4
_LONG = 160
_LINE = 160
_RESTS = 60
_BARE = 15
_LABEL = 30
_ABOVE = 40
_CLIMB = 12
_NAMED_FOR = 6
_NAMED_BY = 3
_NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A date in sight of the reader; `marks` count what speaks for it, `update` what it is of."""

    told: Told
    marks: int
    update: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a line stands, and whether that is where bylines stand: around the headline."""

    element: HtmlElement
    index: int
    below: bool
    early: bool
    first: bool


def shown_dates(tree: HtmlElement, title: str, dialect: Dialect) -> list[Shown]:
    """Return the dates in sight, the likeliest first."""
    found: list[Shown] = []
    walk = _Walk(head=headline_in(tree, title))
    for place in list(walk.places(tree)):
        near = place.early if place.below else walk.at - place.index <= _ABOVE
        marks = 2 * near + (near and place.first) - (not place.below and not near)
        found += _shown(place.element, marks, dialect)
    return sorted(found, key=lambda shown: -shown.marks)


@dataclass(slots=True)
class _Walk:
    """From the top of a page to its end, but not far past where bylines stand."""

    head: HtmlElement | None
    at: int = 0
    paragraphs: int = 0
    dates: int = 0

    def places(self, tree: HtmlElement) -> Iterator[_Place]:
        """Yield the places of texts with what may be a year, noting where the headline stands."""
        below = self.head is None
        for index, element in enumerate(islice(tree.iter(), _MOST_ELEMENTS)):
            if element is self.head:
                below, self.at, self.paragraphs, self.dates = True, index, 0, 0
            for holder in self._tellers(element):
                yield _Place(
                    element=holder,
                    index=index,
                    below=below,
                    early=self.paragraphs <= 1,
                    first=below and self.dates <= _NEAR,
                )

    def _tellers(self, element: HtmlElement) -> Iterator[HtmlElement]:
        text, tail = element.text, element.tail
        if text and len(text) >= _SHORTEST and self._may_tell(text, element):
            yield element
        if tail and len(tail) >= _SHORTEST:
            holder = element.getparent()
            if holder is not None and self._may_tell(tail, holder):
                yield holder

    def _may_tell(self, text: str, holder: HtmlElement) -> bool:
        if len(text) >= _LONG:
            self.paragraphs += holder.tag == "p"
            return False
        if self.dates >= _MOST or not YEAR.search(text):
            return False
        if holder.tag in SKIPPED:
            return False
        self.dates += 1
        return True


def headline_in(tree: HtmlElement, title: str) -> HtmlElement | None:
    """Return the heading that says the title, else the first one."""
    wanted = _letters(title)
    for one in islice(tree.iter("h1", "h2"), _MOST_HEADS):
        said = _letters(_line(one))
        if said and wanted and (said in wanted or wanted in said) and len(said) * 2 > len(wanted):
            return one
    return next(tree.iter("h1"), None)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _shown(holder: HtmlElement, marks: int, dialect: Dialect) -> Iterator[Shown]:
    """Yield what `holder` tells, or where it is only a part of a date, what it is a part of."""
    for element in (holder, holder.getparent()):
        line = "" if element is None else _line(element)
        told = list(told_in(line, dialect)) if line and not COPYRIGHT.search(line) else []
        names = _names(holder) if told else None
        if names is not None:
            for one in told:
                yield from _weighed(one, line, marks, names)
        if told or not line:
            return


def _line(element: HtmlElement) -> str:
    """Return the element's text if it is a line, else ""."""
    parts: list[str] = []
    size = 0
    for text in element.itertext():
        size += len(text.strip())
        if size > _LINE:
            return ""
        parts.append(text)
    return plain_line(" ".join(parts))


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
    changed = publishes < 0 and _CHANGED.search(names) is not None
    yield Shown(told=told, marks=marks, update=changed or updates > publishes)
