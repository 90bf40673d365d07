"""Articles and lists whose pages scripts build, read as sources want them: through the engine."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from crawler.engine import Engine
from crawler.reader import ReaderParts
from crawler.registry import READERS
from crawler.workers import WorkerPool
from news.clock import utc_now
from news.page import Page, Unread
from news.source import DueSource, Spider
from news.visit import Failed, Told, Unchanged, Visit
from tests.integration.drawing_world import LONG, browsers_below, needs_chromium, scripted
from tests.integration.pages_server import Host, html_answer
from tests.integration.raw_server import RawServer, answer
from tests.integration.test_drawing_lives import all_gone
from tests.integration.test_engine import processes, reading
from tests.integration.test_list_visit import after, paths, source
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="module")]

FRONT = b'<html><title>The Harbour</title><body><script src="/front.js"></script></body></html>'
ROWS = """for (const number of [7, 8, 9]) {
  const row = document.createElement("div"); row.className = "item";
  row.innerHTML =
    `<h2><a href="/story/${number}">Crane number ${number} comes down at last</a></h2>`;
  document.body.append(row);
}"""

Place = tuple[Engine, Host, RawServer]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running() -> AsyncIterator[Place]:
    """Run one engine and one host for all tests of this page."""
    async with reading() as place:
        yield place


@pytest.fixture
def place(running: Place) -> Place:
    _, host, _ = running
    host.robots = None
    host.pages = scripted()
    host.pages["/front"] = html_answer(FRONT, ETag='"1"', Cache_Control="max-age=86400")
    host.pages["/front.js"] = answer(ROWS.encode(), Content_Type="text/javascript")
    host.asked.clear()
    return running


async def test_a_page_is_drawn_where_it_is_wanted_and_has_no_text_without(place: Place) -> None:
    engine, host, server = place
    plain = await engine.read(server.url("/story"))
    assert plain == Unread(reason="the page holds no text of an article", textless=True)
    assert host.asked["/app.js"] == 0
    drawn = await engine.read(server.url("/story"), render=True)
    assert isinstance(drawn, Page), drawn
    assert drawn.drawn
    assert drawn.title == "Crane comes down"
    assert drawn.text == LONG
    assert host.asked["/story"] == 2  # each time once: the browser asks for no page itself
    full = await engine.read(server.url("/story/7"), render=True)
    assert isinstance(full, Page)
    assert not full.drawn


async def test_what_robots_forbids_is_not_fetched_for_a_drawing_either(place: Place) -> None:
    engine, host, server = place
    # Rules are known for a day, so the same host by another name stands for one that has some.
    host.robots = b"User-agent: *\nDisallow: /api"
    other = server.url("/story").replace("127.0.0.1", "localhost")
    assert isinstance(await engine.read(other, render=True), Unread)
    assert host.asked["/app.js"] == 1
    assert host.asked["/api/story"] == 0


async def test_a_list_that_scripts_build_is_drawn_at_every_visit(place: Place) -> None:
    engine, host, server = place
    due = source(server, "/front")
    as_sent = await visited(engine, due)
    assert isinstance(as_sent.outcome, Failed)
    wanted = replace(due, settings=replace(due.settings, spider=Spider(render=True)))
    first = await visited(engine, wanted)
    assert paths(first) == ["story/7", "story/8", "story/9"]
    assert isinstance(first.outcome, Told)
    assert first.outcome.wait is None  # what the server says is true of the empty page alone
    assert first.outcome.validators.etag is None
    wanted = after(wanted, first)
    assert isinstance((await visited(engine, wanted)).outcome, Unchanged)
    host.pages["/front.js"] = answer(ROWS.replace("[7, 8", "[6, 7, 8").encode())
    assert paths(await visited(engine, wanted)) == ["story/6", "story/7", "story/8", "story/9"]


async def visited(engine: Engine, due: DueSource) -> Visit:
    pool = WorkerPool(size=1)
    async with open_client(NetworkSettings(agent="w", allow=("127.0.0.1",))) as client:
        parts = ReaderParts(
            fetcher=GuardedFetcher(client), parser=pool, clock=utc_now, crawl=engine
        )
        try:
            return await READERS["list"](parts).visit(due)
        finally:
            await pool.close()


async def test_no_browser_outlives_the_engines_process(place: Place) -> None:
    engine, host, server = place
    host.pages["/busy"] = html_answer(b'<script src="/story/held"></script>')
    host.hold.clear()
    under_way = asyncio.create_task(engine.read(server.url("/busy"), render=True))
    for _ in range(600):
        if host.asked["/story/held"]:
            break
        await asyncio.sleep(0.05)
    ours = processes()[0]
    below = browsers_below(ours.pid)
    assert len(below) > 3
    host.pages["/busy"] = html_answer(
        b"<p>Nothing happened at the harbour on Monday, the workers said.</p>"
    )
    # that is what the next process is asked for
    host.hold.set()
    ours.kill()  # alone, as the system would for want of memory
    assert await all_gone(below)
    assert isinstance(await under_way, Page)  # by the next process
