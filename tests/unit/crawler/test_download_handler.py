"""Scrapy's way out, over a client whose transport never leaves the process."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response

from crawler import engine_exchange
from crawler import turns as turns_at_hosts
from crawler.download_handler import GUEST, SECONDS, GuardedDownloadHandler
from crawler.engine_exchange import EngineExchange
from crawler.http import Fetched, FetchFailed
from crawler.politeness import TurnMissedError, Turns
from crawler.room import PATIENCE, Room
from crawler.settings import CLIENT, HARDENED
from crawler.spiders.pages import PagesSpider

Answerer = Callable[[httpx.Request], httpx.Response]


def handler_over(answerer: Answerer) -> GuardedDownloadHandler:
    def build() -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(answerer))

    return GuardedDownloadHandler(Crawler(PagesSpider, {**HARDENED, CLIENT: build}))


async def download(answerer: Answerer, request: Request) -> Response:
    handler = handler_over(answerer)
    try:
        return await handler.download_request(request)
    finally:
        await handler.close()


async def test_an_answer_becomes_the_response_that_spiders_know() -> None:
    def answerer(_request: httpx.Request) -> httpx.Response:
        headers = [("content-type", "text/html"), ("x-robots-tag", "a"), ("x-robots-tag", "b")]
        return httpx.Response(201, headers=headers, stream=httpx.ByteStream(b"<p>x</p>"))

    response = await download(answerer, Request("http://a.test/x"))
    assert isinstance(response, HtmlResponse)
    assert (response.status, response.body) == (201, b"<p>x</p>")
    assert response.headers.getlist("x-robots-tag") == [b"a", b"b"]


async def test_a_redirect_is_not_followed_here() -> None:
    asked: list[str] = []

    def answerer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"location": "/y"}, stream=httpx.ByteStream(b""))

    assert (await download(answerer, Request("http://a.test/x"))).status == 302
    assert asked == ["http://a.test/x"]


@pytest.mark.parametrize(("asked", "seconds"), [(3.0, 3.0), (300.0, 30.0), (None, 30.0)])
async def test_the_bounds_go_with_the_request(asked: float | None, seconds: float) -> None:
    seen: list[httpx.Request] = []

    def answerer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(b""))

    meta = {} if asked is None else {SECONDS: asked}
    await download(answerer, Request("http://a.test/", headers={"X-A": "b"}, meta=meta))
    assert seen[0].extensions["deadline"] == seconds
    assert seen[0].extensions["max_bytes"] == 10 * 1024 * 1024
    assert seen[0].headers["x-a"] == "b"


class Engine:
    """Scrapy's engine, as far as an exchange needs it."""

    def __init__(self, outcome: Response | Exception | None) -> None:
        self.outcome = outcome
        self.cancelled = False
        self.requests: list[Request] = []
        self.asked = asyncio.Event()

    async def download_async(self, request: Request) -> Response:
        self.requests.append(request)
        self.asked.set()
        try:
            if self.outcome is None:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        if isinstance(self.outcome, Response):
            return self.outcome
        raise self.outcome or AssertionError


async def exchanged(engine: Engine, url: str = "http://a.test:81/x") -> Fetched | FetchFailed:
    until = asyncio.get_running_loop().time() + 10
    return await EngineExchange(engine)(url, until=until)


async def test_an_exchange_is_a_value() -> None:
    headers = {"Content-Type": "text/html", "X-Robots-Tag": ["a", "b"]}
    engine = Engine(Response("http://a.test:81/x", status=404, headers=headers, body=b"no"))
    assert await exchanged(engine) == Fetched(
        url="http://a.test:81/x",
        status=404,
        headers={"content-type": "text/html", "x-robots-tag": "a, b"},
        body=b"no",
    )
    assert engine.requests[0].meta["download_slot"] == "http://a.test:81"


@pytest.mark.parametrize(
    ("error", "reason", "lasting"),
    [
        (httpx.ConnectError("refused by a.test:81"), "refused by a.test:81", False),
        (httpx.InvalidURL("x"), "this is not an http or https address", True),
    ],
)
async def test_what_the_network_does_is_a_value(
    error: Exception, reason: str, *, lasting: bool
) -> None:
    assert await exchanged(Engine(error)) == FetchFailed(reason=reason, lasting=lasting)


async def test_what_is_no_address_is_a_value() -> None:
    assert isinstance(await exchanged(Engine(None), "no address"), FetchFailed)


async def test_a_download_is_never_cancelled() -> None:
    engine = Engine(None)
    task = asyncio.create_task(exchanged(engine))
    await engine.asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not engine.cancelled
    (left,) = (one for one in asyncio.all_tasks() if one is not asyncio.current_task())
    left.cancel()


class Crowd(httpx.TransportError):
    """What the client raises where there is no room."""

    crowded = True


async def test_what_found_no_room_says_nothing_of_its_server() -> None:
    answer = await exchanged(Engine(Crowd("no room")))
    assert answer == FetchFailed(reason="no room", crowded=True)
    assert not answer.unreachable


class Waiting:
    """Downloads that wait for room, as long bodies do while their own time stands still."""

    def __init__(self) -> None:
        self.under_way = self.most = 0
        self.began = asyncio.Event()

    async def download_async(self, request: Request) -> Response:
        self.under_way += 1
        self.began.set()
        self.most = max(self.most, self.under_way)
        await request.meta[GUEST].enter()
        self.under_way -= 1
        return Response(request.url)


async def test_a_turn_lasts_while_its_download_waits_for_room() -> None:
    room, engine = Room(1), Waiting()
    turns = Turns(EngineExchange(engine))
    overdue = 10.0  # seconds since its time was up, which stands still meanwhile

    async def read(until: float) -> Fetched | FetchFailed:
        async with room.guest():
            return await turns("http://slow.test/", until=until)

    now = asyncio.get_running_loop().time()
    async with room.guest() as other:
        await other.enter()
        first = asyncio.create_task(read(now - overdue))
        await engine.began.wait()
        late = await read(now - overdue)
        assert late == FetchFailed(reason=str(TurnMissedError()), crowded=True)
        assert not first.done()
    assert isinstance(await first, Fetched)
    assert engine.most == 1


async def test_what_was_read_before_gives_its_place_back() -> None:
    room, engine = Room(1), Waiting()
    until = asyncio.get_running_loop().time() + 60
    async with room.guest() as guest:
        await guest.enter()
        assert isinstance(await EngineExchange(engine)("http://a.test/", until=until), Fetched)
    assert engine.most == 1


def test_no_turn_ends_before_its_download() -> None:
    assert engine_exchange.MARGIN > PATIENCE
    assert turns_at_hosts.MARGIN > engine_exchange.MARGIN
