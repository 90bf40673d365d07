"""The two ways out as one kind of thing, for a suite that holds both to the same."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeAlias

from scrapy.crawler import Crawler

from crawler.download_handler import GuardedDownloadHandler
from crawler.engine_exchange import EngineExchange
from crawler.follow import Following
from crawler.http import Fetched, FetchFailed, FetchRequest
from crawler.robots import Allowed, Permission, Robots
from crawler.settings import CLIENT
from crawler.spiders.pages import PagesSpider
from news.page import Unread
from wirewatch.crawl_settings import crawl_settings
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher

SECONDS = timedelta(seconds=1.5)


@dataclass(frozen=True, slots=True)
class Got:
    """How it went, in what both ways have in common."""

    body: bytes = b""
    status: int | None = None
    url: str = ""
    reason: str = ""
    again: bool = False


Way: TypeAlias = Callable[[str], Awaitable[Got]]
Dns: TypeAlias = Callable[..., list[tuple[Any, ...]]]


class NoRobots(Robots):
    """Allows all, so that only the way is looked at."""

    def __init__(self) -> None:
        pass

    async def permission(self, _url: str) -> Permission:
        return Allowed()


def _got(found: Fetched | FetchFailed | Unread) -> Got:
    match found:
        case Fetched():
            return Got(body=found.body, status=found.status, url=found.url)
        case FetchFailed(reason=reason, lasting=lasting):
            return Got(reason=reason, again=not lasting)
        case Unread(reason=reason, again=again):
            return Got(reason=reason, again=again)


@asynccontextmanager
async def the_fetchers(network: NetworkSettings, dns: Dns) -> AsyncIterator[Way]:
    async with open_client(network, lookup=dns) as client:
        fetcher = GuardedFetcher(client)

        async def fetch(url: str) -> Got:
            return _got(await fetcher.fetch(FetchRequest(url=url, deadline=SECONDS)))

        yield fetch


@asynccontextmanager
async def the_engines(network: NetworkSettings, dns: Dns) -> AsyncIterator[Way]:
    settings = crawl_settings(network) | {CLIENT: partial(open_client, network, lookup=dns)}
    handler = GuardedDownloadHandler(Crawler(PagesSpider, settings))

    class Engine:
        download_async = staticmethod(handler.download_request)

    following = Following(exchange=EngineExchange(Engine()), robots=NoRobots(), deadline=SECONDS)

    async def fetch(url: str) -> Got:
        return _got(await following.answer_of(url))

    try:
        yield fetch
    finally:
        await handler.close()


def named(names: dict[str, list[str]]) -> Dns:
    def lookup(host: str, port: int, _family: Any) -> list[tuple[Any, ...]]:
        if host not in names:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        found = names[host]
        one = found.pop(0) if len(found) > 1 else found[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))]

    return lookup
