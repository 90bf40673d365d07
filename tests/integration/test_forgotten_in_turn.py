"""Forgetting locks what a visit locks, in the same order: neither waits for the other for ever."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from archive import hosts
from archive.database import Database
from archive.schema import entries
from tests.integration.story_world import World, entry, page
from tests.integration.test_forgetting import forget

URL, AMP = "https://yna.test/view/1", "https://amp.yna.test/view/1"
_WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


@pytest.fixture
async def world(postgresql_url: str) -> World:
    database = Database.open(postgresql_url)
    world = World(database)
    world.add_source()
    world.pages.pages[URL] = page(URL, "Six coffins stood on a stage. " * 20, "Coffins at sea")
    await world.tell(entry(1, url=URL))
    return world


def beside(world: World, work: Callable[[], object]) -> threading.Thread:
    """Start `work` and return once it waits for a lock, or has ended."""
    thread = threading.Thread(target=work)
    thread.start()
    waiting = 0
    while thread.is_alive() and not waiting:
        with world.archive.reading() as conn:
            waiting = conn.execute(_WAITING).scalar_one()
    return thread


async def test_it_waits_for_a_visit_before_it_holds_an_entry(world: World) -> None:
    world.later(minutes=20)
    await world.visit(entry(2, url=AMP))
    with world.archive.writing() as conn:
        hosts.lock(conn, hosts.numbers_of(conn, ["https://yna.test:443"]).values())
        thread = beside(world, lambda: forget(world, AMP, URL, article=1))
        assert thread.is_alive()
        free = select(entries.c.id).order_by(entries.c.id.desc()).with_for_update(nowait=True)
        assert list(conn.scalars(free)) == [2, 1]
    thread.join()
    with world.archive.reading() as conn:
        assert set(conn.scalars(select(entries.c.title))) == {""}
    world.archive.close()
