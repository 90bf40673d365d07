"""The browser's process: Playwright and Chromium under it, drawing what the engine asks for.

It ends when its stdin does, and whatever goes wrong beyond one page ends it too: the engine starts
another. Chromium and Playwright's driver die with it.
"""

import asyncio
import contextlib
import os
import shlex
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from playwright._impl._driver import compute_driver_executable
from playwright.async_api import Browser, Error, async_playwright

from crawler.drawing import leashed
from crawler.drawing.chromium import ARGUMENTS, NOT_PLAYWRIGHTS, executable
from crawler.drawing.drawn import NotDrawn
from crawler.drawing.tab import Fresh, Pass, Tab
from crawler.drawing.wire import answer, packed, unpacked
from crawler.frames import pack, read_frame
from crawler.leash import hold_to_parent, take_stdout

_CLOSE_SECONDS = 5.0
_MEMORY = 1024**3
"""Bytes of data that each of Chromium's processes may take."""


class WayOut(Protocol):
    """The proxy through which pages go out."""

    address: str

    def admitted(self) -> AbstractContextManager[Pass]:
        """Give a pass for one page."""
        ...


Opened = Callable[[], AbstractAsyncContextManager[WayOut]]


def serve(opened: Opened, *, agent: str, folder: str) -> None:
    """Serve until stdin ends; `folder` is where the browser may write."""
    hold_to_parent()
    asyncio.run(_served(take_stdout(), opened, agent=agent, folder=Path(folder)))


async def _served(pipe: BinaryIO, opened: Opened, *, agent: str, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    questions = asyncio.StreamReader(limit=1024**2)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(questions), sys.stdin.buffer)
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, pipe)
    async with opened() as way, _chromium(way.address, folder) as browser:
        answers = asyncio.StreamWriter(transport, protocol, None, loop)
        desk = _Desk(way=way, browser=browser, agent=agent, answers=answers)
        browser.on("disconnected", lambda _: os._exit(1))
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                desk.take(await read_frame(questions))
        os._exit(0)  # to close a browser politely takes longer than anybody should wait


@dataclass(slots=True, kw_only=True)
class _Desk:
    """Takes questions and answers them, each as it is done."""

    way: WayOut
    browser: Browser
    agent: str
    answers: asyncio.StreamWriter
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _asked: dict[tuple[int, str], "asyncio.Future[bool]"] = field(default_factory=dict)

    def take(self, frame: bytes) -> None:
        """Take a message of the engine's."""
        head, body = unpacked(frame)
        if "may" in head:
            asked = self._asked.pop((head["id"], head["asked"]), None)
            if asked is not None and not asked.done():
                asked.set_result(head["may"])
            return
        task = asyncio.create_task(self._answer(head, body))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:  # a bug, or a pipe that nobody reads: the engine hears of our end
            traceback.print_exception(error)
            os._exit(1)

    async def _answer(self, head: dict[str, Any], body: bytes) -> None:
        async def may(url: str) -> bool:
            return await self._may(head["id"], url)

        tab = Tab(url=head["url"], headers=head["headers"], body=body, may=may)
        try:
            async with asyncio.timeout(head["seconds"]):
                outcome = await self._drawn(tab)
        except TimeoutError:
            outcome = NotDrawn(reason=f"drawing it took longer than {head['seconds']:g} s")
        said, drawn = answer(outcome)
        await self._send({"id": head["id"], **said}, drawn)

    async def _drawn(self, tab: Tab) -> bytes | NotDrawn:
        with self.way.admitted() as shown:
            fresh = Fresh(
                browser=self.browser, proxy=self.way.address, shown=shown, agent=self.agent
            )
            try:
                context = await fresh.context()
            except Error:
                return NotDrawn(reason="the browser opened no tab for it", again=True)
            try:
                return await tab.drawn(context)
            finally:
                await self._closed(context.close())

    async def _closed(self, closing: Coroutine[Any, Any, None]) -> None:
        """See a tab to its end; one that cannot be closed takes the whole process with it."""
        task = asyncio.create_task(closing)
        done, _ = await asyncio.wait([task], timeout=_CLOSE_SECONDS)
        if not done:
            os._exit(1)
        with contextlib.suppress(Error):
            task.result()

    async def _may(self, number: int, url: str) -> bool:
        known = self._asked.get((number, url))
        if known is None:
            known = self._asked[(number, url)] = asyncio.get_running_loop().create_future()
            await self._send({"id": number, "may": url})
        return await asyncio.shield(known)

    async def _send(self, head: dict[str, Any], body: bytes = b"") -> None:
        self.answers.write(pack(packed(head, body)))
        await self.answers.drain()


@asynccontextmanager
async def _chromium(proxy: str, folder: Path) -> AsyncIterator[Browser]:
    """Start Chromium; it and Playwright's driver are held to us."""
    chromium = executable()
    if chromium is None:
        sys.exit("there is no Chromium")
    node, _ = compute_driver_executable()
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = _on_leash(folder / "driver", node, memory=0)
    async with async_playwright() as playwright:
        yield await playwright.chromium.launch(
            executable_path=_on_leash(folder / "browser", chromium, memory=_MEMORY),
            args=list(ARGUMENTS),
            ignore_default_args=list(NOT_PLAYWRIGHTS),
            chromium_sandbox=os.geteuid() != 0,  # as root Chromium starts without one or not at all
            proxy={"server": proxy, "bypass": "<-loopback>"},
            env={**os.environ, "HOME": str(folder)},
            handle_sigint=False,
        )


def _on_leash(place: Path, program: str, *, memory: int) -> str:
    """Write what starts `program` on our leash, and return its place."""
    command = [sys.executable, "-I", "-S", leashed.__file__, str(memory), program]
    place.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
    place.chmod(0o700)
    return str(place)
