"""The engine with its real child process, reading pages of a host on 127.0.0.1."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from crawler.engine import Engine, Supervision
from news.page import Page, PageOutcome, Unread
from tests.integration.pages_server import Host, pages_host
from tests.integration.raw_server import RawServer
from wirewatch.net.client import NetworkSettings
from wirewatch.pages_child import command

QUICK = Supervision(back_off=timedelta(milliseconds=10))


@asynccontextmanager
async def reading(
    *, seconds: float = 30, also: tuple[int, ...] = ()
) -> AsyncIterator[tuple[Engine, Host, RawServer]]:
    """Run an engine, and a host that it may reach, as well as those at the ports `also`."""
    async with pages_host() as (host, server):
        network = NetworkSettings(
            agent="wirewatch/test",
            allow=tuple(f"127.0.0.1:{port}" for port in (server.port, *also)),
            deadline=timedelta(seconds=seconds),
        )
        engine = Engine(command(network), supervision=QUICK)
        await engine.start()
        try:
            yield engine, host, server
        finally:
            host.hold.set()
            await engine.stop()


def processes() -> list[psutil.Process]:
    """Return the engine's process and the workers below it; tests may have other children."""
    (child,) = (
        process
        for process in psutil.Process().children()
        if "wirewatch.pages_main" in process.cmdline()
    )
    return [child, *child.children(recursive=True)]


def reasons(outcomes: Iterable[PageOutcome]) -> list[str]:
    return [outcome.reason for outcome in outcomes if isinstance(outcome, Unread)]


async def test_a_story_is_read_without_the_page_around_it() -> None:
    async with reading() as (engine, _, server):
        page = await engine.read(server.url("/story/7"))
    assert isinstance(page, Page)
    assert page.title == "Crane number 7 comes down"
    assert page.canonical == server.url("/story/7")
    assert page.language == "en"
    assert "look-out for visitors" in page.text
    assert "dragons" not in page.text


async def test_each_bad_page_gets_its_words_and_harms_no_other() -> None:
    async with reading() as (engine, host, server):
        host.robots = b"User-agent: wirewatch\nDisallow: /private\nCrawl-delay: 3"
        where = f"127.0.0.1:{server.port}"
        closed = f"connection closed without an answer by {where}"
        expected = {
            "/reset": Unread(reason=closed, again=True, silent=True),
            "/huge": Unread(reason=f"the answer of {where} is larger than 10 MiB"),
            "/bomb": Unread(reason=f"the answer of {where} is larger than 10 MiB"),
            "/loop": Unread(reason="more than 5 redirects"),
            "/pdf": Unread(reason="it is a PDF, not a page"),
            "/nothing": Unread(reason="HTTP 404"),
            "/private": Unread(reason=f"robots.txt of http://{where} does not allow it"),
        }
        paths = [*expected, "/story/1", "/noarchive"]
        outcomes = await asyncio.gather(*(engine.read(server.url(path)) for path in paths))
        told = dict(zip(paths, outcomes, strict=True))
        assert engine.crawl_delay(server.url("/")) == timedelta(seconds=3)
    page, unkept = told.pop("/story/1"), told.pop("/noarchive")
    assert isinstance(page, Page)
    assert not page.noarchive
    assert isinstance(unkept, Page)
    assert unkept.noarchive
    assert {path: _words(outcome) for path, outcome in told.items()} == expected
    assert host.most_at_once == 1
    assert host.asked["/robots.txt"] == 1


def _words(outcome: PageOutcome) -> PageOutcome:
    """Leave out which answer they are of."""
    return replace(outcome, status=None, url=None) if isinstance(outcome, Unread) else outcome


async def test_a_robots_txt_that_fails_makes_its_pages_wait() -> None:
    async with reading() as (engine, host, server):
        host.robots, host.robots_status = b"", "503 Service Unavailable"
        outcome = await engine.read(server.url("/story/1"))
    assert isinstance(outcome, Unread)
    assert outcome.reason == "robots.txt answers HTTP 503"
    assert outcome.again
    assert outcome.wait is not None
    assert host.asked["/story/1"] == 0


async def test_a_private_address_is_not_reached_neither_at_first_nor_by_redirect() -> None:
    async with reading() as (engine, _, server):
        outcomes = await asyncio.gather(
            engine.read("http://127.0.0.1:1/admin"),
            engine.read("http://2130706433:1/admin"),
            engine.read(server.url("/inside")),
        )
    for outcome in outcomes:
        assert isinstance(outcome, Unread)
        assert "is a loopback address" in outcome.reason
        assert not outcome.again


async def test_a_page_that_hangs_is_given_up_and_other_hosts_do_not_wait() -> None:
    async with pages_host() as (_, other), reading(seconds=2, also=(other.port,)) as parts:
        engine, host, server = parts
        hanging = asyncio.create_task(engine.read(server.url("/hang")))
        for _ in range(2):  # robots.txt, the page
            await host.arrived.acquire()
        assert isinstance(await engine.read(other.url("/story/1")), Page)
        assert not hanging.done()
        outcome = await hanging
    assert isinstance(outcome, Unread)
    assert outcome.again
    assert "took too long" in outcome.reason


async def test_every_read_under_way_is_answered_when_the_child_is_killed() -> None:
    async with reading() as (engine, host, server):
        host.hold.clear()
        urls = [server.url(f"/story/{number}") for number in range(20)]
        reads = [asyncio.create_task(engine.read(url)) for url in urls]
        while "/story/0" not in host.asked:
            await host.arrived.acquire()
        processes()[0].kill()
        host.hold.set()
        outcomes = await asyncio.gather(*reads)
    assert reasons(outcomes) == []
    assert sorted(page.url for page in outcomes if isinstance(page, Page)) == sorted(urls)


async def test_a_child_that_dies_twice_over_a_page_ends_its_reading() -> None:
    async with reading() as (engine, host, server):
        host.hold.clear()
        read = asyncio.create_task(engine.read(server.url("/story/1")))
        for number in range(2):
            while host.asked["/story/1"] <= number:
                await host.arrived.acquire()
            processes()[0].kill()
        outcome = await read
        host.hold.set()
        assert isinstance(await engine.read(server.url("/story/2")), Page)
    reason = "the engine's process ended twice while it was read"
    assert outcome == Unread(reason=reason, again=True)


WELL_THE_SECOND_TIME = """
import json, pathlib, sys, time
from crawler.frames import pack, read_frame_blocking
def write(data):
    sys.stdout.buffer.write(pack(data))
    sys.stdout.buffer.flush()
flag, way = pathlib.Path(sys.argv[1]), sys.argv[2]
first = not flag.exists()
flag.touch()
while first and way == "silent":
    time.sleep(3600)
while first and way == "beats":
    write(b"{}")
    time.sleep(0.01)
while (question := read_frame_blocking(sys.stdin.buffer)) is not None:
    outcome = {"unread": "by the second", "again": False, "wait": None}
    answer = {"id": json.loads(question)["id"], "crawl_delay": 0, "outcome": outcome}
    write(way.encode() if first else json.dumps(answer).encode())
"""


def well_the_second_time(way: str, folder: Path) -> list[str]:
    return [sys.executable, "-c", WELL_THE_SECOND_TIME, str(folder / "flag"), way]


async def test_a_child_that_falls_silent_is_replaced(tmp_path: Path) -> None:
    impatient = Supervision(
        silence=timedelta(seconds=2), grace=timedelta(seconds=1), back_off=timedelta()
    )
    engine = Engine(well_the_second_time("silent", tmp_path), supervision=impatient)
    await engine.start()
    assert await engine.read("http://127.0.0.1/") == Unread(reason="by the second")
    await engine.stop()


@pytest.mark.parametrize(
    "nonsense",
    ["no JSON", "[7]", "7", '{"id": 1}', '{"id": 1, "crawl_delay": 0, "outcome": {}}',
     '{"id": 1, "crawl_delay": "x", "outcome": {}}', '{"id": [], "crawl_delay": 1e400}'],
)  # fmt: skip
async def test_a_child_that_answers_nonsense_is_replaced(
    nonsense: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = Engine(well_the_second_time(nonsense, tmp_path), supervision=QUICK)
    await engine.start()
    assert await engine.read("http://127.0.0.1/") == Unread(reason="by the second")
    assert caplog.messages == ["the engine's process was given up"]
    await engine.stop()


async def test_a_child_that_lives_and_answers_no_read_is_replaced(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = Engine(
        well_the_second_time("beats", tmp_path),
        deadline=timedelta(seconds=0.5),
        supervision=Supervision(misses=3, back_off=timedelta(milliseconds=10)),
    )
    await engine.start()
    late = 0
    while (outcome := await engine.read("http://127.0.0.1/")) != Unread(reason="by the second"):
        assert outcome == Unread(reason="the engine did not answer in time", again=True)
        late += 1
        assert late < 20
    assert late >= 3
    assert "answered nothing for" in caplog.messages[0]
    await engine.stop()


async def test_stopping_answers_what_is_under_way_and_leaves_no_process() -> None:
    async with reading() as (engine, host, server):
        assert isinstance(await engine.read(server.url("/story/1")), Page)
        below = processes()
        assert len(below) == 2  # the engine, and its extraction worker
        host.hold.clear()
        read = asyncio.create_task(engine.read(server.url("/story/2")))
        while "/story/2" not in host.asked:
            await host.arrived.acquire()
        began = asyncio.get_running_loop().time()
        await engine.stop()
        assert asyncio.get_running_loop().time() - began < 5
        stopping = Unread(reason="wirewatch is stopping", again=True)
        assert await read == stopping
        assert await engine.read(server.url("/story/3")) == stopping
    psutil.wait_procs(below, timeout=5)
    assert [process for process in below if process.is_running()] == []


async def test_a_deadline_is_the_answer_when_nothing_else_comes() -> None:
    sleeper = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    engine = Engine(sleeper, deadline=timedelta(milliseconds=50), supervision=QUICK)
    await engine.start()
    outcome = await engine.read("http://127.0.0.1/")
    assert outcome == Unread(reason="the engine did not answer in time", again=True)
    await engine.stop()


async def test_a_child_that_dies_at_once_is_started_again_and_again_but_not_in_a_rush(
    caplog: pytest.LogCaptureFixture,
) -> None:
    engine = Engine(
        [sys.executable, "-c", "raise SystemExit(3)"],
        deadline=timedelta(milliseconds=800),
        supervision=Supervision(back_off=timedelta(milliseconds=100)),
    )
    await engine.start()
    outcome = await engine.read("http://127.0.0.1/")
    await engine.stop()
    assert isinstance(outcome, Unread)
    assert outcome.again
    assert 1 <= len(caplog.messages) <= 5
    assert "ended with status 3" in caplog.messages[0]


async def test_the_engine_and_its_workers_do_not_outlive_a_parent_that_is_killed() -> None:
    program = (
        "import asyncio, json, sys\n"
        "from crawler.engine import Engine\n"
        "async def main():\n"
        "    engine = Engine(json.loads(sys.argv[1]))\n"
        "    await engine.start()\n"
        "    await engine.read(sys.argv[2])\n"
        "    print('read', flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    async with pages_host() as (_, server):
        network = NetworkSettings(agent="t", allow=(f"127.0.0.1:{server.port}",))
        parent = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", program, json.dumps(command(network)), server.url("/story/1")),
            stdout=asyncio.subprocess.PIPE,
        )
        assert parent.stdout is not None
        assert await parent.stdout.readline() == b"read\n"
        below = psutil.Process(parent.pid).children(recursive=True)
        assert len(below) == 2
        os.kill(parent.pid, signal.SIGKILL)
        await parent.wait()
    _, alive = psutil.wait_procs(below, timeout=10)
    assert alive == []
