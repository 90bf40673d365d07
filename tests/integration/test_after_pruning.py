"""An article whose text was pruned is still the one that it was: listed again, it tells nothing."""

from datetime import timedelta

import pytest

from archive import watches
from archive.database import Database
from archive.search.find import find
from news.query.parse import parse
from news.query.tree import Query
from news.watch import WatchSettings
from tests.integration.story_world import World, entry, page
from wirewatch.upkeep import Upkeep

TEXT = "Soldiers left the harbour at dawn, and nobody saw them go. " * 12
URL = "https://yna.test/view/1"


@pytest.fixture
async def pruned(archive: Database) -> World:
    """Tell one story, once, and prune its text 400 days later."""
    world = World(archive)
    world.add_source()
    world.add_channel()
    world.add_watch("soldiers OR submarines")
    world.pages.pages[URL] = page(URL, TEXT)
    await world.tell(entry())
    assert world.titles_told() == ["A page"]
    world.later(days=401)
    keep = timedelta(days=400)
    await Upkeep(database=archive, keep=keep, clock=lambda: world.now).look()
    assert found(world) == []
    return world


def found(world: World) -> list[int]:
    query = parse("harbour OR submarines")
    assert isinstance(query, Query)
    with world.archive.reading() as conn:
        return find(conn, query)


async def test_listed_again_as_it_was(pruned: World) -> None:
    await pruned.tell(entry())
    assert pruned.pages.asked == [URL]
    assert pruned.titles_told() == ["A page"]


async def test_listed_again_with_another_summary(pruned: World) -> None:
    await pruned.tell(entry(summary="Soldiers, soldiers, soldiers."))
    pruned.later(minutes=11)
    assert await pruned.read_all() == 1
    assert pruned.titles_told() == ["A page"]
    assert pruned.trail_codes(1)[-3:] == ["known", "matched", "known:told"]
    assert found(pruned) == []


async def test_its_page_is_gone_meanwhile(pruned: World) -> None:
    pruned.pages.pages.clear()
    await pruned.tell(entry(title="Soldiers once more", summary="An old story of soldiers."))
    assert pruned.titles_told() == ["A page"]
    assert pruned.trail_codes(1)[-4:] == ["fallback", "known", "matched", "known:told"]


async def test_its_page_was_rewritten(pruned: World) -> None:
    pruned.pages.pages[URL] = page(URL, TEXT + "Then submarines came.")
    await pruned.tell(entry(title="Soldiers once more"))
    assert pruned.titles_told() == ["A page"]
    assert pruned.trail_codes(1)[-3:] == ["revised", "matched", "known:told"]
    assert found(pruned) == [1]


async def test_another_source_tells_it(pruned: World) -> None:
    pruned.later(days=1)
    pruned.add_source("Kyodo")
    await pruned.tell(entry())
    assert pruned.titles_told() == ["A page"]
    assert "joined" in pruned.trail_codes(1)


async def test_it_moves_to_another_address(pruned: World) -> None:
    moved = "https://yna.test/archive/1"
    pruned.pages.pages[moved] = page(moved, TEXT)
    await pruned.tell(entry(url=moved, own_id="id-moved", title="Elsewhere"))
    assert pruned.titles_told() == ["A page"]


async def test_a_watch_that_came_later_takes_it_for_old(pruned: World) -> None:
    late = WatchSettings(name="late", query="harbour", to=("desk",))
    with pruned.archive.writing() as conn:
        watches.add(conn, late, now=pruned.now)
    pruned.pages.pages[URL] = page(URL, TEXT + "Then submarines came.")
    await pruned.tell(entry(title="Soldiers once more"))
    assert pruned.titles_told() == ["A page"]
    assert pruned.trail_codes(1)[-1] == "dropped:old"
