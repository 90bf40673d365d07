"""Feeds of one host are fetched one after another, and no host waits for another."""

import asyncio
from datetime import timedelta

import httpx

from crawler.http import Fetched, FetchFailed, FetchRequest
from wirewatch.net.fetcher import GuardedFetcher

MISSED = FetchFailed(reason="other requests to its host took all the time there was", crowded=True)


class Site(httpx.AsyncBaseTransport):
    """Answers `/held` when told to and all else at once; keeps who asked, with what deadline."""

    def __init__(self, **moved: str) -> None:
        self.moved = moved
        self.release = asyncio.Event()
        self.deadlines: dict[str, float] = {}
        self.underway: list[str] = []
        self.most_at_once = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.deadlines[url] = request.extensions["deadline"]
        self.underway.append(url)
        self.most_at_once = max(self.most_at_once, len(self.underway))
        await asyncio.sleep(0)
        if request.url.path == "/held":
            await self.release.wait()
        self.underway.remove(url)
        target = self.moved.get(request.url.path.strip("/"))
        headers = {} if target is None else {"location": target}
        return httpx.Response(
            200 if target is None else 302, headers=headers, stream=httpx.ByteStream(b"<rss/>")
        )


def fetcher_over(site: Site) -> GuardedFetcher:
    return GuardedFetcher(httpx.AsyncClient(transport=site))


async def fetch(fetcher: GuardedFetcher, url: str, *, seconds: float = 30) -> Fetched | FetchFailed:
    return await fetcher.fetch(FetchRequest(url=url, deadline=timedelta(seconds=seconds)))


def fetched(answer: Fetched | FetchFailed) -> str:
    assert isinstance(answer, Fetched), answer
    return answer.url


async def test_twenty_feeds_of_one_host_are_fetched_one_after_another() -> None:
    site = Site()
    fetcher = fetcher_over(site)
    urls = [f"http://a.test/{number}" for number in range(20)]
    answers = await asyncio.gather(*(fetch(fetcher, url) for url in urls))
    assert [fetched(answer) for answer in answers] == urls
    assert list(site.deadlines) == urls
    assert site.most_at_once == 1


async def test_a_host_that_hangs_holds_up_no_other() -> None:
    site = Site()
    fetcher = fetcher_over(site)
    hanging = asyncio.create_task(fetch(fetcher, "http://a.test/held"))
    await asyncio.sleep(0)
    for other in ("http://b.test/", "http://a.test:81/"):
        assert fetched(await fetch(fetcher, other)) == other
    assert await fetch(fetcher, "http://a.test/next", seconds=0.05) == MISSED
    assert site.underway == ["http://a.test/held"]
    site.release.set()
    assert fetched(await hanging) == "http://a.test/held"
    assert fetched(await fetch(fetcher, "http://a.test/next")) == "http://a.test/next"


async def test_http_and_https_of_one_name_take_turns() -> None:
    site = Site()
    fetcher = fetcher_over(site)
    hanging = asyncio.create_task(fetch(fetcher, "http://a.test/held"))
    await asyncio.sleep(0)
    assert await fetch(fetcher, "https://a.test/", seconds=0.05) == MISSED
    site.release.set()
    await hanging


async def test_the_deadline_counts_from_the_turn() -> None:
    site = Site()
    fetcher = fetcher_over(site)
    hanging = asyncio.create_task(fetch(fetcher, "http://a.test/held"))
    waiting = asyncio.create_task(fetch(fetcher, "http://a.test/next"))
    asyncio.get_running_loop().call_later(0.3, site.release.set)
    assert fetched(await hanging) == "http://a.test/held"
    assert fetched(await waiting) == "http://a.test/next"
    assert site.deadlines["http://a.test/next"] > 29.8


async def test_each_hop_waits_for_its_own_host() -> None:
    site = Site(moved="http://b.test/feed")
    fetcher = fetcher_over(site)
    hanging = asyncio.create_task(fetch(fetcher, "http://b.test/held"))
    await asyncio.sleep(0)
    assert await fetch(fetcher, "http://a.test/moved", seconds=0.05) == MISSED
    site.release.set()
    assert fetched(await fetch(fetcher, "http://a.test/moved")) == "http://b.test/feed"
    await hanging
