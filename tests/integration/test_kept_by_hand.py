"""What is crawled by hand, day after day: which of it is news, and under which source it stands."""

import pytest

from archive import sources
from archive.database import Database
from crawler.keeping import ReadItem
from news.entry import Entry
from tests.integration.story_world import NOW, World, page
from wirewatch.config.values import Configuration
from wirewatch.keep import _Archive

NEWS = "https://yna.test/news"
TEXT = "Soldiers came home by night, and nobody was told of their number or names. "


def crawl(world: World) -> _Archive:
    """Begin a crawl by hand, as a process of its own does."""
    return _Archive(world.archive, world.desk, Configuration(), lambda: world.now)


def item(number: int, told_by: str | None = NEWS, **changed: object) -> ReadItem:
    url = f"https://yna.test/view/{number}"
    values = {"url": url, "title": f"Soldiers {number}", **changed}
    entry = Entry(**values)  # type: ignore[arg-type]  # the test's own
    return ReadItem(url, page(url, TEXT * (number + 8)), entry=entry, told_by=told_by)


def watched(archive: Database) -> World:
    world = World(archive)
    world.add_channel()
    world.add_watch("soldiers", alert=("article",))
    return world


async def test_the_first_crawl_of_a_list_is_old_and_the_next_brings_news(
    archive: Database,
) -> None:
    world = watched(archive)
    first = crawl(world)
    for number in (1, 2, 3):
        await first.keep(item(number))
        world.later(minutes=40)
    assert world.titles_told() == []
    world.later(hours=1)
    second = crawl(world)
    for number in (3, 4):
        await second.keep(item(number))
    assert len(world.titles_told()) == 1
    assert world.payloads()[0]["data"]["article"]["url"] == "https://yna.test/view/4"


async def test_each_list_of_a_host_is_a_source_of_its_own(archive: Database) -> None:
    world = watched(archive)
    asked = (NEWS, f"{NEWS}?section=2", "https://yna.test/culture/", None)
    for number, told_by in enumerate(asked):
        await crawl(world).keep(item(number, told_by))
        world.later(days=1)
    with archive.reading() as conn:
        kept = {source.settings.name: source for source in sources.listing(conn)}
    assert sorted(kept) == [
        "yna.test, by hand",
        "yna.test/culture, by hand",
        "yna.test/news, by hand",
        "yna.test/news?section=2, by hand",
    ]
    assert all(source.paused for source in kept.values())
    assert len(world.titles_told()) == 1  # the page that was named; each list was its first crawl


async def test_an_entry_that_is_known_under_another_address_is_read_once_more(
    archive: Database, caplog: pytest.LogCaptureFixture
) -> None:
    world = watched(archive)
    await crawl(world).keep(item(1, published=NOW))
    world.later(minutes=5)
    url = "https://yna.test/view/1-soldiers"
    for summary in ("", "More."):
        moved = Entry(url=url, title="Soldiers 1", summary=summary, published=NOW)
        longer = ReadItem(url, page(url, TEXT * 20), entry=moved, told_by=NEWS)
        await crawl(world).keep(longer)
    assert "running wirewatch" not in caplog.text
    assert "revised" in world.trail_codes(1)
    assert len(world.titles_told()) == 1
