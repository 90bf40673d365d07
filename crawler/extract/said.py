"""What a page says about itself: its meta elements and its schema.org data, unjudged."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from crawler.extract.plain import plain_line
from crawler.references import unescaped

_ARTICLES = frozenset(
    (
        "Article",
        "NewsArticle",
        "AnalysisNewsArticle",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "SocialMediaPosting",
    )
)
_MOST_VALUES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a page says about itself: `metas` by lower-case name, and its `article` in JSON-LD."""

    metas: Mapping[str, Sequence[str]]
    article: Mapping[str, Any]

    def first(self, *names: str) -> str:
        """Return the first of these metas that says something, else ""."""
        return next((text for text in self.all(*names)), "")

    def all(self, *names: str) -> Iterator[str]:
        """Yield what these metas say, name by name."""
        for name in names:
            yield from self.metas.get(name, ())

    def text(self, name: str) -> str:
        """Return a text of the article's JSON-LD on one line, else ""."""
        value = self.article.get(name)
        return plain_line(unescaped(value)) if isinstance(value, str) else ""


def said_by(tree: HtmlElement) -> Said:
    """Read the metas and the JSON-LD of a page."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        text = plain_line(element.get("content") or "")
        if name and text:
            metas.setdefault(name.strip().lower(), []).append(text)
    return Said(metas=metas, article=_article(tree))


def _article(tree: HtmlElement) -> Mapping[str, Any]:
    """Return the first article of the page's JSON-LD, one with a headline before others."""
    found: Mapping[str, Any] = {}
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        for thing in _things(_parsed(element.text or "")):
            if _is_article(thing):
                if thing.get("headline"):
                    return thing
                found = found or thing
    return found


def _parsed(text: str) -> object:
    bare = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(data: object) -> Iterator[Mapping[str, Any]]:
    """Yield every object in `data`, outer ones first; no recursion, for strangers nest deep."""
    waiting = [data]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _is_article(thing: Mapping[str, Any]) -> bool:
    kinds = thing.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.rpartition("/")[2] in _ARTICLES for kind in named)
