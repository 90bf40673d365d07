"""Hosts that ask for rest: the whole key rests, what is told is not kept waiting, and it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from archive import entries, sources
from archive.database import Database
from archive.schema import articles
from news.entry import Entry
from news.page import Page, Unread
from news.source import DueSource, SourceSettings, Validators
from news.visit import Failed, Outcome, Told, Visit
from tests.integration.story_world import LEASE, NOW, World

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BODY = "A crane was taken down on Monday, port workers said. " * 3


class Answering:
    """Reads feeds: tells the status that was given for an address, and keeps what was asked."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.status: dict[str, int] = {}
        self.wait: timedelta | None = None
        self.ended: dict[str, str] = {}
        self.asked: list[str] = []

    async def visit(self, source: DueSource) -> Visit:
        url = source.address
        self.asked.append(url)
        status = self.status.get(url, 200)
        outcome: Outcome = self.world.source.outcome
        if status != 200:
            outcome = Failed(reason=f"HTTP {status}", wait=self.wait)
        return Visit(at=self.world.now, outcome=outcome, status=status, url=self.ended.get(url))


class Hosts(World):
    """A world whose sources each stand at an address that the test says."""

    def __init__(self, archive: Database) -> None:
        super().__init__(archive)
        self.feeds = Answering(self)
        self.pipeline = replace(self.pipeline, readers={"feed": self.feeds})

    def add(self, *urls: str) -> None:
        with self.archive.writing() as conn:
            for url in urls:
                sources.add(conn, SourceSettings(name=url, kind="feed", url=url), now=NOW)

    async def look(self) -> list[str]:
        """Visit whatever is due, and return what was asked."""
        self.feeds.asked.clear()
        while True:
            with self.archive.writing() as conn:
                due = sources.claim_due(conn, now=self.now, lease=LEASE, limit=9)
            if not due:
                return list(self.feeds.asked)
            for source in due:
                await self.pipeline.visit(source)

    async def hear_of(self, *urls: str) -> None:
        """Have the sources tell of pages, and read them."""
        told = tuple(Entry(url=url, title=f"Story at {url}") for url in urls)
        self.source.outcome = Told(entries=told, validators=Validators())
        await self.look()
        self.pages.asked.clear()
        await self.read_all()

    def articles(self) -> int:
        with self.archive.reading() as conn:
            return conn.execute(select(func.count()).select_from(articles)).scalar_one()


@pytest.fixture
def world(archive: Database) -> Hosts:
    return Hosts(archive)


def page(url: str) -> Page:
    return Page(url=url, canonical=None, title="Story", text=BODY)


def refused(url: str, status: int = 403) -> Unread:
    return Unread(reason=f"HTTP {status}", status=status, url=url)


A1, A2, B1 = "https://a.test/1", "http://a.test/2", "https://b.test/1"


async def test_a_feed_that_is_told_to_wait_lets_all_of_its_host_wait(world: Hosts) -> None:
    world.add(A1, A2, B1)
    world.feeds.status, world.feeds.wait = {A1: 429}, HOUR
    assert await world.look() == [A1, B1]
    world.now += 59 * MINUTE
    assert await world.look() == [B1]
    world.now += MINUTE
    world.feeds.status = {}
    assert sorted(await world.look()) == sorted([A1, A2, B1])


async def test_pages_of_a_host_that_rests_are_told_at_once_and_read_afterwards(
    world: Hosts,
) -> None:
    world.add(A1, B1)
    story = "https://a.test/story"
    world.feeds.status, world.feeds.wait = {A1: 503}, HOUR
    world.add_watch("story")
    await world.hear_of(story)
    assert world.pages.asked == []
    assert world.articles() == 1
    world.pages.pages[story] = page(story)
    world.now += HOUR
    await world.read_all()
    assert world.pages.asked == [story]


@pytest.mark.parametrize("worked", [True, False])
async def test_the_third_refusal_in_a_row_is_a_request_for_rest_where_it_worked_before(
    world: Hosts, *, worked: bool
) -> None:
    world.add(A1, A2)
    world.feeds.status = {A1: 200 if worked else 403, A2: 403}
    await world.look()
    world.feeds.status = {A1: 403, A2: 403}
    for _ in range(3):
        world.now += MINUTE
        await world.look()
    world.now += 2 * MINUTE
    assert (await world.look() == []) is worked
    world.now += 15 * MINUTE
    assert A1 in await world.look()


async def test_an_article_behind_a_wall_stops_nothing_and_pages_that_are_all_refused_rest(
    world: Hosts,
) -> None:
    world.add(B1)
    urls = [f"https://a.test/{number}" for number in range(7)]
    world.pages.pages = {url: refused(url) for url in urls}
    world.pages.pages[urls[0]] = page(urls[0])
    world.pages.pages[urls[3]] = page(urls[3])
    await world.hear_of(*urls)
    # Two refusals, a success, and three refusals: that is all that is asked.
    assert world.pages.asked == urls
    world.now += MINUTE
    await world.hear_of("https://a.test/8")
    assert world.pages.asked == []
    assert world.articles() == 8
    world.add(A1)
    assert await world.look() == [A1]  # its feeds are no pages
    world.now += 15 * MINUTE
    await world.hear_of("https://a.test/9")
    assert "https://a.test/9" in world.pages.asked


async def test_whoever_never_gave_a_page_is_asked_for_each(world: Hosts) -> None:
    world.add(B1)
    urls = [f"https://a.test/{number}" for number in range(6)]
    world.pages.pages = {url: refused(url) for url in urls}
    await world.hear_of(*urls)
    assert world.pages.asked == urls


async def test_a_refusal_is_the_word_of_the_host_to_which_redirects_led(world: Hosts) -> None:
    world.add(B1)
    asked = Unread(
        reason="HTTP 429", again=True, wait=HOUR, status=429, url="https://paper.test/story"
    )
    world.pages.pages["https://hub.test/1"] = asked
    await world.hear_of("https://hub.test/1", "https://paper.test/other")
    assert world.pages.asked == ["https://hub.test/1"]
    world.now += 3 * MINUTE
    await world.hear_of("https://hub.test/2", "https://paper.test/third")
    assert world.pages.asked == ["https://hub.test/2"]


async def test_a_feed_and_the_pages_of_its_host_keep_its_crawl_delay_together(
    world: Hosts,
) -> None:
    world.rest = 10 * MINUTE
    world.pipeline = replace(world.pipeline, crawl_delay=lambda _: 10 * MINUTE)
    world.add(A1)
    story = "https://a.test/story"
    told = (Entry(url=story, title="Story"),)
    world.source.outcome = Told(entries=told, validators=Validators())
    with world.archive.writing() as conn:
        entries.rest_host(conn, "https://a.test:443", until=NOW + MINUTE)
    assert await world.look() == []  # a page was read just now
    world.now += MINUTE
    assert await world.look() == [A1]
    assert await world.read_all() == 0
    world.now += 10 * MINUTE
    assert await world.read_all() == 1
    assert world.pages.asked == [story]
    assert await world.look() == []
    world.now += 10 * MINUTE
    assert await world.look() == [A1]


def platform(*names: str) -> list[str]:
    return [f"https://{name}.substack.com/feed" for name in names]


async def test_a_host_of_a_platform_that_asks_for_rest_stops_no_other(world: Hosts) -> None:
    evil, *others = platform("evil", "b", "c")
    world.add(evil, *others)
    world.feeds.status, world.feeds.wait = {evil: 429}, 24 * HOUR
    await world.look()
    world.now += 3 * MINUTE
    assert sorted(await world.look()) == others
    world.add_watch("story")
    stories = ["https://evil.substack.com/story", "https://b.substack.com/story"]
    world.pages.pages = {url: page(url) for url in stories}
    world.now += 3 * MINUTE
    await world.hear_of(*stories)
    assert world.pages.asked == stories[1:]


async def test_a_platform_that_asks_for_rest_at_two_of_its_hosts_gets_it(world: Hosts) -> None:
    first, second, third = platform("a", "b", "c")
    world.add(first, second, third)
    world.feeds.status, world.feeds.wait = {first: 429, second: 429}, HOUR
    assert sorted(await world.look()) == [first, second, third]  # all were claimed at once
    world.now += 59 * MINUTE
    world.add(*platform("d"))
    assert await world.look() == []
    world.now += MINUTE
    world.feeds.status = {}
    assert len(await world.look()) == 4


async def test_an_answer_to_which_redirects_led_is_no_word_of_who_sent_us(world: Hosts) -> None:
    evil, good = platform("evil", "good")
    world.add(evil, good, A1, "https://evil.example/other")
    world.feeds.status, world.feeds.wait = {evil: 503}, 24 * HOUR
    world.feeds.ended = {evil: "https://evil.example/feed"}
    await world.look()
    world.now += 23 * HOUR
    asked = await world.look()
    assert good in asked
    assert "https://evil.example/other" not in asked


async def test_nobody_has_another_host_rest_by_leading_us_to_what_is_refused_there(
    world: Hosts,
) -> None:
    world.add(A1, B1)
    await world.look()
    world.feeds.status, world.feeds.ended = {A1: 403}, {A1: "https://b.test/hidden"}
    for _ in range(5):
        world.now += HOUR
        assert B1 in await world.look()


async def test_the_crawl_delay_of_one_host_is_not_that_of_its_platform(world: Hosts) -> None:
    evil, good = ("https://evil.substack.com/1", "https://good.substack.com/1")

    def delay(url: str) -> timedelta:
        return HOUR if "evil" in url else MINUTE

    world.pipeline = replace(world.pipeline, page_delay=delay, crawl_delay=lambda _: timedelta())
    world.pages.pages = {url: page(url) for url in (evil, good)}
    world.add_watch("story")
    world.add(B1)
    await world.hear_of(evil, good)
    assert world.pages.asked == [evil]  # the platform has its usual rest
    world.now += MINUTE
    await world.read_all()
    assert world.pages.asked == [evil, good]
