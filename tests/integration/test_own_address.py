"""A page that names a related story's address as its own is not taken for that story."""

import asyncio
from dataclasses import replace

import pytest

from archive import articles, entries, forgotten
from archive.database import Database
from news.page import Page
from tests.integration.everything_kept import places_of
from tests.integration.story_world import LEASE, World, entry, page

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
        ("Too short.", "Old crane of the harbour comes down"),
    ],
)
async def test_the_same_story_at_a_second_address_is_one(
    world: World, text: str, title: str
) -> None:
    await both(world, told(SECOND, text, title, FIRST))
    assert addresses(world) == [FIRST]
    assert len(world.titles_told()) == 1


@pytest.mark.parametrize(
    ("kept", "title"),
    [
        (page(FIRST, CRANE, "Live"), "Live: six coffins on a stage"),
        (
            replace(page(FIRST, CRANE, "Old crane comes down"), noarchive=True),
            "Six coffins carried",
        ),
        (page(FIRST, "Too short.", "Old crane comes down"), "Six coffins carried"),
    ],
    ids=["one word", "not kept", "too short"],
)
async def test_what_tells_too_little_is_not_the_same(world: World, kept: Page, title: str) -> None:
    world.pages.pages[FIRST] = kept
    world.pages.pages[SECOND] = told(SECOND, COFFINS, title, FIRST)
    await world.tell(entry(1), entry(2))
    assert addresses(world) == [FIRST, SECOND]
    assert title in world.titles_told()


async def test_two_pages_read_at_once_that_name_one_address_are_two(world: World) -> None:
    hub = "https://yna.test/latest"
    world.pages.pages[FIRST] = told(FIRST, CRANE, "Old crane comes down", hub)
    other = "https://other.test/view/2"
    world.pages.pages[other] = told(other, COFFINS, "Six coffins on a stage", hub)
    await world.visit(entry(1), entry(2, url=other))
    with world.archive.writing() as conn:
        due = entries.claim_due(conn, now=world.now, lease=LEASE, limit=10)
    await asyncio.gather(*(world.pipeline.read(one) for one in due))
    assert sorted(world.titles_told()) == ["Old crane comes down", "Six coffins on a stage"]
    assert hub in addresses(world)


async def test_what_was_forgotten_does_not_come_back_at_a_second_address(world: World) -> None:
    world.pages.pages[FIRST] = page(FIRST, CRANE, "Old crane comes down")
    await world.tell(entry(1))
    with world.archive.writing() as conn:
        forgotten.forget(conn, [FIRST], article=1, why="", now=world.now)
    world.later(minutes=10)
    world.pages.pages[SECOND] = told(SECOND, CRANE, "Old crane comes down", FIRST)
    await world.tell(entry(2, title="", summary=""))
    assert addresses(world) == [FIRST]
    assert "texts.body" not in places_of(world.archive, "harbour")


async def test_an_address_that_nobody_has_is_believed(world: World) -> None:
    world.pages.pages[FIRST] = told(FIRST, CRANE, "Crane", "https://yna.test/crane-comes-down")
    await world.tell(entry(1))
    assert addresses(world) == ["https://yna.test/crane-comes-down"]
