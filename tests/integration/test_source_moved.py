"""A feed whose server sends us elsewhere for good: asked there, until that goes wrong."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from archive import sources
from archive.database import Database
from news.source import SourceSettings
from tests.integration.bad_server import Answer, bad_server, status
from tests.integration.bad_world import BadWorld, bad_world, feed, item
from tests.integration.raw_server import answer
from tests.integration.story_world import LEASE
from wirewatch.events import SourceMoved

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WELL = answer(feed(item()), Content_Type="text/xml", ETag='"a"')
UNCHANGED = answer(status="304 Not Modified")
TO_NEW = answer(status="301 Moved Permanently", Location="/new")


@pytest.fixture
async def world(sqlite_archive: Database) -> AsyncIterator[BadWorld]:
    async with bad_server() as server, bad_world(sqlite_archive, server) as made:
        made.read_from(server.will("/old", TO_NEW), every=4 * HOUR)
        server.will("/new", WELL, UNCHANGED)
        await made.poll(3)
        assert server.asked == {"/old": 3, "/new": 3}
        yield made


async def test_it_is_asked_there_and_nothing_is_told_twice(world: BadWorld) -> None:
    await world.poll(3)
    assert world.server.asked == {"/old": 3, "/new": 6}
    assert 'if-none-match: "a"' in world.server.heads["/new"]
    assert world.titles_told() == ["A story"]
    row = world.source_row()
    assert row.url == world.server.url("/old")
    assert row.moved_to == world.server.url("/new")


@pytest.mark.parametrize(
    ("answers", "visits"),
    [
        pytest.param((status("404 Not Found"),), 3, id="nothing there"),
        pytest.param((status("500 Broken"),), 3, id="broken"),
        pytest.param((answer(b"<html>parked</html>"),), 3, id="parked"),
        pytest.param((status("410 Gone"),), 1, id="gone"),
        pytest.param((answer(status="301 M", Location="/old"),), 1, id="sent back"),
    ],
)
async def test_it_is_asked_at_its_own_again(
    world: BadWorld, answers: tuple[Answer, ...], visits: int
) -> None:
    world.server.will("/new", *answers)
    world.server.will("/old", answer(feed(item(), item("Another story", "/2"))))
    await world.poll(visits)
    world.server.asked.clear()
    await world.poll()
    assert world.server.asked == {"/old": 1}
    row = world.source_row()
    assert (row.moved_to, row.failures, row.paused_reason) == (None, 0, None)
    assert sorted(world.titles_told()) == ["A story", "Another story"]


async def test_its_own_is_asked_once_a_day_and_what_is_believed_is_said(world: BadWorld) -> None:
    moved = [event for event in world.events if isinstance(event, SourceMoved)]
    assert [event.to for event in moved] == [world.server.url("/new")]
    world.server.asked.clear()
    await world.poll(5)
    assert world.server.asked == {"/new": 5}
    await world.poll()
    assert world.server.asked == {"/old": 1, "/new": 6}
    await world.poll(5)
    assert world.server.asked == {"/old": 1, "/new": 11}
    world.server.will("/old", answer(feed(item(), item("Another story", "/2"))))
    await world.poll()
    assert world.source_row().moved_to is None
    assert sorted(world.titles_told()) == ["A story", "Another story"]
    moved = [event for event in world.events if isinstance(event, SourceMoved)]
    assert [event.to for event in moved] == [world.server.url("/new"), None]


async def test_gone_at_its_own_stops_as_ever(world: BadWorld) -> None:
    world.server.will("/new", status("410 Gone"))
    world.server.will("/old", status("410 Gone"))
    await world.poll(2)
    assert world.source_row().paused_reason is not None


async def test_two_sources_may_end_at_one_feed(world: BadWorld) -> None:
    there = SourceSettings(name="There", kind="feed", url=world.server.url("/new"))
    with world.archive.writing() as conn:
        sources.add(conn, there, now=world.now)
    world.server.will("/new", WELL)
    world.now += DAY
    for _ in range(2):  # one at a time for a host
        with world.archive.writing() as conn:
            (due,) = sources.claim_due(conn, now=world.now, lease=LEASE, limit=1)
        assert due.address == there.url
        await world.pipeline.visit(due)
    await world.read_all()
    assert world.titles_told() == ["A story"]
