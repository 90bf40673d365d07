"""The browser's process: started when it is needed, ended with us, and never in the way."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from crawler.drawing.browser import Browser, BrowserLimits
from crawler.drawing.drawn import NotDrawn
from crawler.drawing.process import Program
from crawler.http import Fetched
from crawler.politeness import OneByOne
from tests.integration.drawing_world import (
    LONG,
    SCRIPTED,
    browsers_below,
    drawing,
    needs_chromium,
)

SOON = 30


async def all_gone(processes: list[psutil.Process]) -> bool:
    """Wait until all have ended, gathered or not; False if some go on."""
    for _ in range(SOON * 20):
        if not any(map(is_alive, processes)):
            return True
        await asyncio.sleep(0.05)
    return False


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@needs_chromium
async def test_a_browser_that_is_killed_costs_one_page_and_no_process_is_left() -> None:
    async with drawing() as world:
        under_way = asyncio.create_task(world.draw('<script src="/hang"></script>'))
        await world.site.arrived.wait()
        processes = browsers_below(os.getpid())
        (ours,) = [one for one in processes if "wirewatch.drawing_child" in one.cmdline()]
        ours.kill()  # alone: what is below it has to notice
        assert await under_way == NotDrawn(reason="the browser broke down", again=True)
        assert await all_gone(processes)
        assert LONG in str(await world.draw(SCRIPTED))


@needs_chromium
async def test_a_page_that_keeps_its_tab_busy_for_ever_is_given_up() -> None:
    async with drawing(BrowserLimits(page=timedelta(seconds=3))) as world:
        stuck = await world.draw("<script>for (;;) { }</script>")
        assert stuck == NotDrawn(reason="drawing it took longer than 3 s")
        assert LONG in str(await world.draw(SCRIPTED))
        left = browsers_below(os.getpid())
    assert await all_gone(left)


def files_in(place: Path) -> list[Path]:
    return list(place.iterdir())


@pytest.fixture
def short_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with TemporaryDirectory(dir="/tmp") as place:
        monkeypatch.setattr("tempfile.tempdir", place)
        yield Path(place)


@asynccontextmanager
async def sham(limits: BrowserLimits) -> AsyncIterator[Browser]:
    command = [sys.executable, "-m", "tests.integration.sham_browser"]
    browser = Browser(
        Program(command=command), may=yes, hosts=OneByOne(), limits=limits, missing=lambda: None
    )
    yield browser
    await browser.close()


async def drawn_by(browser: Browser) -> psutil.Process:
    """Have a page drawn, and return the process that did it."""
    page = await browser.draw(fetched())
    assert isinstance(page, Fetched), page
    assert page.body.startswith(SCRIPTED.upper())
    return psutil.Process(int(page.body.rpartition(b" ")[2]))


async def test_it_starts_for_a_page_rests_and_leaves_nothing_behind(short_place: Path) -> None:
    left = short_place / "wirewatch-999999999-x"  # by somebody who was killed
    left.mkdir()
    async with sham(BrowserLimits(idle=timedelta(milliseconds=50))) as browser:
        assert files_in(short_place) == [left]
        first = await drawn_by(browser)
        assert left not in files_in(short_place)
        assert await all_gone([first])
        assert await drawn_by(browser) != first
    assert files_in(short_place) == []


async def test_a_browser_that_answers_nothing_is_killed() -> None:
    limits = BrowserLimits(deadline=timedelta(milliseconds=300))
    command = [sys.executable, "-c", "import sys; sys.stdin.buffer.read()"]
    browser = Browser(
        Program(command=command), may=yes, hosts=OneByOne(), limits=limits, missing=lambda: None
    )
    late = NotDrawn(reason="the browser did not answer in time", again=True)
    assert await browser.draw(fetched()) == late
    await browser.close()


async def test_it_is_replaced_after_so_many_pages() -> None:
    async with sham(BrowserLimits(pages=2)) as browser:
        by = [await drawn_by(browser) for _ in range(5)]
    assert by[0] == by[1] != by[2] == by[3] != by[4]
    assert await all_gone(by)


async def test_a_place_with_a_long_name_is_left_for_a_short_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / "where-sockets-find-no-place" / "at-all"
    deep.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    async with sham(BrowserLimits()) as browser:
        await drawn_by(browser)
        assert files_in(deep) == []


def fetched(path: str = "/") -> Fetched:
    return Fetched(url=f"http://a.test{path}", status=200, body=SCRIPTED)


async def yes(url: str) -> bool:
    return bool(url)


async def test_where_none_is_installed_that_is_said_and_nothing_is_started() -> None:
    browser = Browser(
        Program(command=["/nowhere"]),
        may=yes,
        hosts=OneByOne(),
        missing=lambda: "there is no Chromium",
    )
    assert await browser.draw(fetched()) == NotDrawn(reason="there is no Chromium")
    await browser.close()


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["/nowhere/at/all"], "the browser could not be started"),
        (["/bin/false"], "the browser broke down"),
    ],
)
async def test_a_browser_that_does_not_start_is_a_value(command: list[str], reason: str) -> None:
    browser = Browser(Program(command=command), may=yes, hosts=OneByOne(), missing=lambda: None)
    for _ in range(2):
        assert await browser.draw(fetched()) == NotDrawn(reason=reason, again=True)
    await browser.close()
    assert await browser.draw(fetched()) == NotDrawn(
        reason="the browser is being stopped", again=True
    )


async def test_a_page_waits_for_its_hosts_turn_and_not_for_ever() -> None:
    hosts, limits = OneByOne(), BrowserLimits(patience=timedelta(milliseconds=50))
    browser = Browser(
        Program(command=["/bin/false"]), may=yes, hosts=hosts, limits=limits, missing=lambda: None
    )
    until = asyncio.get_running_loop().time() + 10
    async with hosts.turn("http://a.test/other", until=until):
        busy = NotDrawn(reason="the browser was busy for too long", again=True)
        assert await browser.draw(fetched()) == busy
    assert await browser.draw(fetched()) != busy
    await browser.close()
