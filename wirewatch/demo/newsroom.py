"""The demo's newsroom: every outlet of the script on a port of 127.0.0.1, and so a host of its own.

It serves what the presses show, answers 304 to known validators, and misbehaves where the script
says so: a feed that is down for a while, a page that hangs, one that is missing, one that robots
may not read.
"""

import asyncio
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from typing import assert_never

from aiohttp import web

from news.clock import Clock
from wirewatch.demo.feeds import Front
from wirewatch.demo.formats import FORMATS
from wirewatch.demo.loopback import LoopbackSite
from wirewatch.demo.pages import lost, page
from wirewatch.demo.press import (
    MAIN_FEED,
    Elsewhere,
    Listing,
    Press,
    Shown,
    address_of,
    feed_paths,
    last_modified,
)
from wirewatch.demo.script import (
    Edit,
    Happening,
    Outage,
    Outlet,
    PageFate,
    Publish,
    Repeat,
    Script,
    Way,
)


class Stand:
    """One outlet on the air: its press behind a web server."""

    def __init__(self, outlet: Outlet, clock: Clock) -> None:
        self.outlet = outlet
        self.answers: Counter[int] = Counter()
        self.down_until: datetime | None = None
        self._clock = clock
        self._opened = clock()
        self._closing = asyncio.Event()
        self._given: Counter[str] = Counter()
        self._kept: dict[str, int] = {}
        self.site = LoopbackSite({"/{path:.*}": self._answer})

    async def open(self) -> None:
        """Go on the air with an empty front page."""
        self.press = Press(self.outlet, await self.site.open())

    async def close(self) -> None:
        """Let go of whoever still waits, and leave the air."""
        self._closing.set()
        await self.site.close()

    def kept(self, feed: str) -> int:
        """Return the newest version of the feed whose validator a reader has sent back.

        Who knows a version's validator has kept what stood in it. Without validators, a second
        look at the feed has to do.
        """
        if self.outlet.validators == "none":
            return self.press.version if self._given[feed] > 1 else 0
        return self._kept.get(feed, 0)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        answer = await self._answer_to(request.path, request.headers)
        self.answers[answer.status] += 1
        return answer

    async def _answer_to(self, path: str, headers: Mapping[str, str]) -> web.Response:
        if self.down_until and (left := self.down_until - self._clock()) > timedelta():
            wait = str(math.ceil(left.total_seconds()))
            return web.Response(
                status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": wait}
            )
        if path == "/robots.txt":
            return web.Response(text=f"User-agent: *\nDisallow: {self.outlet.forbidden or ''}\n")
        for feed in feed_paths(self.outlet):
            if path == address_of(self.outlet, feed):
                return self._feed(feed, headers)
        return await self._page(path)

    def _feed(self, path: str, headers: Mapping[str, str]) -> web.Response:
        mine = self._validators(self.press.version)
        if known := self._version_of(headers):
            self._kept[path] = max(known, self._kept.get(path, 0))
            if known == self.press.version:
                return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=mine)
        write, media_type = FORMATS[self.outlet.format]
        front = Front(
            title=self.outlet.name if path == MAIN_FEED else f"{self.outlet.name}, world",
            base=self.press.base,
            url=self.press.base + address_of(self.outlet, path),
            language=self.outlet.language,
            encoding=self.outlet.encoding,
        )
        self._given[path] += 1
        body = write(front, self._listings(path))
        return self._document(body, media_type, mine)

    def _listings(self, feed: str) -> tuple[Listing, ...]:
        listings = self.press.listings(feed)
        if self.outlet.guids == "own":
            return listings
        look = self._given[feed]
        return tuple(replace(each, own_id=f"{each.own_id}#{look}") for each in listings)

    async def _page(self, path: str) -> web.Response:
        found = self.press.page(path)
        match found:
            case Shown(piece=piece) if piece.fate is PageFate.HANGS:
                await self._closing.wait()
                return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
            case Shown(piece=piece) if piece.fate is not PageFate.MISSING:
                return self._document(page(self.outlet, found), "text/html", {})
            case Elsewhere(url):
                return web.Response(status=HTTPStatus.FOUND, headers={"Location": url})
            case Shown() | None:
                answer = self._document(lost(self.outlet), "text/html", {})
                answer.set_status(HTTPStatus.NOT_FOUND)
                return answer
            case _:
                assert_never(found)

    def _document(self, text: str, media_type: str, headers: Mapping[str, str]) -> web.Response:
        encoding = self.outlet.encoding
        return web.Response(
            body=text.encode(encoding, "xmlcharrefreplace"),
            headers={"Content-Type": f"{media_type}; charset={encoding}", **headers},
        )

    def _validators(self, version: int) -> dict[str, str]:
        match self.outlet.validators:
            case "etag":
                return {"ETag": f'"{self.outlet.id}-{version}"'}
            case "modified":
                moment = last_modified(version, self._opened)
                return {"Last-Modified": format_datetime(moment, usegmt=True)}
            case _:
                return {}

    def _version_of(self, headers: Mapping[str, str]) -> int | None:
        """Return the version whose validator the reader sends back."""
        shown = headers.get("If-None-Match", headers.get("If-Modified-Since"))
        if shown is None:
            return None
        versions = range(self.press.version, 0, -1)
        return next((v for v in versions if shown in self._validators(v).values()), None)


class Newsroom:
    """All outlets of one script."""

    def __init__(self, script: Script, clock: Clock) -> None:
        self._script = script
        self._clock = clock
        self.stands = {outlet.id: Stand(outlet, clock) for outlet in script.outlets}

    async def open(self) -> None:
        """Open every outlet, with the old news in its feed."""
        for stand in self.stands.values():
            await stand.open()
        for piece in self._script.before:
            self.stands[piece.outlet].press.publish(piece, self._clock())

    async def close(self) -> None:
        """Close every outlet."""
        for stand in self.stands.values():
            await stand.close()

    def read_once(self) -> bool:
        """Tell whether somebody has looked at every feed and kept what stood there."""
        return all(
            stand.kept(feed) > 0
            for stand in self.stands.values()
            for feed in feed_paths(stand.outlet)
        )

    def may_happen(self, happening: Happening) -> bool:
        """Tell whether it is fair to let this happen now.

        What leaves a feed before anybody kept it is lost to every reader, so it waits for them.
        """
        if not (isinstance(happening, Repeat) and happening.way is Way.WITHDRAW):
            return True
        stand = self.stands[happening.piece.outlet]
        return stand.kept(MAIN_FEED) >= stand.press.listed_in(happening.piece.id)

    def perform(self, happening: Happening, *, beat: timedelta) -> None:
        """Let this happen now; `beat` is how long one is."""
        now = self._clock()
        match happening:
            case Publish(piece=piece):
                self.stands[piece.outlet].press.publish(piece, now)
            case Edit(piece=piece):
                self.stands[piece.outlet].press.edit(piece, now)
            case Repeat(piece=piece, way=way):
                self.stands[piece.outlet].press.repeat(piece.id, way, now)
            case Outage(outlet=outlet, beats=beats):
                self.stands[outlet].down_until = now + beats * beat
            case _:
                assert_never(happening)

    def article_at(self, url: str) -> str | None:
        """Return the id of the piece that stands at this address of one of the outlets."""
        for stand in self.stands.values():
            if url.startswith(stand.press.base + "/"):
                return stand.press.article_at(url)
        return None
