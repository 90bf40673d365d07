"""One host, asked by all our processes: feeds by us, a list and pages by the engine's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from crawler.asked_visit import AskedVisit
from crawler.engine import Engine
from crawler.http import Fetched, FetchRequest
from news.page import Page
from news.visit import Told
from tests.integration.pages_server import Host, html_answer, pages_host
from tests.integration.raw_server import RawServer
from tests.integration.test_engine import QUICK, processes
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher
from wirewatch.pages_child import command

LINKS = "".join(
    f'<li><a href="/story/{number}">The crane number {number} of the harbour comes down</a></li>'
    for number in range(9)
)
LIST = html_answer(f"<html><body><main><ul>{LINKS}</ul></main></body></html>".encode())


@asynccontextmanager
async def asking() -> AsyncIterator[tuple[Engine, GuardedFetcher, Host, RawServer]]:
    """Run an engine and a fetcher that share their turns, and a host that counts."""
    async with pages_host() as (host, server):
        host.pages["/list"] = LIST
        network = NetworkSettings(
            agent="wirewatch/test",
            allow=(f"127.0.0.1:{server.port}",),
            deadline=timedelta(seconds=30),
        )
        engine = Engine(command(network), supervision=QUICK)
        await engine.start()
        try:
            async with open_client(network) as client:
                yield engine, GuardedFetcher(client, engine.hosts), host, server
        finally:
            host.hold.set()
            await engine.stop()


async def test_a_host_is_asked_for_one_thing_at_a_time_by_all_of_us_together() -> None:
    async with asking() as (engine, fetcher, host, server):
        fetched, read, visit = await asyncio.gather(
            asyncio.gather(
                *(fetcher.fetch(FetchRequest(url=server.url(f"/feed/{n}"))) for n in range(20))
            ),
            asyncio.gather(*(engine.read(server.url(f"/story/{n}")) for n in range(12))),
            engine.visit(AskedVisit(kind="list", url=server.url("/list"))),
        )
    assert all(isinstance(answer, Fetched) for answer in fetched)
    assert all(isinstance(page, Page) for page in read)
    assert isinstance(visit.outcome, Told)
    assert host.most_at_once == 1
    assert sum(host.asked.values()) == 20 + 12 + 1 + 1  # and robots.txt


async def test_the_turns_of_a_process_that_died_are_free_again() -> None:
    async with asking() as (engine, fetcher, host, server):
        assert isinstance(await engine.read(server.url("/story/0")), Page)
        host.hold.clear()
        read = asyncio.create_task(engine.read(server.url("/story/1")))
        while "/story/1" not in host.asked:
            await host.arrived.acquire()
        feed = asyncio.create_task(fetcher.fetch(FetchRequest(url=server.url("/feed"))))
        processes()[0].kill()
        answer = await feed
        host.hold.set()
        assert isinstance(await read, Page)
    assert isinstance(answer, Fetched)
