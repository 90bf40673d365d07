"""Reading one page: robots, redirects, status, and what an extraction worker makes of it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from crawler.follow import Following
from crawler.http import Fetched, FetchFailed
from crawler.page_reader import PageReader, ReadPage
from crawler.robots import Robots
from crawler.workers import WorkerFailed, WorkerLimits, WorkerPool
from news.page import Page, Unread
from tests.unit.crawler.exchange import FakeExchange, found, moved, status

STORY = "http://a.test/story"
HTML = "<html><title>A bridge opens</title><body><p>" + "The new bridge is open. " * 20


@pytest.fixture
async def pool() -> AsyncIterator[WorkerPool]:
    """Give a pool whose workers end with the test."""
    pool = WorkerPool(size=1)
    yield pool
    await pool.close()


def reader_over(exchange: FakeExchange, pool: WorkerPool) -> PageReader:
    robots = Robots(exchange, monotonic=lambda: 0.0)
    return PageReader(following=Following(exchange=exchange, robots=robots), pool=pool)


async def read(pool: WorkerPool, *answers: Fetched | FetchFailed, url: str = STORY) -> ReadPage:
    told = {answer.url if isinstance(answer, Fetched) else STORY: answer for answer in answers}
    return await reader_over(FakeExchange(told), pool).read(url)


async def test_a_page_is_read(pool: WorkerPool) -> None:
    page = (await read(pool, found(STORY, HTML))).outcome
    assert isinstance(page, Page)
    assert page.title == "A bridge opens"
    assert page.text.startswith("The new bridge is open.")
    assert page.url == STORY


async def test_a_page_that_no_worker_took_is_read_again() -> None:
    busy = WorkerPool(size=1, patience=timedelta())
    hanging = asyncio.create_task(busy.call("tests.unit.crawler.documents:hang", b""))
    await asyncio.sleep(0)
    outcome = (await read(busy, found(STORY, HTML))).outcome
    reason = "its text could not be extracted: the workers were busy for too long"
    assert outcome == Unread(reason=reason, again=True)
    await busy.close()
    assert isinstance(await hanging, WorkerFailed)


async def test_the_page_is_where_the_redirects_end(pool: WorkerPool) -> None:
    end = "https://b.test/moved"
    page = (await read(pool, moved(STORY, end), found(end, HTML))).outcome
    assert isinstance(page, Page)
    assert page.url == end


async def test_each_hop_asks_the_robots_txt_of_its_own_host(pool: WorkerPool) -> None:
    robots = found("https://b.test:443/robots.txt", "User-agent: *\nDisallow: /moved")
    exchange = FakeExchange({STORY: moved(STORY, "https://b.test/moved"), robots.url: robots})
    outcome = (await reader_over(exchange, pool).read(STORY)).outcome
    assert outcome == Unread(reason="robots.txt of https://b.test:443 does not allow it")
    assert exchange.asked == ["http://a.test:80/robots.txt", STORY, robots.url]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (STORY, "more than 5 redirects"),
        ("file:///etc/passwd", "redirected to what is not an http address"),
        ("http://a.test@b.test/", "redirected to what is not an http address"),
    ],
)
async def test_a_redirect_astray_is_the_end(pool: WorkerPool, target: str, reason: str) -> None:
    assert (await read(pool, moved(STORY, target))).outcome == Unread(reason=reason)


@pytest.mark.parametrize(
    ("number", "again"),
    [
        (204, False),
        (304, False),
        (401, False),
        (403, False),
        (404, False),
        (410, False),
        (451, False),
        (408, True),
        (429, True),
        (500, True),
        (503, True),
    ],
)
async def test_a_status_becomes_an_outcome(pool: WorkerPool, number: int, again: object) -> None:
    outcome = (await read(pool, status(STORY, number, retry_after="90"))).outcome
    wait = timedelta(seconds=90) if again else None
    assert outcome == Unread(
        reason=f"HTTP {number}", again=bool(again), wait=wait, status=number, url=STORY
    )


async def test_a_network_that_fails_may_work_again(pool: WorkerPool) -> None:
    outcome = (await read(pool, FetchFailed(reason="connection refused by a.test:80"))).outcome
    assert outcome == Unread(reason="connection refused by a.test:80", again=True, silent=True)


async def test_what_would_fail_the_same_way_again_is_not_tried_again(pool: WorkerPool) -> None:
    refused = FetchFailed(reason="a.test is a private address", lasting=True)
    assert (await read(pool, refused)).outcome == Unread(reason="a.test is a private address")
    robots = "http://a.test:80/robots.txt"
    outcome = await reader_over(FakeExchange({robots: refused, STORY: refused}), pool).read(STORY)
    assert outcome.outcome == Unread(reason="a.test is a private address")


async def test_robots_that_cannot_be_had_make_the_page_wait(pool: WorkerPool) -> None:
    down = status("http://a.test:80/robots.txt", 503)
    outcome = (await read(pool, down, found(STORY, HTML))).outcome
    reason = "robots.txt answers HTTP 503"
    assert outcome == Unread(reason=reason, again=True, wait=timedelta(minutes=1))


async def test_the_crawl_delay_comes_back_with_the_page(pool: WorkerPool) -> None:
    robots = found("http://a.test:80/robots.txt", "User-agent: *\nCrawl-delay: 3\nDisallow: /no")
    assert (await read(pool, robots, found(STORY, HTML))).crawl_delay == timedelta(seconds=3)


@pytest.mark.parametrize("url", ["", "story", "ftp://a.test/", "file:///etc/passwd", "http://"])
async def test_what_is_no_web_address_is_not_asked_for(pool: WorkerPool, url: str) -> None:
    outcome = (await read(pool, url=url)).outcome
    assert outcome == Unread(reason="this is not an http or https address")


async def test_a_page_that_breaks_its_worker_is_a_page_without_text() -> None:
    breaking = WorkerPool(size=1, limits=WorkerLimits(cpu=timedelta(milliseconds=1)))
    outcome = (await read(breaking, found(STORY, HTML * 500))).outcome
    reason = "its text could not be extracted: took more than 0.001 s of CPU"
    assert outcome == Unread(reason=reason)
    await breaking.close()
