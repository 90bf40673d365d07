"""Pages that scripts build, on a host on 127.0.0.1, and the browser that draws them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psutil
import pytest

from crawler.drawing.browser import Browser, BrowserLimits
from crawler.drawing.chromium import missing
from crawler.drawing.drawn import NotDrawn
from crawler.http import Fetched
from crawler.politeness import OneByOne
from tests.integration.raw_server import RawServer, Writer, answer, raw_server
from wirewatch.drawing import program
from wirewatch.net.client import NetworkSettings

needs_chromium = pytest.mark.skipif(
    missing() is not None, reason=f"PAGES ARE NOT DRAWN IN THIS RUN: {missing()}"
)

LONG = (
    "The old crane of the harbour was taken down on Monday, port workers said, after it had stood "
    "idle for eleven years and a storm had bent its arm. It will be rebuilt as a look-out for "
    "visitors, and one of its wheels goes to the museum, where school classes may turn it by hand."
)
SCRIPTED = b"""<!doctype html><html lang="en"><head><title>Crane comes down</title></head><body>
<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>
<script src="/app.js"></script></body></html>"""
APP = """fetch("/api/story").then(found => found.json()).then(story => {
  document.getElementById("root").innerHTML =
    `<article><h1>${story.title}</h1><p>${story.text}</p></article>`;
});"""


@dataclass
class Site:
    """Answers by path; keeps what was asked of it, and hangs where it has nothing to say."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    hanging: asyncio.Event = field(default_factory=asyncio.Event)

    async def behave(self, head: str, writer: Writer) -> None:
        path = head.split(" ", 2)[1]
        self.asked.append(path)
        self.arrived.set()
        if path == "/hang":
            await self.hanging.wait()
        writer.write(self.pages.get(path) or answer(status="404 Not Found"))
        await writer.drain()
        if "connection: close" in head:
            writer.close()


def scripted() -> dict[str, bytes]:
    """Return a page whose article is told by an API to a script."""
    story = f'{{"title": "Crane comes down", "text": "{LONG}"}}'.encode()
    return {
        "/story": answer(SCRIPTED, Content_Type="text/html"),
        "/app.js": answer(APP.encode(), Content_Type="text/javascript"),
        "/api/story": answer(story, Content_Type="application/json"),
    }


@dataclass(kw_only=True)
class World:
    """A site, and a browser that may reach it and nothing else."""

    site: Site
    server: RawServer
    browser: Browser
    hosts: OneByOne
    forbidden: set[str] = field(default_factory=set)
    asked_may: list[str] = field(default_factory=list)

    async def draw(self, html: str | bytes, path: str = "/story") -> str | NotDrawn:
        """Draw a page as if it had been fetched from the site."""
        body = html if isinstance(html, bytes) else html.encode()
        headers = {"content-type": "text/html; charset=utf-8", "etag": '"1"'}
        page = Fetched(url=self.server.url(path), status=200, headers=headers, body=body)
        drawn = await self.browser.draw(page)
        if isinstance(drawn, NotDrawn):
            return drawn
        assert drawn.headers == {"content-type": "text/html; charset=utf-8"}
        return drawn.body.decode()


@asynccontextmanager
async def drawing(limits: BrowserLimits | None = None) -> AsyncIterator[World]:
    """Run a site and a browser; what comes of the browser ends with the block."""
    site, hosts = Site(scripted()), OneByOne()
    async with raw_server(site.behave) as server:
        network = NetworkSettings(agent="wirewatch/test", allow=(f"127.0.0.1:{server.port}",))

        async def may(url: str) -> bool:
            world.asked_may.append(url)
            return url.removeprefix(server.url("")) not in world.forbidden

        made = Browser(program(network), may=may, hosts=hosts, limits=limits)
        world = World(site=site, server=server, browser=made, hosts=hosts)
        try:
            yield world
        finally:
            site.hanging.set()
            await made.close()


def browsers_below(pid: int) -> list[psutil.Process]:
    """Return the processes of browsers below a process, their drivers included."""
    found: list[psutil.Process] = []
    for child in psutil.Process(pid).children(recursive=True):
        with_name = _command(child)
        if "drawing_child" in with_name or "playwright" in with_name or "chrom" in with_name:
            found.append(child)
    return found


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
