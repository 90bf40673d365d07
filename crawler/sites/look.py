"""From a page of a site to its articles and its section pages. Runs in a worker.

Articles are told from navigation as on list pages (crawler/lists/), by what all pages of the site
taught; what is left may lead to sections.
"""

from dataclasses import dataclass, field

from crawler.extract.rights import directives
from crawler.extract.said import said_by
from crawler.lists.anchors import weight_of
from crawler.lists.find import (
    Asked,
    NotAList,
    Sighted,
    believe,
    entries_of,
    look,
    title_of_page,
)
from crawler.lists.learned import Learned, Seen, after, hash_of, learned_from, written
from crawler.lists.score import Sight
from crawler.sites.address import Scope, is_section
from news.entry import Entry
from news.source import Validators

MOST_SECTIONS = 60
_MOST_NAME = 40.0
"""Longer texts are headlines, not names of departments."""

LOST = "no links to articles were found, where there were {count}; was the site redesigned?"
ANOTHER = "neither an article nor any navigation of this site stands there"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage:
    """A page to be looked at, as `Asked` says; `front` marks the site's own front page."""

    asked: Asked
    scope: Scope
    front: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a page tells, and where it leads on: addresses of sections, navigation's first.

    `learned` is what is known of the site after it; `anew` tells that the site is another one now.
    """

    entries: tuple[Entry, ...]
    sections: tuple[str, ...]
    title: str | None
    learned: str
    anew: bool = False
    validators: Validators = field(default_factory=Validators)


def looked_at(body: bytes, page: AskedPage) -> Looked | NotAList:
    """Read one page of a site."""
    known = learned_from(page.asked.learned)
    sighted = look(body, page.asked, known)
    if isinstance(sighted, NotAList):
        return sighted
    bound = _is_bound(sighted, page.asked)
    if bound and not page.front:  # a person named the front page; others were found by following
        return NotAList("the page asks that its links be not followed (nofollow)")
    taught = (
        _front(known, sighted, page.asked) if page.front else _other(known, sighted, page.asked)
    )
    if isinstance(taught, NotAList):
        return taught
    return Looked(
        entries=entries_of(sighted),
        sections=() if bound else _sections(sighted, page.scope),
        title=title_of_page(sighted.tree),
        learned=written(taught[0]),
        anew=taught[1],
    )


def _front(known: Learned, sighted: Sighted, asked: Asked) -> tuple[Learned, bool] | NotAList:
    """Learn from the front page, which alone shows whether the site is still the one it was."""
    if not sighted.taken:
        return NotAList(LOST.format(count=known.count)) if known.count else (known, False)
    believed = believe(known, sighted.seen, asked)
    return believed if isinstance(believed, NotAList) else (believed.learned, believed.anew)


def _other(known: Learned, sighted: Sighted, asked: Asked) -> tuple[Learned, bool] | NotAList:
    if _is_another(known, sighted.seen):
        return NotAList(ANOTHER)
    if not sighted.taken:
        return known, False
    taught = after(known, sighted.seen, asked.now)
    front = {name: getattr(known, name) for name in ("visits", "count", "since", "standing")}
    return Learned(
        signatures=taught.signatures,
        shapes=taught.shapes,
        articles=taught.articles,
        doubted=known.doubted,
        **front,
    ), False


def _is_another(known: Learned, seen: Seen) -> bool:
    """Tell a wall: links of it are neither known articles nor what stands on the front page."""
    links = {hash_of(key) for key in seen.links}
    return bool(known.standing) and links.isdisjoint({*known.standing, *known.articles})


def _is_bound(sighted: Sighted, asked: Asked) -> bool:
    return not {"nofollow", "none"}.isdisjoint(directives(said_by(sighted.tree), asked.headers))


def _sections(sighted: Sighted, scope: Scope) -> tuple[str, ...]:
    articles = {sight.link.key for sight in sighted.taken}
    found: dict[bool, list[str]] = {True: [], False: []}
    for sight in sighted.sights:
        if sight.link.key in articles or not _may_lead(sight):
            continue
        navigation = any(place.navigation or place.edge for place in sight.places)
        if is_section(sight.link.key, scope, in_navigation=navigation):
            found[navigation].append(sight.link.url)
    return tuple([*found[True], *found[False]][:MOST_SECTIONS])


def _may_lead(sight: Sight) -> bool:
    relations = [(one.element.get("rel") or "").lower().split() for one in sight.link.anchors]
    followed = any("nofollow" not in one for one in relations)
    name = sight.link.anchors[0].text or sight.link.anchors[0].label
    return followed and bool(name) and weight_of(name) <= _MOST_NAME
