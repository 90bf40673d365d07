"""The browser's process: started when it is needed, ended with us, and never in the way."""

import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from crawler.drawing.browser import Browser, BrowserLimits
from crawler.drawing.drawn import NotDrawn
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
async def test_it_starts_for_a_page_rests_and_starts_again() -> None:
    limits = BrowserLimits(idle=timedelta(milliseconds=50))
    async with drawing(limits) as world:
        assert browsers_below(os.getpid()) == []
        for _ in range(2):
            drawing_it = asyncio.create_task(world.draw(SCRIPTED))
            await world.site.arrived.wait()
            started = browsers_below(os.getpid())
            assert len(started) > 3
            assert LONG in str(await drawing_it)
            assert await all_gone(started)
            world.site.arrived.clear()


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
    async with drawing(BrowserLimits(deadline=timedelta(seconds=6))) as world:
        stuck = await world.draw("<script>for (;;) { }</script>")
        assert stuck == NotDrawn(reason="the browser did not answer in time", again=True)
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


@needs_chromium
async def test_it_is_replaced_after_so_many_pages_and_leaves_nothing_behind(
    short_place: Path,
) -> None:
    left = short_place / "wirewatch-999999999-x"  # by somebody who was killed
    left.mkdir()
    async with drawing(BrowserLimits(pages=1)) as world:
        first = str(await world.draw(SCRIPTED))
        processes = browsers_below(os.getpid())
        second = str(await world.draw(SCRIPTED))
        assert LONG in first
        assert LONG in second
        assert await all_gone(processes)
        assert not left.exists()
    assert files_in(short_place) == []


def fetched(path: str = "/") -> Fetched:
    return Fetched(url=f"http://a.test{path}", status=200, body=SCRIPTED)


async def yes(url: str) -> bool:
    return bool(url)


async def test_where_none_is_installed_that_is_said_and_nothing_is_started() -> None:
    browser = Browser(
        ["/nowhere"], may=yes, hosts=OneByOne(), missing=lambda: "there is no Chromium"
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
    browser = Browser(command, may=yes, hosts=OneByOne(), missing=lambda: None)
    for _ in range(2):
        assert await browser.draw(fetched()) == NotDrawn(reason=reason, again=True)
    await browser.close()
    assert await browser.draw(fetched()) == NotDrawn(
        reason="the browser is being stopped", again=True
    )


async def test_a_page_waits_for_its_hosts_turn_and_not_for_ever() -> None:
    hosts, limits = OneByOne(), BrowserLimits(patience=timedelta(milliseconds=50))
    browser = Browser(["/bin/false"], may=yes, hosts=hosts, limits=limits, missing=lambda: None)
    until = asyncio.get_running_loop().time() + 10
    async with hosts.turn("http://a.test/other", until=until):
        busy = NotDrawn(reason="the browser was busy for too long", again=True)
        assert await browser.draw(fetched()) == busy
    assert await browser.draw(fetched()) != busy
    await browser.close()
