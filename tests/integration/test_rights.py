"""A page that may not be kept is matched in passing; then title, address and sketch are kept."""

from dataclasses import replace

import pytest

from archive import articles
from archive.database import Database
from archive.search.find import find
from news.page import Page
from news.query.parse import parse
from news.query.tree import Query
from tests.integration.everything_kept import places_of
from tests.integration.silence_world import end, release_all, silence
from tests.integration.story_world import World, entry, page

URL = "https://yna.test/view/1"
SECRET = "Zebulon"
TEXT = f"Six coffins stood on a stage, and {SECRET} spoke to the widows. " * 8


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source()
    made.add_channel()
    made.add_watch("coffins", alert=("article", "edit"))
    return made


def reserved(text: str = TEXT) -> Page:
    return replace(page(URL, text, "A stage"), noarchive=True)


def searched(world: World, text: str) -> list[int]:
    query = parse(text)
    assert isinstance(query, Query)
    with world.archive.reading() as conn:
        return find(conn, query)


async def test_it_is_told_and_nothing_of_its_text_stays(world: World) -> None:
    world.pages.pages[URL] = reserved()
    await world.tell(entry())
    assert world.titles_told() == ["A stage"]
    assert places_of(world.archive, SECRET) == set()
    assert SECRET not in str(world.payloads())
    with world.archive.reading() as conn:
        kept = articles.get(conn, 1)
    assert kept is not None
    assert (kept.title, kept.url, kept.lead) == ("A stage", URL, "")


async def test_it_is_found_by_its_title_alone(world: World) -> None:
    world.pages.pages[URL] = reserved()
    await world.tell(entry())
    assert searched(world, "stage") == [1]
    assert searched(world, "coffins") == []


async def test_changed_it_is_matched_again_and_not_kept_either(world: World) -> None:
    world.pages.pages[URL] = reserved("Nothing of the sort was seen.")
    await world.tell(entry())
    assert world.titles_told() == []
    world.later(minutes=20)
    world.pages.pages[URL] = reserved()
    await world.tell(entry(title="Changed"))
    assert world.titles_told() == ["A stage"]
    assert places_of(world.archive, SECRET) == set()


async def test_what_its_publisher_forbids_later_is_kept_no_longer(world: World) -> None:
    world.pages.pages[URL] = page(URL, TEXT, "A stage")
    await world.tell(entry())
    assert "texts.body" in places_of(world.archive, SECRET)
    world.later(minutes=20)
    world.pages.pages[URL] = reserved(TEXT + "It rained.")
    await world.tell(entry(title="Changed"))
    assert places_of(world.archive, SECRET) <= {"deliveries.payload"}  # as it was told then
    assert searched(world, "coffins") == []


async def test_what_its_feed_said_of_it_is_not_kept_either(world: World) -> None:
    world.pages.pages[URL] = reserved()
    await world.tell(entry(summary=TEXT, content=TEXT))
    assert places_of(world.archive, SECRET) == set()
    world.later(minutes=20)
    await world.tell(entry(summary=TEXT, content=TEXT))  # known, and told as it was
    world.later(minutes=20)
    await world.tell(entry(title="Changed", summary=TEXT))
    assert places_of(world.archive, SECRET) == set()


async def test_what_two_feeds_said_goes_where_its_publisher_forbids_it_later(world: World) -> None:
    world.add_source("Other")
    world.pages.pages[URL] = page(URL, TEXT, "A stage")
    await world.tell(entry(summary=TEXT))
    assert "entries.summary" in places_of(world.archive, SECRET)
    world.later(minutes=20)
    world.pages.pages[URL] = reserved(TEXT + "It rained.")
    await world.tell(entry(title="Changed", summary=TEXT))
    assert places_of(world.archive, SECRET) <= {"deliveries.payload"}


async def test_held_it_is_told_later_without_its_text(world: World) -> None:
    number = silence(world)
    world.pages.pages[URL] = reserved()
    await world.tell(entry())
    end(world, number)
    await release_all(world)
    assert SECRET not in str(world.payloads())
    assert len(world.payloads()) == 1
    assert places_of(world.archive, SECRET) == set()
