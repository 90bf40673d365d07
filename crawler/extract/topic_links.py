"""The topics that a page shows to people: links to what its site files under the same words."""

import re
from collections.abc import Iterator, Sequence
from typing import cast
from unicodedata import combining, normalize
from urllib.parse import unquote, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extract.plain import content_of
from crawler.extract.story_thing import letters

_LINKS = XPath(
    "descendant::a[contains(concat(' ', @rel, ' '), ' tag ') or contains(@href, '/tag/')"
    " or contains(@href, '/tags/') or contains(@href, '/topic') or contains(@href, '/thema')"
    " or contains(@href, '/theme') or contains(@href, '/tema') or contains(@href, '/sujet')"
    " or contains(@href, '/dossier') or contains(@href, '/keyword') or contains(@href, '/schlagw')]"
)
_TAGGED = XPath(
    "descendant::a[contains(concat(' ', @rel, ' '), ' tag ') and not(contains(@rel, 'category'))]"
)
_LIST = re.compile(
    r"(?:(?:^|[\s_-])(?:[Tt]ags?|[Tt]opics?|[Kk]eywords?|[Tt]hemen?|[Ss]chlagw\w+|[Tt]emas?|[Ee]tiquetas?)"
    r"|(?<=[a-z])(?:Tag|Topic|Keyword)s?)(?![a-z])"
)
_ELSEWHERE = re.compile(
    r"nav|menu|trending|popular|footer|related|teaser|sidebar|breadcrumb", re.IGNORECASE
)
_MENU = re.compile(
    r"nav(?!y)|menu|foot|header|popular|trending|teaser|sidebar|breadcrumb", re.IGNORECASE
)
_NO_TOPIC = re.compile(
    r"^(?:impressum|imprint|datenschutz\w*|kontakt|contact\w*|privacy\w*|about\w*|home"
    r"|login|log in|newsletter|anmelden|abmelden|subscribe|terms\w*|cookies?|agb)$",
    re.IGNORECASE,
)
_OUTSIDE = ("nav", "header", "footer", "aside", "p", "h1", "h2", "h3")
_MOST_LINKS = 200
_MOST_OF_ALL = 1_500
_NEAR = 5
_FAR = 8
_LONGEST = 60
_FEWEST = 2
_LEAST_DEPTH = 2
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"}
)


def listed_topics(tree: HtmlElement) -> Sequence[str]:
    """Return what stands in the first list of links that calls itself one of topics."""
    lists: dict[str, list[str]] = {}
    for link in cast("list[HtmlElement]", _LINKS(tree))[:_MOST_LINKS]:
        place = _list_of(link)
        if place and (text := content_of(link)):
            lists.setdefault(place, []).append(text)
    return next(iter(lists.values()), ())


def filed_topics(tree: HtmlElement) -> Sequence[str]:
    """Return the words of the last row of links whose addresses end in the words themselves.

    That is `Robert Habeck` leading to `/politik/robert-habeck/`. Menus look so too, so half of the
    words have to stand in the page's paragraphs.
    """
    rows: dict[HtmlElement, list[str]] = {}
    for _, link in zip(range(_MOST_OF_ALL), tree.iter("a"), strict=False):
        row = _row_of(link)
        if row is not None and (text := _filed_under(link)):
            rows.setdefault(row, []).append(text)
    several = [words for words in rows.values() if len(words) >= _FEWEST]
    if not several:
        return _tagged(tree)
    prose = " ".join(text for part in tree.iter("p") for text in part.itertext()).casefold()
    for words in reversed(several):
        if sum(word.casefold() in prose for word in words[:_MOST_LINKS]) * 2 >= len(words):
            return words
    return _tagged(tree)


def _tagged(tree: HtmlElement) -> Sequence[str]:
    """Return the words of the links that say themselves that they are tags, be it a single one."""
    links = cast("list[HtmlElement]", _TAGGED(tree))[:_MOST_LINKS]
    rows = [link for link in links if _row_of(link) is not None]
    return [text for link in rows if 0 < len(text := content_of(link)) <= _LONGEST]


def _row_of(link: HtmlElement) -> HtmlElement | None:
    """Return what holds this link and its like, None where it is part of a menu or a sentence."""
    around: list[HtmlElement] = list(_outer(link))
    if any(one.tag in _OUTSIDE or _MENU.search(_name(one)) for one in around):
        return None
    items = [one for one in around[:2] if one.tag != "li"]
    return items[0] if items else None


def _outer(link: HtmlElement) -> Iterator[HtmlElement]:
    place = link.getparent()
    for _ in range(_FAR):
        if place is None or place.tag == "body":
            return
        yield place
        place = place.getparent()


def _filed_under(link: HtmlElement) -> str:
    """Return the text of a link if its address ends in it, else ""."""
    try:
        path = unquote(urlsplit((link.get("href") or "")[:500]).path).strip("/").split("/")
    except ValueError:
        return ""
    end = letters(path[-1])
    if len(path) < _LEAST_DEPTH or not end or link.get("rel") == "author":
        return ""
    text = content_of(link)
    could_be = len(text) <= _LONGEST and not _NO_TOPIC.search(text)
    return text if could_be and end in _spellings(text) else ""


def _spellings(text: str) -> set[str]:
    plain = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
    return {letters(text), letters(plain), letters(text.lower().translate(_SPELLED))}


def _list_of(link: HtmlElement) -> str:
    """Return what the list of topics that stands close around a link is called, "" if none does."""
    place, found = link, ""
    for _ in range(_NEAR):
        name = _name(place)
        if _ELSEWHERE.search(name) or place.tag in ("nav", "footer", "header", "p"):
            return ""
        if _LIST.search(name):
            found = name
        outer = place.getparent()
        if outer is None:
            break
        place = outer
    return found


def _name(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
