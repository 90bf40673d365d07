"""The front page of an outlet that has no feed: its articles among all the other links it carries.

Sections, "most read", promotion and the footer stand around them, as on any front page; a spider
has to tell which links lead to articles.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from wirewatch.demo.feeds import Front
from wirewatch.demo.press import Listing


def front_page(front: Front, listings: Sequence[Listing]) -> str:
    """Write the page: a lead story, a column of others, and what stands around them."""
    chrome = _chrome(front.language)
    sections = "".join(
        f'<li><a href="/section/{number}">{escape(name)}</a></li>'
        for number, name in enumerate(chrome["sections"])
    )
    rail = "".join(
        f'<li><a href="/tag/{number}">{escape(words)}</a></li>'
        for number, words in enumerate(chrome["tags"])
    )
    lead = "".join(_lead(each) for each in listings[:1])
    column = "".join(_teaser(each) for each in listings[1:])
    return (
        f'<!doctype html><html lang="{escape(front.language)}"><head>'
        f'<meta charset="{front.encoding}"><title>{escape(front.title)}</title></head><body>'
        f'<header><a class="logo" href="/">{escape(front.title)}</a>'
        f'<nav aria-label="sections"><ul>{sections}</ul></nav></header>'
        f'<main><section class="hero">{lead}</section><div class="river">{column}</div></main>'
        f"<aside><h3>{escape(chrome['tags_title'])}</h3><ul>{rail}</ul>"
        f'<p><a href="/subscribe">{escape(chrome["subscribe"])}</a></p></aside>'
        f'<footer><a href="/about">{escape(chrome["about"])}</a> '
        f'<a href="/imprint">{escape(chrome["imprint"])}</a> '
        f'<a href="/archive/2026">{escape(chrome["archive"])}</a></footer></body></html>'
    )


def _lead(listing: Listing) -> str:
    piece = listing.piece
    return (
        f'<article class="lead"><a href="{escape(listing.url)}"><img src="/{piece.id}.jpg" alt="">'
        f'</a><h1><a href="{escape(listing.url)}">{escape(piece.title)}</a></h1>'
        f"<p>{escape(piece.summary)}</p></article>"
    )


def _teaser(listing: Listing) -> str:
    piece = listing.piece
    return (
        f'<div class="teaser"><h3><a href="{escape(listing.url)}">{escape(piece.title)}</a></h3>'
        f'<p>{escape(piece.summary)}</p><a class="more" href="{escape(listing.url)}">Read more</a>'
        "</div>"
    )


@cache
def _chrome(language: str) -> Mapping[str, Any]:
    file = files("wirewatch.demo") / "front.toml"
    chrome: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))[language]
    return chrome
