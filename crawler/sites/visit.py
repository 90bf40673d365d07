"""One visit to a whole site: its front page, then the section pages whose turn it is.

It runs in the engine's process. The rest that a host wants between requests is kept here, and all
of it ends in time for the engine to be answered (crawler/engine.py).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import assert_never

from crawler.answers import asked_with, failed, settled, unread_by_worker, validators_of
from crawler.asked_visit import AskedVisit
from crawler.drawing.drawn import NotDrawn
from crawler.follow import Following
from crawler.http import DEADLINE, Fetched
from crawler.lists.find import Asked, NotAList
from crawler.lists.learned import written
from crawler.lists.visit import leads_elsewhere
from crawler.reader import Parser
from crawler.robots import Allowed
from crawler.sites import task
from crawler.sites.address import scope_of, section_key
from crawler.sites.course import bounds_of
from crawler.sites.look import AskedPage, Looked
from crawler.sites.memory import Section, memory_from
from crawler.sites.round import Round
from crawler.workers import WorkerFailed
from news.clock import Clock, utc_now
from news.page import Unread
from news.publisher import publisher_of
from news.url import host_of
from news.visit import Failed, Outcome, Unchanged, Visit

TIME = timedelta(seconds=60)
"""No page is asked for later than this after a visit began."""

_LEAST = timedelta(seconds=5)
"""With less than this left, no further page is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteVisits:
    """Visits whole sites by `following` addresses, with workers of `parser` to read pages."""

    following: Following
    parser: Parser
    clock: Clock = utc_now
    most: timedelta = TIME
    monotonic: Callable[[], float] = time.monotonic
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def visit(self, asked: AskedVisit) -> Visit:
        """Look at the site once; never raises for what a network or a page can do."""
        begun = self.clock()
        until = self.monotonic() + self.most.total_seconds()
        scope = scope_of(asked.url, asked.spider.sections)
        memory = memory_from(asked.learned)
        around = Round(scope=scope, bounds=bounds_of(asked.spider), now=begun, memory=memory)
        pages = _Pages(self, asked, around, until)
        outcome = await pages.looked_at()
        return Visit(
            at=begun,
            outcome=outcome,
            status=pages.status,
            ms=max(0, int((self.clock() - begun).total_seconds() * 1000)),
            size=pages.size,
            permanent=pages.permanent,
            url=pages.url,
            rest=self.following.robots.crawl_delay(asked.url),
        )


@dataclass(slots=True)
class _Pages:
    """The pages of one visit: one after the other, each host left alone as it wants."""

    site: SiteVisits
    asked: AskedVisit
    around: Round
    until: float
    status: int | None = None
    size: int = 0
    permanent: str | None = None
    url: str | None = None
    _asked_at: dict[str, float] = field(default_factory=dict)

    async def looked_at(self) -> Outcome:
        """Look at one after the other, and return what came of it."""
        while (section := self.around.next()) is not None:
            is_front = section.depth == 0
            permission = await self.site.following.robots.permission(section.url)
            asks = isinstance(permission, Allowed)
            if asks and not is_front and not await self._rested(section.url):
                break
            found = await self._look(section)
            if asks:
                self._asked_at[host_of(section.url)] = self.site.monotonic()
            if is_front and isinstance(found, Failed):
                return self.around.failed(found)
            self.around.take(section, found)
        return self.around.outcome()

    async def _rested(self, url: str) -> bool:
        """Leave the host alone as long as it wants; False if that takes all the time there is."""
        clock = self.site.monotonic
        rest = self.site.following.rest_of(url).total_seconds()
        wait = self._asked_at.get(host_of(url), -rest) + rest - clock()
        if clock() + max(wait, 0.0) + _LEAST.total_seconds() > self.until:
            return False
        if wait > 0:
            await self.site.pause(wait)
        return True

    async def _look(self, section: Section) -> Looked | Unchanged | Failed:
        clock = self.site.monotonic
        left = timedelta(seconds=max(self.until - clock(), _LEAST.total_seconds()))
        following = replace(self.site.following, deadline=min(DEADLINE, left))
        answer = await following.answer_of(section.url, asked_with(section.validators))
        if isinstance(answer, Fetched):
            self.size += len(answer.body)
        if section.depth == 0:
            self.status = answer.status if isinstance(answer, Fetched) else None
            self.permanent = answer.permanent if isinstance(answer, Fetched) else None
            self.url = answer.url
        if isinstance(answer, Unread):
            return failed(answer)
        known = settled(answer, section.validators, self.site.clock(), noun="page")
        if known is not None:
            return known
        found = await self._read(section, answer)
        lacks = isinstance(found, Failed) or not found.entries
        if not (self.asked.spider.render and lacks):
            return found
        return await self._drawn(section, answer, plain=found)

    async def _drawn(
        self, section: Section, answer: Fetched, *, plain: Looked | Failed
    ) -> Looked | Unchanged | Failed:
        """Look at a page as it is after its scripts ran; `plain` is what it tells without."""
        drawn = await self.site.following.drawing.draw(answer)
        if isinstance(drawn, NotDrawn):
            if isinstance(plain, Looked):
                return plain
            return replace(plain, reason=f"{plain.reason}, and it was not drawn: {drawn.reason}")
        known = settled(drawn, section.validators, self.site.clock(), noun="page")
        return known or await self._read(section, drawn)

    async def _read(self, section: Section, answer: Fetched) -> Looked | Failed:
        if publisher_of(answer.url) != publisher_of(self.asked.url):
            return Failed(reason=leads_elsewhere(answer.url))
        ended = section_key(answer.url)
        away = section.depth > 0 and ended != section_key(section.url)
        if away and ended in self.around.sections:
            return Failed(reason=f"it leads to {ended}, which is looked at anyway")
        page = AskedPage(
            asked=Asked(
                url=answer.url,
                headers=answer.headers,
                links=self.asked.spider.links,
                learned=written(self.around.site),
                now=self.site.clock(),
            ),
            scope=self.around.scope,
            front=section.depth == 0,
        )
        made = await self.site.parser.call(task.FUNCTION, task.question(answer.body, page))
        if isinstance(made, WorkerFailed):
            return unread_by_worker(made, "page")
        match task.answer(made):
            case NotAList(reason, learned):
                return Failed(reason=reason, learned=learned)
            case Looked() as found:
                return replace(found, validators=validators_of(answer))
            case _ as never:
                assert_never(never)
