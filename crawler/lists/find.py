"""From a list page to the entries it tells. Runs in a worker, for strangers wrote it.

bytes ──> characters ──> tree ──> anchors by address ──> named by a selector, or weighed ──> entries
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from lxml.html import HtmlElement

from crawler.extract.charset import decoded
from crawler.extract.kind import fault_of_body
from crawler.extract.plain import content_of
from crawler.extract.tree import tree_of
from crawler.lists.address import address_of
from crawler.lists.anchors import Link, base_of, links_of
from crawler.lists.dates import NearDate, date_near
from crawler.lists.items import Items, text_around
from crawler.lists.learned import Learned, Seen, after, learned_from, written
from crawler.lists.place import place_of, signature_of
from crawler.lists.score import Sight, chosen
from crawler.lists.selector import selected
from crawler.lists.titles import summary_of, title_of
from news.entry import Entry
from news.publisher import publisher_of

MOST_ENTRIES = 1_000
_WEIGHTY = 14.0
_LEAST_POINTS = -1.0
_MOST_LOOKED_AT = 8
_OTHER_RELATIONS = frozenset(("author", "tag", "sponsored", "license", "next", "prev", "search"))
_REDESIGNED = 'was the page redesigned? name them with links = "CSS selector"'

NEVER_ANY = 'no links to articles were found; name them with links = "CSS selector"'
NONE_NAMED = "the selector in links finds no link on the page; was the page redesigned?"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLinks:
    """The entries of a page in its order, its title, and what to remember of it."""

    entries: tuple[Entry, ...]
    title: str | None
    learned: str


@dataclass(frozen=True, slots=True)
class NotAList:
    """The page tells no articles; `reason` says why, in words for whoever named it."""

    reason: str


Found: TypeAlias = FoundLinks | NotAList


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a page: where it came from, by what selector, and what is known of it."""

    url: str
    headers: Mapping[str, str]
    links: str | None
    learned: str | None
    now: datetime


def find(body: bytes, asked: Asked) -> Found:
    """Read the page; header names are in lower case."""
    content_type = asked.headers.get("content-type", "")
    fault = fault_of_body(body, content_type)
    if fault is not None:
        return NotAList(fault)
    tree = tree_of(decoded(body, content_type))
    if tree is None:
        return NotAList("the page is empty")
    known = learned_from(asked.learned)
    base = base_of(tree, asked.url)
    every = links_of(tree.iter("a"), base=base, page=asked.url)
    sights = _sights(every, asked.url)
    if asked.links is not None:
        named = {
            one.key for one in links_of(selected(tree, asked.links), base=base, page=asked.url)
        }
        taken = [sight for sight in sights if sight.link.key in named]
    else:
        taken = chosen(sights, known, asked.now)
    taken = taken[:MOST_ENTRIES]
    if not taken:
        return NotAList(_why_none(asked, known))
    return _found(tree, taken, after(known, _seen(every, taken), asked.now))


def _sights(links: list[Link], page: str) -> list[Sight]:
    addresses = {link.key: address_of(link.url) for link in links}
    weighty = [
        link
        for link in links
        if link.weight >= _WEIGHTY and addresses[link.key].points > _LEAST_POINTS
    ]
    items = Items(links, weighty)
    return [_sight(link, items, page) for link in links]


def _sight(link: Link, items: Items, page: str) -> Sight:
    around = [items.around(anchor.element, link) for anchor in link.anchors[:_MOST_LOOKED_AT]]
    dates = [date_near(item, text_around(item)) for item in around]
    date = next((one for one in dates if one.seen), NearDate())
    title = title_of(link, around[0])
    return Sight(
        link=link,
        address=address_of(link.url),
        places=tuple(place_of(anchor.element) for anchor in link.anchors[:_MOST_LOOKED_AT]),
        signatures=tuple(
            dict.fromkeys(signature_of(one.element) for one in link.anchors[:_MOST_LOOKED_AT])
        ),
        own=publisher_of(link.url) == publisher_of(page),
        refused=not title or _is_refused(link),
        date=date,
        title=title,
        summary=next(filter(None, (summary_of(item, title) for item in around)), ""),
    )


def _is_refused(link: Link) -> bool:
    """Tell links that their own page calls something else, or that lead to comments alone."""
    marked = any(
        _OTHER_RELATIONS & set((anchor.element.get("rel") or "").lower().split())
        for anchor in link.anchors
    )
    return marked or all(anchor.fragment for anchor in link.anchors)


def _seen(every: list[Link], taken: list[Sight]) -> Seen:
    return Seen(
        links=tuple(link.key for link in every),
        signatures=tuple(one for sight in taken for one in sight.signatures),
        shapes=tuple(sight.address.shape for sight in taken),
        count=len(taken),
    )


def _why_none(asked: Asked, known: Learned) -> str:
    if asked.links is not None:
        return NONE_NAMED
    if known.count:
        return f"no links to articles were found, where there were {known.count}; {_REDESIGNED}"
    return NEVER_ANY


def _found(tree: HtmlElement, taken: list[Sight], learned: Learned) -> FoundLinks:
    named = tree.find(".//title")
    return FoundLinks(
        entries=tuple(_entry(sight) for sight in taken),
        title=(content_of(named) or None) if named is not None else None,
        learned=written(learned),
    )


def _entry(sight: Sight) -> Entry:
    # A day is no moment: it must not take the place of the one that the article's page tells.
    return Entry(
        url=sight.link.url,
        title=sight.title,
        summary=sight.summary,
        published=sight.date.published,
        updated=sight.date.day,
    )
