"""One request at a time per host, and no host waits for another."""

import asyncio
from collections.abc import Mapping

from crawler.http import Fetched, FetchFailed
from crawler.politeness import NO_HEADERS, Turns

LATER = 1e9


class SlowExchange:
    """Answers when told to, and keeps who is being served."""

    def __init__(self) -> None:
        self.underway: list[str] = []
        self.release = asyncio.Event()

    async def __call__(
        self, url: str, *, until: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched | FetchFailed:
        assert not headers
        self.underway.append(url)
        await self.release.wait()
        self.underway.remove(url)
        return Fetched(url=url, status=200)


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_requests_to_one_host_follow_each_other_and_hosts_do_not_wait() -> None:
    slow = SlowExchange()
    turns = Turns(slow)
    asked = ["http://a.test/1", "https://a.test/2", "http://b.test/1", "http://a.test:81/1"]
    tasks = [asyncio.create_task(turns(url, until=LATER)) for url in asked]
    await settled()
    assert slow.underway == ["http://a.test/1", "http://b.test/1", "http://a.test:81/1"]
    slow.release.set()
    answers = await asyncio.gather(*tasks)
    assert [answer.url for answer in answers if isinstance(answer, Fetched)] == asked


async def test_who_waited_too_long_is_told_so_and_blocks_nobody() -> None:
    slow = SlowExchange()
    turns = Turns(slow)
    first = asyncio.create_task(turns("http://a.test/1", until=LATER))
    await settled()
    late = await turns("http://a.test/2", until=asyncio.get_running_loop().time())
    words = "other requests to its host took all the time there was"
    assert late == FetchFailed(reason=words, crowded=True)
    assert not late.unreachable
    slow.release.set()
    await first
    assert isinstance(await turns("http://a.test/3", until=LATER), Fetched)


async def test_a_turn_that_is_given_up_passes_on() -> None:
    slow = SlowExchange()
    turns = Turns(slow)
    first = asyncio.create_task(turns("http://a.test/1", until=LATER))
    await settled()
    first.cancel()
    await settled()
    slow.release.set()
    assert isinstance(await turns("http://a.test/2", until=LATER), Fetched)
