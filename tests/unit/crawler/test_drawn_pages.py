"""The page reader, the list and the spiders, as far as they have pages drawn."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
import pytest_asyncio

from crawler.drawing.drawn import NotDrawn
from crawler.follow import Following
from crawler.http import Fetched
from crawler.page_reader import PageReader
from crawler.robots import Robots
from crawler.spiders.pages import PagesSpider
from crawler.workers import WorkerPool
from news.page import Page, Unread
from tests.unit.crawler.exchange import FakeExchange

URL = "http://a.test/story"
TYPE = {"content-type": "text/html"}
SHELL = b"<html><title>Crane</title><body><script src='/app.js'></script></body></html>"
TEXT = "The old crane of the harbour was taken down on Monday, port workers said. " * 8
STORY = f"<html><title>Crane</title><body><article><p>{TEXT}</p></article></body></html>".encode()


@dataclass
class Draws:
    """Draws one page, whatever it is given."""

    made: bytes | NotDrawn
    asked: list[str] = field(default_factory=list)

    async def draw(self, page: Fetched) -> Fetched | NotDrawn:
        self.asked.append(page.url)
        return self.made if isinstance(self.made, NotDrawn) else replace(page, body=self.made)

    async def close(self) -> None:
        """Nothing is there."""


@pytest_asyncio.fixture
async def pool() -> AsyncIterator[WorkerPool]:
    made = WorkerPool(size=1)
    yield made
    await made.close()


def reader(draws: Draws, pool: WorkerPool, body: bytes, status: int = 200) -> PageReader:
    answer = Fetched(url=URL, status=status, headers=TYPE, body=body)
    exchange = FakeExchange({URL: answer})
    robots = Robots(exchange, monotonic=lambda: 0.0)
    following = Following(exchange=exchange, robots=robots, drawing=draws)
    return PageReader(following=following, pool=pool)


async def test_a_page_without_text_is_drawn_if_that_is_wanted(pool: WorkerPool) -> None:
    draws = Draws(STORY)
    plain = (await reader(draws, pool, SHELL).read(URL)).outcome
    assert plain == Unread(reason="the page holds no text of an article", textless=True)
    assert draws.asked == []
    drawn = (await reader(draws, pool, SHELL).read(URL, render=True)).outcome
    assert isinstance(drawn, Page)
    assert drawn.drawn
    assert drawn.text.startswith("The old crane")


@pytest.mark.parametrize(("body", "status"), [(STORY, 200), (SHELL, 404), (b"%PDF-1.7", 200)])
async def test_no_other_page_is_drawn(pool: WorkerPool, body: bytes, status: int) -> None:
    draws = Draws(STORY)
    outcome = (await reader(draws, pool, body, status).read(URL, render=True)).outcome
    assert draws.asked == []
    assert isinstance(outcome, Unread) or not outcome.drawn


async def test_a_page_that_is_not_drawn_says_why_and_may_be_read_again(pool: WorkerPool) -> None:
    draws = Draws(NotDrawn(reason="the browser broke down", again=True))
    outcome = (await reader(draws, pool, SHELL).read(URL, render=True)).outcome
    assert isinstance(outcome, Unread)
    assert outcome.again
    assert outcome.reason.endswith("and it was not drawn: the browser broke down")


@pytest.mark.parametrize(("said", "render"), [("", False), ("0", False), ("1", True)])
def test_pages_are_drawn_by_hand_where_it_is_said(said: str, render: bool) -> None:
    assert PagesSpider(url=URL, render=said).render is render
