"""A page that names a related story's address as its own is not taken for that story."""

from dataclasses import replace

import pytest

from archive import articles
from archive.database import Database
from news.page import Page
from tests.integration.story_world import World, entry, page

FIRST, SECOND = "https://yna.test/view/1", "https://yna.test/view/2"
CRANE = "The old crane of the harbour was taken down after a storm had bent its arm. " * 5
COFFINS = "Six coffins draped in flags were carried across a stage while he wept. " * 5


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source()
    made.add_channel()
    made.add_watch("crane OR coffins", alert=("article",))
    return made


def told(url: str, text: str, title: str, canonical: str) -> Page:
    return replace(page(url, text, title), canonical=canonical)


def addresses(world: World) -> list[str]:
    with world.archive.reading() as conn:
        found = [articles.get(conn, number) for number in (1, 2)]
    return [article.url for article in found if article]


async def both(world: World, second: Page) -> None:
    world.pages.pages[FIRST] = page(FIRST, CRANE, "Old crane comes down")
    world.pages.pages[SECOND] = second
    await world.tell(entry(1), entry(2))


async def test_another_story_is_told_though_it_names_the_first_ones_address(world: World) -> None:
    await both(world, told(SECOND, COFFINS, "Six coffins on a stage", FIRST))
    assert addresses(world) == [FIRST, SECOND]
    assert world.titles_told() == ["Old crane comes down", "Six coffins on a stage"]


async def test_looked_at_again_it_stays_where_it_is(world: World) -> None:
    await both(world, told(SECOND, COFFINS, "Six coffins on a stage", FIRST))
    world.later(minutes=10)
    await world.tell(entry(1), entry(2, title="Changed"))
    assert addresses(world) == [FIRST, SECOND]
    assert len(world.titles_told()) == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (CRANE, "Another headline of it"),
        (f"It rained. {CRANE}", "Crane: the whole story"),
        (COFFINS, "Old crane comes down: updated"),
        ("Too short.", "Wholly other words"),
    ],
)
async def test_the_same_story_at_a_second_address_is_one(
    world: World, text: str, title: str
) -> None:
    await both(world, told(SECOND, text, title, FIRST))
    assert addresses(world) == [FIRST]
    assert len(world.titles_told()) == 1


async def test_an_address_that_nobody_has_is_believed(world: World) -> None:
    world.pages.pages[FIRST] = told(FIRST, CRANE, "Crane", "https://yna.test/crane-comes-down")
    await world.tell(entry(1))
    assert addresses(world) == ["https://yna.test/crane-comes-down"]
