"""One page, drawn once, in a tab that sees nothing of any other.

The document is the one that was fetched: the browser asks for none itself, and goes to no other.
Its scripts run, and what they ask for goes out through the page's own pass; pictures, fonts,
frames, further windows and all that outlives a page are left out.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from playwright.async_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Error,
    Page,
    Request,
    Route,
    WebSocketRoute,
)

from crawler.drawing.drawn import NotDrawn
from crawler.drawing.settling import Settling
from crawler.http import MAX_BYTES
from news.url import host_of

_LOOK = 0.2
_MOST_REQUESTS = 300
_ASKED_FOR = frozenset(("script", "xhr", "fetch"))
_NO_STYLE: dict[str, Any] = {
    "status": 200,
    "content_type": "text/css",
    "headers": {"Access-Control-Allow-Origin": "*"},
    "body": "",
}
_BEFORE_SCRIPTS = """
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel",
                    "WebTransport", "SharedWorker", "Notification"]) { delete window[name]; }
window.open = () => null;
"""
# Counted without layout, which a long text makes dear.
_STATE = """(() => {
  let size = 0;
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode, holder = one.parentNode?.nodeName;
    if (!/^(script|style|noscript)$/i.test(holder)) size += one.data.trim().length;
  }
  return [document.readyState, size];
})()"""
# What stands for a page without scripts is not part of one that has them.
_HTML = f"""(() => {{
  for (const one of document.querySelectorAll("noscript, style")) one.remove();
  const html = document.documentElement ? document.documentElement.outerHTML : "";
  return html.length > {MAX_BYTES} ? null : html;
}})()"""

May = Callable[[str], Awaitable[bool]]


class Pass(Protocol):
    """What a page shows to be let out."""

    @property
    def name(self) -> str:
        """Who it is."""
        ...

    @property
    def secret(self) -> str:
        """What nobody else knows."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What a tab is made of: `proxy` is where its requests go, and `agent` who asks."""

    browser: Browser
    proxy: str
    shown: Pass
    agent: str

    async def context(self) -> BrowserContext:
        """Return a context of its own: no cookies, nothing kept, nothing allowed."""
        context = await self.browser.new_context(
            proxy={
                "server": self.proxy,
                "bypass": "<-loopback>",
                "username": self.shown.name,
                "password": self.shown.secret,
            },
            user_agent=self.agent,
            accept_downloads=False,
            service_workers="block",
            permissions=[],
        )
        await context.add_init_script(_BEFORE_SCRIPTS)
        await context.route_web_socket("**", _no_socket)
        return context


@dataclass(kw_only=True)  # without slots: Playwright leaves marks on whose methods it calls
class Tab:
    """Draws the page that was fetched from `url`; `may` tells what its host lets us ask for."""

    url: str
    headers: dict[str, str]
    body: bytes
    may: May
    _is_shown: bool = False
    _requests: int = 0
    _under_way: set[Request] = field(default_factory=set)

    async def drawn(self, context: BrowserContext) -> bytes | NotDrawn:
        """Return the page's HTML once it has become what it is going to be."""
        page = await context.new_page()
        context.on("page", lambda other: _closed(page, other))
        context.on("request", self._begun)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)
        await context.route("**/*", self._route)
        drawing = asyncio.create_task(self._drawn(context, page))
        crashing = asyncio.create_task(page.wait_for_event("crash", timeout=0))
        try:
            await asyncio.wait([drawing, crashing], return_when=asyncio.FIRST_COMPLETED)
            if not drawing.done():
                return NotDrawn(reason="its tab broke down over it")
            return drawing.result()
        except Error:
            return NotDrawn(reason="the browser could not show it")
        finally:
            for task in (drawing, crashing):
                task.cancel()
            await asyncio.gather(drawing, crashing, return_exceptions=True)

    async def _drawn(self, context: BrowserContext, page: Page) -> bytes | NotDrawn:
        await page.goto(self.url, wait_until="commit", timeout=0)
        look = await _look_into(context, page)
        clock = asyncio.get_running_loop().time
        settling = Settling(began=clock())
        while True:
            state, size = await look(_STATE)
            is_loaded = state == "complete"
            if settling.is_done(clock(), size=size, busy=bool(self._under_way), loaded=is_loaded):
                break
            await asyncio.sleep(_LOOK)
        html = await look(_HTML)
        encoded = html.encode(errors="replace") if isinstance(html, str) else None
        if encoded is None or len(encoded) > MAX_BYTES:
            return NotDrawn(reason="it grows beyond all bounds when it is drawn")
        return encoded

    def _begun(self, request: Request) -> None:
        self._under_way.add(request)

    def _ended(self, request: Request) -> None:
        self._under_way.discard(request)

    async def _route(self, route: Route) -> None:
        with contextlib.suppress(Error):  # the tab is gone meanwhile
            await self._answered(route, route.request)

    async def _answered(self, route: Route, request: Request) -> None:
        self._requests += 1
        if request.is_navigation_request():
            await self._document(route, request)
        elif self._requests > _MOST_REQUESTS:
            await route.abort("blockedbyclient")
        elif request.resource_type == "stylesheet":
            await route.fulfill(**_NO_STYLE)  # to fail it would keep some scripts from running
        elif request.resource_type in _ASKED_FOR and await self._is_allowed(request.url):
            await route.continue_()
        else:
            await route.abort("blockedbyclient")

    async def _document(self, route: Route, request: Request) -> None:
        """Show the page that was fetched, once; whoever wants to go elsewhere stays."""
        if self._is_shown or host_of(request.url) != host_of(self.url):
            await route.abort("aborted")
            return
        self._is_shown = True
        await route.fulfill(status=200, headers=self.headers, body=self.body)

    async def _is_allowed(self, url: str) -> bool:
        """Tell whether the page's own host lets us ask for `url`; of others it is not asked."""
        return host_of(url) != host_of(self.url) or await self.may(url)


async def _look_into(context: BrowserContext, page: Page) -> Callable[[str], Awaitable[Any]]:
    """Return what evaluates in a world beside the page's own, which cannot lie to it."""
    session = await context.new_cdp_session(page)
    tree = await session.send("Page.getFrameTree")
    frame = tree["frameTree"]["frame"]["id"]
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame})
    return partial(_evaluated, session, world["executionContextId"])


async def _evaluated(session: CDPSession, world: int, expression: str) -> Any:  # noqa: ANN401 - whatever JSON says
    asked = {"expression": expression, "contextId": world, "returnByValue": True}
    answer = await session.send("Runtime.evaluate", asked)
    return answer["result"].get("value")


async def _closed(ours: Page, other: Page) -> None:
    """Close a window that the page opened."""
    if other is not ours:
        with contextlib.suppress(Error):
            await other.close()


async def _no_socket(socket: WebSocketRoute) -> None:
    with contextlib.suppress(Error):
        await socket.close()
