"""The engine's side of the pipe: the stock Scrapy process, answering what the parent asks.

    in    {"id": 7, "url": "https://…", "render": false}    a page to be read
          {"id": 6, "url": …, "render": …, "again": {…}}    a page that had these marks before
          {"id": 8, "visit": {"kind": "list", …}}           a source to be looked at
    out   {"id": 7, "crawl_delay": 0.0, "outcome": {…}, "marks": {…}}     when it was read
          {"id": 6, "crawl_delay": 0.0, "same": true}       it is what it was
          {"id": 8, "crawl_delay": 0.0, "visit": {…}}       when it was looked at
          {}                                                every few seconds: I am well
    both  {"want": 3, …}, {"granted": 3}, {"done": 3}       whose turn it is (crawler/turns.py)

Questions are answered in the order in which they are done. It ends when its stdin does.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, BinaryIO

from scrapy.crawler import AsyncCrawlerProcess

from crawler.asked_visit import asked_read, visit_plain
from crawler.extract.wire import outcome_plain
from crawler.frames import pack, read_frame
from crawler.gathering import Gathering
from crawler.leash import hold_to_parent, take_stdout
from crawler.marks import marks_plain, marks_read
from crawler.room import Room
from crawler.spiders.pages import PagesSpider
from crawler.turns import AskedTurns
from news.clock import utc_now
from news.page import Page, PageOutcome, SamePage, Unread
from news.visit import Failed, Visit

logger = logging.getLogger(__name__)

HEARTBEAT = timedelta(seconds=5)


def serve(settings: Mapping[str, Any]) -> None:
    """Serve until stdin ends; `settings` are the hardened ones and what the roof brings."""
    hold_to_parent()
    service = _Service(take_stdout())
    process = AsyncCrawlerProcess({**settings, "LOG_LEVEL": "WARNING"})
    process.crawl(PagesSpider, service=service)
    process.start(install_signal_handlers=False)


class _Service:
    """Reads questions and writes answers, as many at a time as the parent asks."""

    def __init__(self, answers: BinaryIO) -> None:
        self._pipe = answers
        self._reads: set[asyncio.Task[None]] = set()
        self._room = Room()
        self.turns = AskedTurns(self._put)

    async def serve(self, gathering: Gathering) -> None:
        """Answer questions with `gathering` until the parent closes the pipe."""
        loop = asyncio.get_running_loop()
        questions = asyncio.StreamReader()
        await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(questions), sys.stdin.buffer
        )
        transport, protocol = await loop.connect_write_pipe(
            asyncio.streams.FlowControlMixin, self._pipe
        )
        self._answers = asyncio.StreamWriter(transport, protocol, None, loop)
        beating = asyncio.create_task(self._beat())
        try:
            while True:
                question = json.loads(await read_frame(questions))
                if "granted" in question:
                    self.turns.granted(question["granted"])
                    continue
                reading = asyncio.create_task(self._answer(gathering, question))
                self._reads.add(reading)
                reading.add_done_callback(self._reads.discard)
        except asyncio.IncompleteReadError:
            pass  # the parent wants us to end, and asks for no answers any more
        finally:
            beating.cancel()
            for reading in self._reads:
                reading.cancel()
            transport.close()

    async def _answer(self, gathering: Gathering, question: dict[str, Any]) -> None:
        try:
            async with self._room.guest():
                answer = await (_visited if "visit" in question else _read)(gathering, question)
        except Exception as error:  # this is the loop: a bug costs one page, and is answered for
            logger.exception("reading a page failed")
            answer = _failed(question, f"reading it failed with {type(error).__name__}")
        await self._send({"id": question["id"], "crawl_delay": 0.0, **answer})

    async def _beat(self) -> None:
        while True:
            await self._send({})
            await asyncio.sleep(HEARTBEAT.total_seconds())

    async def _send(self, message: dict[str, Any]) -> None:
        self._put(message)
        await self._answers.drain()

    def _put(self, message: Mapping[str, Any]) -> None:
        if not self._answers.is_closing():
            self._answers.write(pack(json.dumps(message).encode()))


async def _read(gathering: Gathering, question: dict[str, Any]) -> dict[str, Any]:
    url, render = question["url"], question["render"]
    if "again" in question:
        marks = marks_read(question["again"])
        looked = await gathering.pages.look_again(url, marks, render=render)
        return {"crawl_delay": looked.crawl_delay.total_seconds(), **_told(looked.outcome)}
    read = await gathering.pages.read(url, render=render)
    return {"crawl_delay": read.crawl_delay.total_seconds(), **_told(read.outcome)}


def _told(outcome: PageOutcome | SamePage) -> dict[str, Any]:
    if isinstance(outcome, SamePage):
        return {"same": True}
    marks = outcome.marks if isinstance(outcome, Page) else None
    return {"outcome": outcome_plain(outcome), "marks": marks_plain(marks)}


async def _visited(gathering: Gathering, question: dict[str, Any]) -> dict[str, Any]:
    asked = asked_read(question["visit"])
    visit = await gathering.visit(asked)
    delay = gathering.following.robots.crawl_delay(asked.url)
    return {"crawl_delay": delay.total_seconds(), "visit": visit_plain(visit)}


def _failed(question: dict[str, Any], reason: str) -> dict[str, Any]:
    if "visit" in question:
        return {"visit": visit_plain(Visit(at=utc_now(), outcome=Failed(reason=reason)))}
    return {"outcome": outcome_plain(Unread(reason=reason))}
