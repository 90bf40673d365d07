"""A sitemap through the whole way: what it lists for years is no news, however it is written."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from archive import sources
from archive.database import Database
from crawler.sitemaps.gathered import Gathered
from crawler.sitemaps.learned import learned_from
from crawler.sitemaps.read import Asked, Sifted, read
from news.source import SourceSettings, Validators
from tests.integration.story_world import NOW, World, page
from tests.unit.crawler.sitemaps.documents import HOME, news, url, urlset

MAP = SourceSettings(name="Paper", kind="sitemap", url=HOME + "sitemap.xml")


class Maps(World):
    """A source whose sitemap changes; the pages it leads to bear the dates they are given."""

    def __init__(self, archive: Database) -> None:
        super().__init__(archive)
        self.pipeline = replace(self.pipeline, readers={"sitemap": self.source})
        self.learned: str | None = None
        with archive.writing() as conn:
            sources.add(conn, MAP, now=NOW)
        self.add_channel()
        self.add_watch("crane", alert=("article",))

    def put(self, path: str, published: datetime | None = None) -> None:
        address = HOME + path
        text = page(address, f"A crane came down at {path}.", title=path)
        self.pages.pages[address] = replace(text, published=published)

    async def look(self, body: bytes) -> None:
        """Visit the source while its sitemap is `body`, and read what it told."""
        found = read(body, Asked(url=MAP.url, learned=self.learned, now=self.now))
        assert isinstance(found, Sifted)
        gathered = Gathered(learned=learned_from(self.learned), now=self.now)
        gathered.take(found, Validators(), "", wait=None)
        told = gathered.told(Validators())
        self.learned = told.learned
        await self.visit(outcome=told)
        await self.read_all()


@pytest.fixture
def world(archive: Database) -> Maps:
    return Maps(archive)


def old(count: int, touched: datetime) -> list[str]:
    return [url(f"old/{n}", (touched - timedelta(days=n)).isoformat()) for n in range(count)]


async def test_what_stood_there_for_years_is_no_news_and_what_is_added_is(world: Maps) -> None:
    for n in range(8):
        world.put(f"old/{n}")
    await world.look(urlset(*old(8, NOW - timedelta(days=2))))
    assert world.titles_told() == []
    world.later(hours=2)
    world.put("new")
    await world.look(urlset(url("new"), *old(8, NOW - timedelta(days=2))))
    assert world.titles_told() == ["new"]


async def test_touched_pages_are_not_told_again(world: Maps) -> None:
    for n in range(8):
        world.put(f"old/{n}")
    await world.look(urlset(*old(8, NOW - timedelta(days=2))))
    world.later(hours=2)
    await world.look(urlset(*(url(f"old/{n}", world.now.isoformat()) for n in range(8))))
    assert world.titles_told() == []


async def test_a_whole_site_written_anew_alerts_nobody(world: Maps) -> None:
    await world.look(urlset(url("first")))
    world.later(hours=5)
    for n in range(400):
        world.put(f"anew/{n}")
    world.put("anew/399", published=world.now - timedelta(minutes=3))  # it proves to be recent
    now = world.now.isoformat()
    await world.look(urlset(url("first"), *(url(f"anew/{n}", now) for n in range(400))))
    assert world.titles_told() == ["anew/399"]


async def test_a_date_of_publication_decides_and_a_page_that_cannot_be_read_is_told(
    world: Maps,
) -> None:
    await world.look(urlset(url("first")))
    world.later(hours=5)
    recent = (world.now - timedelta(minutes=9)).isoformat()
    before = (NOW - timedelta(days=30)).isoformat()
    body = urlset(
        url("first"), news("a", "A crane falls", recent), news("b", "A crane fell", before)
    )
    await world.look(body)
    assert world.titles_told() == ["A crane falls"]


async def test_what_waits_after_a_rewriting_is_news_if_its_page_says_that_it_is(
    world: Maps,
) -> None:
    await world.look(urlset(*(url(f"first/{n}") for n in range(5))))
    world.later(hours=50)
    for n in range(400):
        world.put(f"anew/{n}")
    while_away = NOW + timedelta(hours=20)
    world.put("anew/7", published=while_away)  # one of the last to be told
    listed = [*(f"first/{n}" for n in range(5)), *(f"anew/{n}" for n in range(400))]
    for _ in range(4):
        assert world.titles_told() == []
        await world.look(urlset(*map(url, listed)))
        world.later(minutes=10)
    assert world.titles_told() == ["anew/7"]
