"""Which of the things that a page describes is the article that the page is about.

A page describes its site, its trail of sections, videos, and the teasers of other articles. The
one that it is about names the page's address or carries its headline, and is no item of a list.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crawler.extract.plain import plain_line
from crawler.references import unescaped

Thing = Mapping[str, Any]

_ARTICLES = frozenset(
    (
        "Article",
        "NewsArticle",
        "AdvertiserContentArticle",
        "AnalysisNewsArticle",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "Review",
        "ReviewNewsArticle",
        "ScholarlyArticle",
        "SocialMediaPosting",
        "TechArticle",
    )
)
_PAGES = frozenset(("WebPage", "ItemPage"))
_ASIDE = frozenset(
    ("itemListElement", "hasPart", "mentions", "isPartOf", "citation", "relatedLink", "comment")
)
_REFERRING = ("author", "creator", "publisher", "image", "sourceOrganization")
_MOST_VALUES = 20_000
_MOST_ARTICLES = 200
_VOCABULARY = re.compile(r"^.*[/:#]")
_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A thing, and whether it stands in a list of others or is only mentioned."""

    thing: Thing
    aside: bool


def things_in(values: Sequence[object]) -> Iterator[Found]:
    """Yield every object in the values, outer ones first; no recursion, for strangers nest deep."""
    waiting = deque((value, False) for value in values)
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        value, aside = waiting.popleft()
        if isinstance(value, dict):
            yield Found(thing=value, aside=aside)
            waiting.extend((inner, aside or name in _ASIDE) for name, inner in value.items())
        elif isinstance(value, list):
            waiting.extend((inner, aside) for inner in value)


def story_among(found: Sequence[Found], *, titles: Sequence[str], urls: Sequence[str]) -> Thing:
    """Return what is said of the page's own article, {} if nothing is.

    `titles` are what the page calls itself elsewhere, `urls` its addresses. What the best thing
    leaves open is filled from others that speak of the same article.
    """
    names, places = {letters(title) for title in titles} - {""}, {_place(url) for url in urls}
    typed = [one for one in found if "@type" in one.thing]
    articles = [one for one in typed if kinds_of(one.thing) & _ARTICLES][:_MOST_ARTICLES]
    ranked = sorted(articles, key=lambda one: -_weight(one, names, places))
    story: dict[str, Any] = dict(ranked[0].thing) if ranked else {}
    pages = (one for one in typed if kinds_of(one.thing) & _PAGES and not one.aside)
    for other in (*ranked[1:], *pages):
        if not ranked or _is_own(other.thing, names, places):
            story = {**_without_name(other.thing), **_said(story)}
    return _with_references(story, found)


def letters(text: str) -> str:
    """Return the letters and figures of a text alone: what makes two titles the same."""
    return _LETTERS.sub("", text).casefold()


def kinds_of(thing: Thing) -> set[str]:
    """Return the types of a thing without the vocabulary's address."""
    kinds = thing.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return {_VOCABULARY.sub("", kind) for kind in named if isinstance(kind, str)}


def _weight(one: Found, names: set[str], places: set[str]) -> int:
    thing = one.thing
    known = sum(bool(thing.get(name)) for name in ("headline", "articleBody", "datePublished"))
    agrees = 8 * (_titled(thing) in names) + 8 * bool(_places(thing) & places)
    return agrees + 2 * bool(thing.get("headline")) + known - 12 * one.aside


def _is_own(thing: Thing, names: set[str], places: set[str]) -> bool:
    return _titled(thing) in names or bool(_places(thing) & places)


def _titled(thing: Thing) -> str:
    title = thing.get("headline") or thing.get("name")
    return letters(unescaped(plain_line(title))) if isinstance(title, str) else ""


def _places(thing: Thing) -> set[str]:
    named = [thing.get("url"), thing.get("@id"), thing.get("mainEntityOfPage")]
    flat = [one.get("@id") or one.get("url") if isinstance(one, dict) else one for one in named]
    return {place for one in flat if isinstance(one, str) and (place := _place(one))}


def _place(url: str) -> str:
    """Return what two spellings of a page's address share: "" for a front page."""
    try:
        return urlsplit(url.strip()[:2000]).path.strip("/").casefold()
    except ValueError:
        return ""


def _said(thing: Thing) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}


def _without_name(thing: Thing) -> Thing:
    """Leave out the name: a page's is its <title> with the site's name, which is no headline."""
    return {name: value for name, value in thing.items() if name != "name"}


def _with_references(story: dict[str, Any], found: Sequence[Found]) -> Thing:
    """Put in the place of `{"@id": …}` what stands under that id elsewhere on the page."""
    wanted = {name: story[name] for name in _REFERRING if name in story}
    if not wanted:
        return story
    known: dict[str, Thing] = {}
    for one in found:
        number = one.thing.get("@id")
        if isinstance(number, str) and len(one.thing) > len(known.get(number, {"@id": number})):
            known[number] = one.thing
    for name, value in wanted.items():
        story[name] = (
            [_resolved(one, known) for one in value[:100]]
            if isinstance(value, list)
            else _resolved(value, known)
        )
    return story


def _resolved(value: object, known: Mapping[str, Thing]) -> object:
    if isinstance(value, dict) and isinstance(number := value.get("@id"), str):
        return {**known.get(number, {}), **value}
    return value
