"""What a link is called: the headline among all that its anchors and its card say.

Counters, clocks and "read more" are left out, so that an entry does not change at each visit.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.plain import content_of, plain_line
from crawler.lists.anchors import Anchor, Link, weight_of
from crawler.lists.place import HEADINGS, marks_of
from crawler.lists.words import TEASERS, TITLES

MOST_TITLE = 500
MOST_SUMMARY = 2_000

_BLOCKS = frozenset(
    ("p", "div", "li", "td", "section", "header", "footer", "figure", "time", "ul", "br", *HEADINGS)
)
_HEADING, _CLASSED, _STRONG, _PLAIN, _LABEL = 5, 4, 3, 2, 1
"""How likely it is that a text is the headline, by where it stands."""

_NEAR = 3
_ENOUGH = 15.0
"""A text of so many characters may be a headline."""

_TEASER = 40.0
_MORE = re.compile(
    r"^\W*(?:(?:read|see|learn|show|view|continue|find out)\b.{0,20}|more|details|full story|mehr"
    r"|weiter(?:lesen)?|lire(?: la suite)?|en savoir plus|leer más|ver más|más|leia mais|saiba mais"
    r"|leggi(?: tutto)?|continua|lees (?:meer|verder)|czytaj (?:więcej|dalej)|więcej|подробнее"
    r"|далее|читать.{0,12}|ещё|더보기|자세히|続きを読む|もっと見る|詳細|阅读全文|閱讀全文|更多|全文|详细|详情"
    r"|المزيد|اقرأ المزيد|selengkapnya|baca.{0,12}|devamı|läs mer|les mer)\W*$",
    re.IGNORECASE,
)
_FLEETING = re.compile(
    r"^\W*(?:[#№]?\d[\d.,\s]*[kKMm]?|\d{1,2}:\d{2}(?:\s?[ap]m)?|live"
    r"|\d+\s*\w{1,14}\s*(?:ago|назад|temu|lalu|read)|(?:il y a|vor|hace|há|منذ)\s.{1,16}"
    r"|\d+\s*(?:comments?|komment\w*|coment\w*|commentaires?|коммент\w*|opini\w*|views?|shares?|min\w*)"
    r"|\d+\s*(?:分|時間|小时|小時|分钟|分鐘|日|天)前|\d+\s*(?:분|시간|일)\s*전)\W*$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:[(\[]\s*\d[\d.,]*\s*(?:comments?)?\s*[)\]]|\[\d{4}\.\d{1,2}\.\d{1,2}\.?\])\s*$"
)


def title_of(link: Link, item: HtmlElement) -> str:
    """Return the headline, "" where nothing says one."""
    named = [text for anchor in link.anchors if not anchor.fragment for text in _named(anchor)]
    cleaned = [(rank, text) for rank, said in named if (text := _lasting(said))]
    if not cleaned or max(rank for rank, _ in cleaned) < _CLASSED:
        cleaned += [(_HEADING, text) for said in _headings(item) if (text := _lasting(said))]
    if not cleaned:
        return _beside(link, item)
    best = max(rank for rank, _ in cleaned)
    texts = [text for rank, text in cleaned if rank == best]
    return next((text for text in texts if weight_of(text) >= _ENOUGH), max(texts, key=weight_of))


def summary_of(item: HtmlElement, title: str) -> str:
    """Return the teaser that plainly stands in the item, "" if none does."""
    for element in item.iter("p", "div", "span"):
        marked = bool(marks_of(element) & TEASERS)
        if element.tag != "p" and not (marked and element.find(".//p") is None):
            continue
        text = plain_line("".join(map(_lasting_piece, element.itertext(with_tail=False))))
        text = text[:MOST_SUMMARY]
        if weight_of(text) >= _TEASER and text != title and title not in text:
            return text
    return ""


def _named(anchor: Anchor) -> Iterator[tuple[int, str]]:
    """Yield what an anchor says, each with how likely it is the headline."""
    element = anchor.element
    for inner in element.iterdescendants():
        if inner.tag in HEADINGS:
            yield _HEADING, content_of(_innermost(inner))
        elif marks_of(inner) & TITLES and inner.tag not in {"div", "figure"}:
            yield _CLASSED, content_of(inner)
        elif inner.tag in {"strong", "b"}:
            yield _STRONG, content_of(inner)
    if anchor.text:
        around = list(islice(element.iterancestors(), _NEAR))
        headed = any(
            one.tag in HEADINGS or marks_of(one) & TITLES for one in (element, *around[:1])
        )
        headed = headed or any(one.tag in HEADINGS for one in around)
        inner = _innermost(element) if headed else element
        said = _first_block(element) if inner is element else content_of(inner)
        yield _HEADING if headed else _PLAIN, said
    if anchor.label:
        yield _LABEL, anchor.label


def _innermost(heading: HtmlElement) -> HtmlElement:
    """Return the headline within a heading that also holds a kicker."""
    marked = [
        one for one in heading.iterdescendants() if marks_of(one) & TITLES or one.tag == "strong"
    ]
    whole = weight_of(content_of(heading))
    return next((one for one in marked if weight_of(content_of(one)) * 2 >= whole), heading)


def _headings(item: HtmlElement) -> list[str]:
    """Return the headings of a card, if its only anchor lies over it."""
    found = [content_of(_innermost(one)) for one in item.iter(*HEADINGS)]
    return found[:1]


def _beside(link: Link, item: HtmlElement) -> str:
    """Return the longest text of a row whose only link says "read more", "" in any other case."""
    if not any(_MORE.match(anchor.text.strip()) for anchor in link.anchors):
        return ""
    blocks = [text for said in _blocks(item) if weight_of(text := _lasting(said)) >= _ENOUGH]
    return max(blocks, key=weight_of, default="")


def _first_block(element: HtmlElement) -> str:
    """Return the first text of an anchor that is long enough, block by block."""
    blocks = [text for text in _blocks(element) if _lasting(text)]
    if not blocks:
        return ""
    return next((text for text in blocks if weight_of(text) >= _ENOUGH), max(blocks, key=weight_of))


def _blocks(element: HtmlElement) -> Iterator[str]:
    """Yield an anchor's texts as a reader sees them apart; what is fleeting is one by itself."""
    pieces: list[str] = []
    for one, text in _texts(element):
        if one.tag in _BLOCKS or _is_fleeting(text):
            yield plain_line("".join(pieces))
            pieces = []
        if not _is_fleeting(text):
            pieces.append(text)
    yield plain_line("".join(pieces))


def _texts(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield each text with the element that it opens or follows."""
    yield element, element.text or ""
    for inner in element.iterdescendants():
        yield inner, inner.text or ""
        yield inner, inner.tail or ""


def _is_fleeting(text: str) -> bool:
    bare = text.strip()
    return bool(bare) and bool(_FLEETING.match(bare))


def _lasting_piece(text: str) -> str:
    bare = text.strip()
    return " " if _MORE.match(bare) or _FLEETING.match(bare) else text


def _lasting(said: str) -> str:
    """Return what stays of a text when counters, clocks and "read more" are gone."""
    text = _TAIL.sub("", said).strip()
    return "" if _MORE.match(text) or _FLEETING.match(text) else text[:MOST_TITLE]
