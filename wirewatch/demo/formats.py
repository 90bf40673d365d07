"""The formats in which the demo's outlets tell their news, by the word in newsroom.toml."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from wirewatch.demo.feeds import Front, atom, json_feed, rdf, rss091, rss2, rss2_full
from wirewatch.demo.front import front_page
from wirewatch.demo.press import Listing

Write: TypeAlias = Callable[[Front, Sequence[Listing]], str]

FORMATS: dict[str, tuple[Write, str]] = {
    "rss2": (rss2, "application/rss+xml"),
    "rss2-full": (rss2_full, "application/rss+xml"),
    "rss091": (rss091, "text/xml"),
    "rdf": (rdf, "application/rdf+xml"),
    "atom": (atom, "application/atom+xml"),
    "json": (json_feed, "application/feed+json"),
    "list": (front_page, "text/html"),
}
"""How each is written, and its media type."""
