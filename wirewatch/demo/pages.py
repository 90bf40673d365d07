"""How the demo's outlets write their article pages: one layout a file, and much around the article.

Navigation, "most read", related links, promotion and comments (chrome.toml) repeat the watched
words, as real pages do: whoever matches the page instead of the article is found out.
"""

import json
import tomllib
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from wirewatch.demo.press import Shown
from wirewatch.demo.script import Outlet


def page(outlet: Outlet, shown: Shown) -> str:
    """Return the page's HTML, in the outlet's layout and language."""
    piece = shown.piece
    words = {
        "language": outlet.language,
        "charset": outlet.encoding,
        "outlet": outlet.name,
        "canonical": shown.canonical,
        "title": piece.title,
        "author": piece.author,
        "published": shown.published.isoformat(timespec="seconds"),
        "updated": shown.updated.isoformat(timespec="seconds"),
    }
    marked = {
        **_chrome(outlet.language),
        **{name: escape(word) for name, word in words.items()},
        "paragraphs": "\n".join(f"<p>{escape(text)}</p>" for text in piece.paragraphs),
        "json_ld": _json_ld(words),
    }
    return _layout(outlet.layout).substitute(marked)


def lost(outlet: Outlet) -> str:
    """Return the page that says that nothing stands here, with all that stands around it."""
    around = "".join(_chrome(outlet.language).values())
    return f"<!doctype html><title>404</title><h1>404</h1><div>{around}</div>"


@cache
def _layout(name: str) -> Template:
    file = files("wirewatch.demo") / "layouts" / f"{name}.html"
    return Template(file.read_text(encoding="utf-8"))


@cache
def _chrome(language: str) -> dict[str, str]:
    """Return what stands around an article, each part as HTML."""
    file = files("wirewatch.demo") / "chrome.toml"
    parts = tomllib.loads(file.read_text(encoding="utf-8"))[language]
    return {
        name: _part(name, part) if isinstance(part, list) else escape(part)
        for name, part in parts.items()
    }


def _part(name: str, texts: Iterable[str]) -> str:
    if name == "comments":
        return "".join(f'<div class="comment"><p>{escape(text)}</p></div>' for text in texts)
    return "".join(
        f'<li><a href="/{name}/{number}">{escape(text)}</a></li>'
        for number, text in enumerate(texts)
    )


def _json_ld(words: dict[str, str]) -> str:
    return json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": words["title"],
            "mainEntityOfPage": words["canonical"],
            "datePublished": words["published"],
            "dateModified": words["updated"],
            "author": [{"@type": "Person", "name": words["author"]}],
            "publisher": {"@type": "Organization", "name": words["outlet"]},
        },
        ensure_ascii=False,
    ).replace("</", "<\\/")
