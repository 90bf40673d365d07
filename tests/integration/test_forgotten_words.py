"""What was forgotten is known by its words, too: an aggregator tells it, or it has moved."""

import pytest

from archive import forgotten
from archive.database import Database
from tests.integration.everything_kept import places_of
from tests.integration.story_world import World, entry, page
from tests.integration.test_forgetting import forget
from tests.unit.news.test_likeness import made

URL = "https://yna.test/view/1"
MOVED = "https://yna.test/view/1-new-slug"
SECRET = "qxzebulonite"
TITLE = f"{SECRET} speaks at the coffins of soldiers"
TEXT = f"Six coffins stood on a stage, and {SECRET} spoke to the widows. " + made(1)
AGGREGATED = {
    "url": "https://news.google.test/rss/articles/CBMi",
    "title": TITLE,
    "summary": f"{SECRET} spoke",
    "publisher_url": "https://yna.test",
}


@pytest.fixture
async def world(archive: Database) -> World:
    world = World(archive)
    world.add_source()
    world.add_channel()
    world.add_watch("coffins")
    world.pages.pages[URL] = page(URL, TEXT, TITLE)
    await world.tell(entry())
    return world


async def test_an_aggregator_does_not_bring_it_back(world: World) -> None:
    forget(world, article=1)
    told = world.alert_reasons()
    world.later(minutes=20)
    await world.tell(entry(2, **AGGREGATED))
    assert places_of(world.archive, SECRET) == set()
    assert world.alert_reasons() == told
    assert world.trail_codes(2) == ["forgotten", "new"]


async def test_its_publisher_does_not_after_an_aggregators_was_forgotten(world: World) -> None:
    world.later(minutes=20)
    title = "A ministry loses its keys to the archive"
    await world.tell(entry(2, **{**AGGREGATED, "title": title, "summary": "Keys"}))
    forget(world, article=2)
    world.pages.pages[MOVED] = page(MOVED, "The vault stays shut. " + made(2), title)
    world.later(minutes=20)
    await world.tell(entry(3, url=MOVED))
    assert places_of(world.archive, "vault") == set()


@pytest.mark.parametrize("title", [TITLE, "What was said at the stage of the coffins"])
async def test_its_text_does_not_come_back_at_a_new_address(world: World, title: str) -> None:
    forget(world, article=1)
    world.later(days=3)
    world.pages.pages[MOVED] = page(MOVED, TEXT, title)
    await world.tell(entry(2, url=MOVED))
    assert places_of(world.archive, SECRET) == set()


async def test_the_next_of_a_column_is_no_forgotten_piece(world: World) -> None:
    forget(world, article=1)
    world.later(days=3)
    world.pages.pages[MOVED] = page(MOVED, "Another week of it. " + made(3), TITLE)
    await world.tell(entry(2, url=MOVED, published=world.now))
    assert "texts.body" in places_of(world.archive, "week of it")


async def test_another_publishers_piece_of_that_title_is_kept(world: World) -> None:
    forget(world, article=1)
    world.later(minutes=20)
    other = "https://other.test/1"
    world.pages.pages[other] = page(other, "Words of their own. " + made(4), TITLE)
    await world.tell(entry(2, url=other))
    assert "texts.body" in places_of(world.archive, "words of their own")


async def test_what_a_publisher_shows_in_place_of_many_pieces_bars_none(world: World) -> None:
    stub = "Subscribe to read what our reporters wrote. " + made(5, of=60)
    for number in (2, 3, 4):
        url = f"https://yna.test/view/{number}"
        world.pages.pages[url] = page(url, stub, f"Piece {number} of quite another matter")
    world.later(minutes=20)
    await world.tell(
        entry(2, url="https://yna.test/view/2"), entry(3, url="https://yna.test/view/3")
    )
    forget(world, article=2)
    world.later(minutes=20)
    await world.tell(entry(4, url="https://yna.test/view/4"))
    assert "texts.body" in places_of(world.archive, "our reporters wrote")
    assert "forgotten" not in world.trail_codes(4)


async def test_what_is_allowed_at_one_address_comes_back_by_its_words(world: World) -> None:
    forget(world, "https://yna.test/amp/1", article=1)
    with world.archive.writing() as conn:
        forgotten.allow(conn, URL)
    world.later(minutes=20)
    await world.tell(entry(2, **AGGREGATED))
    assert places_of(world.archive, SECRET) != set()
