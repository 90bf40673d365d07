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
from crawler.lists.address import Address, address_of
from crawler.lists.anchors import Link, base_of, links_of
from crawler.lists.dates import NearDate, date_near
from crawler.lists.doubt import believing, doubting, is_met_again, is_strange
from crawler.lists.items import Items, text_around
from crawler.lists.learned import Learned, Made, Seen, after, hash_of, learned_from, written
from crawler.lists.place import Places, signature_of
from crawler.lists.score import Sight, chosen, may_be
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
STRANGE = (
    "none of the articles known from this page stands there any more, nor any made like them; "
    "if it was redesigned, it is believed at the next visit"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLinks:
    """The entries of a page in its order, its title, and what to remember of it.

    `anew` tells that it is another page than before: to whoever knows the old, all of it is new.
    """

    entries: tuple[Entry, ...]
    title: str | None
    learned: str
    anew: bool = False


@dataclass(frozen=True, slots=True)
class NotAList:
    """The page tells no articles; `reason` says why, in words for whoever named it.

    `learned` is what to remember of that (None: as before).
    """

    reason: str
    learned: str | None = None


Found: TypeAlias = FoundLinks | NotAList


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a page: where it came from, by what selector, and what is known of it."""

    url: str
    headers: Mapping[str, str]
    links: str | None
    learned: str | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """A page as it was looked at: its links as they were weighed, those of articles among them."""

    tree: HtmlElement
    sights: list[Sight]
    taken: list[Sight]
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """What a page that is believed to be itself taught; `anew` as in `FoundLinks`."""

    learned: Learned
    anew: bool


def find(body: bytes, asked: Asked) -> Found:
    """Read the page; header names are in lower case."""
    known = learned_from(asked.learned)
    sighted = look(body, asked, known)
    if isinstance(sighted, NotAList):
        return sighted
    if not sighted.taken:
        return NotAList(_why_none(asked, known))
    believed = believe(known, sighted.seen, asked)
    if isinstance(believed, NotAList):
        return believed
    return FoundLinks(
        entries=entries_of(sighted),
        title=title_of_page(sighted.tree),
        learned=written(believed.learned),
        anew=believed.anew,
    )


def look(body: bytes, asked: Asked, known: Learned) -> Sighted | NotAList:
    """Weigh the links of a page by what is `known`; those of articles may be none."""
    content_type = asked.headers.get("content-type", "")
    fault = fault_of_body(body, content_type)
    if fault is not None:
        return NotAList(fault)
    tree = tree_of(decoded(body, content_type))
    if tree is None:
        return NotAList("the page is empty")
    base = base_of(tree, asked.url)
    every = links_of(tree.iter("a"), base=base, page=asked.url)
    sights = _sights(every, asked.url)
    if asked.links is not None:
        named = {
            one.key for one in links_of(selected(tree, asked.links), base=base, page=asked.url)
        }
        taken = [sight for sight in sights if sight.link.key in named]
    else:
        taken = _with_known(chosen(sights, known, asked.now), sights, known)
    taken = taken[:MOST_ENTRIES]
    return Sighted(tree=tree, sights=sights, taken=taken, seen=_seen(sights, taken))


def believe(known: Learned, seen: Seen, asked: Asked) -> Believed | NotAList:
    """Learn from a page, unless it is one that stands in the known one's place."""
    strange = asked.links is None and is_strange(known, seen)
    if strange and not is_met_again(known, seen):
        return NotAList(STRANGE, written(doubting(known, seen)))
    before = believing(known) if strange else known
    return Believed(learned=after(before, seen, asked.now), anew=strange)


def entries_of(sighted: Sighted) -> tuple[Entry, ...]:
    """Return what the page tells, in its order."""
    return tuple(_entry(sight) for sight in sighted.taken)


def title_of_page(tree: HtmlElement) -> str | None:
    """Return what the page calls itself, None where it does not."""
    named = tree.find(".//title")
    return (content_of(named) or None) if named is not None else None


def _with_known(taken: list[Sight], sights: list[Sight], known: Learned) -> list[Sight]:
    """Add the articles of before: a page that lost most of its others may not show them as such."""
    articles = frozenset(known.articles)
    keys = {sight.link.key for sight in taken}
    return [
        sight
        for sight in sights
        if sight.link.key in keys or (may_be(sight) and hash_of(sight.link.key) in articles)
    ]


def _sights(links: list[Link], page: str) -> list[Sight]:
    addresses = {link.key: address_of(link.url) for link in links}
    weighty = [
        link
        for link in links
        if link.weight >= _WEIGHTY and addresses[link.key].points > _LEAST_POINTS
    ]
    items, places = Items(links, weighty), Places()
    publisher = publisher_of(page)
    return [
        _sight(link, addresses[link.key], items, places, own=publisher_of(link.url) == publisher)
        for link in links
    ]


def _sight(link: Link, address: Address, items: Items, places: Places, *, own: bool) -> Sight:
    around = [items.around(anchor.element, link) for anchor in link.anchors[:_MOST_LOOKED_AT]]
    dates = [date_near(item, text_around(item)) for item in around]
    date = next((one for one in dates if one.seen), NearDate())
    title = title_of(link, around[0])
    return Sight(
        link=link,
        address=address,
        places=tuple(places.place_of(anchor.element) for anchor in link.anchors[:_MOST_LOOKED_AT]),
        signatures=tuple(
            dict.fromkeys(signature_of(one.element) for one in link.anchors[:_MOST_LOOKED_AT])
        ),
        own=own,
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


def _seen(sights: list[Sight], taken: list[Sight]) -> Seen:
    return Seen(
        links={sight.link.key: sight.address.shape for sight in sights},
        taken=tuple(
            Made(key=sight.link.key, shape=sight.address.shape, signatures=sight.signatures)
            for sight in taken
        ),
    )


def _why_none(asked: Asked, known: Learned) -> str:
    if asked.links is not None:
        return NONE_NAMED
    if known.count:
        return f"no links to articles were found, where there were {known.count}; {_REDESIGNED}"
    return NEVER_ANY


def _entry(sight: Sight) -> Entry:
    # A day is no moment: it must not take the place of the one that the article's page tells.
    return Entry(
        url=sight.link.url,
        title=sight.title,
        summary=sight.summary,
        published=sight.date.published,
        updated=sight.date.day,
    )
