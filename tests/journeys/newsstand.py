"""A site on 127.0.0.1 that answers by path, for commands that look at addresses themselves."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

from aiohttp import web

from news.clock import utc_now
from tests.journeys.command_line import Ran, wirewatch, write
from wirewatch.demo.loopback import LoopbackSite

NEWEST = utc_now() - timedelta(hours=5, minutes=30)

LIST = """<html lang="en"><head><title>The Board</title></head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a> <a href="/contact">Contact</a></nav>
<main><ul>{items}</ul></main></body></html>"""
ITEM = """<li class="item"><h3><a href="/2026/11/{day}/{slug}">{title}</a></h3>
<span>{day} November 2026</span></li>"""
TITLES = (
    "Soldiers come home from Kursk after a year at the front",
    "Ministers meet again in Vladivostok to sign a treaty",
    "A new rail bridge opens over the Tumen river",
    "The harvest is better than was feared in the spring",
    "Workers from the coast leave for building sites abroad",
)


@dataclass
class Stand:
    """A site: `pages` by path (a text, a status, or a whole answer), and what was asked.

    What is `moved` leads elsewhere for good.
    """

    pages: dict[str, str | int | web.Response] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    base: str = ""

    async def serve(self, request: web.Request) -> web.Response:
        self.asked.append(request.path_qs)
        if request.path in self.moved:
            return web.Response(status=301, headers={"Location": self.moved[request.path]})
        page = self.pages.get(request.path, 404)
        if isinstance(page, int):
            return web.Response(status=page)
        if isinstance(page, str):
            kind = "application/rss+xml" if page.startswith("<rss") else "text/html"
            return web.Response(text=page, content_type=kind)
        return page

    def url(self, path: str = "/") -> str:
        return f"{self.base}{path}"

    async def ask(self, *words: str, typed: str = "") -> Ran:
        """Run a command about this site; its own address may be reached."""
        return await asyncio.to_thread(wirewatch, *words, typed=typed)

    async def gather(self) -> None:
        """Let a `wirewatch run` of its own visit what is due, and end."""
        command = (sys.executable, "-m", "wirewatch", "run", "--once")
        child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        assert await child.wait() == 0


@asynccontextmanager
async def stand(pages: Mapping[str, str | int | web.Response]) -> AsyncIterator[Stand]:
    """Open a site, and write a configuration that lists it."""
    site = Stand(pages=dict(pages))
    server = LoopbackSite({"/{path:.*}": site.serve})
    site.base = await server.open()
    allow_only(site.base)
    try:
        yield site
    finally:
        await server.close()


def allow_only(base: str) -> None:
    write(f"[network]\nallow = {json.dumps([urlsplit(base).netloc])}\ntimeout = '10s'\n")


def feed(title: str = "The Paper", *, mark: str = "", items: int = 4, hours: int = 6) -> str:
    """Return an RSS document whose items stand some hours apart."""
    told = "".join(
        f"<item><title>Story {mark}{n}</title><link>/story/{mark}{n}</link>"
        f"<pubDate>{format_datetime(NEWEST - timedelta(hours=hours * n))}</pubDate></item>"
        for n in range(items)
    )
    return (
        f"<rss version='2.0'><channel><title>{title}</title><language>en</language>"
        f"{told}</channel></rss>"
    )


def page(*feeds: str) -> str:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in feeds
    )
    return f"<html><head><title>The Paper</title>{links}</head><body><p>News.</p></body></html>"


def board() -> str:
    """Return a page without a feed that lists articles."""
    items = "".join(
        ITEM.format(day=22 - n, slug=title.lower().replace(" ", "-"), title=title)
        for n, title in enumerate(TITLES)
    )
    return LIST.format(items=items)
