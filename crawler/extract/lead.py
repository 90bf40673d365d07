"""The lead of a story: the sentence or two between its headline and its first paragraph.

Templates put it beside the headline, where extraction looks for titles and not for text. It is what
the story is about, so watches must see it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.date_shown import YEAR
from crawler.extract.headline import headline_in
from crawler.extract.plain import plain_line
from crawler.extract.prose import weight_of
from crawler.extract.said import Said
from crawler.extract.story_thing import letters
from crawler.references import unescaped

_BLOCKS = frozenset(("p", "div", "h2", "h3", "h4", "section"))
_INNER = frozenset((*_BLOCKS, "ul", "ol", "table", "figure", "article", "h1", "form", "nav"))
_OUTSIDE = frozenset(
    ("nav", "aside", "figure", "figcaption", "footer", "form", "ul", "ol", "button")
)
_NAMED = re.compile(
    r"lead|lede|standfirst|dec?k\b|sub|intro|summary|excerpt|chapo|desc|anons|spot|abstract|strap"
    r"|perex|bajada|entradilla|copete|sommario|occhiello|heading|vorspann|teaser-?text",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:date|time|by-?line|author|meta|share|social|caption|credits?|breadcrumb|tags?"
    r"|categor\w+|comment\w*|related|promo|newsletter|subscri\w+|paywall|ads?|advert\w*|player|video"
    r"|audio|image|photo|media|tools?|rating|location|signature|disclaimer|correction)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BYLINE = re.compile(r"^(?:by|von|par|por|di|door|av|автор|текст)\s", re.IGNORECASE)
_DATED = re.compile(
    r"\d:\d\d|\b(?:updated|posted|published|written by|hours? ago|minutes? ago)\b", re.IGNORECASE
)
_MOST_ELEMENTS = 120
_MOST_LINES = 12
_LEAST, _LONGEST = 40, 400
_LONGEST_DATE = 140
_LINKED = 0.5
_NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line below the headline, and whether its place or name is a lead's."""

    text: str
    likely: bool


def lines_below(tree: HtmlElement, title: str) -> Sequence[Line]:
    """Return the first lines below the headline that says `title`, () where none does."""
    head = headline_in(tree, title)
    own = letters(title)
    if head is None or not own or not _says(head, own):
        return ()
    return tuple(islice(_lines(head), _MOST_LINES))


def with_lead(text: str, lines: Sequence[Line], said: Said) -> str:
    """Put the lead before the story if one stands among `lines` and not in `text`."""
    known = letters(text)
    told = [letters(unescaped(one)) for one in said.all("og:description", "description")]
    told = [one for one in (*told, letters(said.text("description"))) if len(one) >= _LEAST // 2]
    for line in lines if known else ():
        own = letters(line.text)
        if own in known:
            break
        if line.likely or any(own.startswith(one) or one.startswith(own) for one in told):
            return f"{line.text}\n{text}"
    return text


def _says(head: HtmlElement, own: str) -> bool:
    said = letters("".join(head.itertext()))
    return bool(said) and (said in own or own in said)


def _lines(head: HtmlElement) -> Iterator[Line]:
    held = next((one for one in head.iterancestors("header")), None)
    for element in islice(head.itersiblings(), _MOST_ELEMENTS):
        yield from _within(element, beside=True, held=held)
    for outer in islice(head.iterancestors(), _NEAR):
        if outer.tag in ("body", "html"):
            return
        for element in islice(outer.itersiblings(), _MOST_ELEMENTS):
            yield from _within(element, beside=False, held=held)


def _within(top: HtmlElement, *, beside: bool, held: HtmlElement | None) -> Iterator[Line]:
    for element in islice(top.iter(*_BLOCKS), _MOST_ELEMENTS):
        if any(part.tag in _INNER for part in element):
            continue
        text = plain_line("".join(element.itertext(with_tail=False)), limit=_LONGEST + 1)
        around = [element, *islice(element.iterancestors(), _NEAR - 1)]
        names = " ".join(filter(None, map(_names, around[:2])))
        if len(text) > _LONGEST:
            yield Line(text=text, likely=False)
        elif _could_be(element, text, around):
            near = (beside and element is top) or (held is not None and held in around)
            yield Line(text=text, likely=near or _NAMED.search(names) is not None)


def _could_be(element: HtmlElement, text: str, around: Sequence[HtmlElement]) -> bool:
    if weight_of(text) < _LEAST or _BYLINE.match(text):
        return False
    if len(text) < _LONGEST_DATE and (YEAR.search(text) or _DATED.search(text)):
        return False
    if any(one.tag in _OUTSIDE or _OTHERS.search(_names(one)) for one in around):
        return False
    linked = sum(len("".join(link.itertext(with_tail=False))) for link in element.iter("a"))
    return linked <= len(text) * _LINKED


def _names(element: HtmlElement) -> str:
    said = (
        value
        for name, value in element.attrib.items()
        if name in ("class", "id", "itemprop") or name.startswith("data-")
    )
    return _HUMPS.sub("-", " ".join(said)[:_LONGEST])
