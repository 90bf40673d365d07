"""Reads one page: may we, fetch it, hop by hop where it leads on, extract it in a worker.

Whatever is found by following obeys robots.txt, so each hop asks its own host first. What was
fetched is a stranger's document and is looked at by a worker only.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from itertools import count
from typing import assert_never

from crawler.extract.wire import extraction_asked, outcome_read
from crawler.http import DEADLINE, Fetched, FetchFailed
from crawler.politeness import Exchange
from crawler.redirects import next_hop
from crawler.robots import Allowed, Disallowed, Robots, Unknown
from crawler.workers import NotTaken, WorkerFailed, WorkerPool
from news.clock import Clock, utc_now
from news.page import PageOutcome, Unread
from news.retry_after import wait_asked_for
from news.url import host_of

_EXTRACT = "crawler.extract.worker:extracted"
_LATER = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """How reading a page went, and the rest that its host asks for after each request."""

    outcome: PageOutcome
    crawl_delay: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReader:
    """Reads pages through `exchange`, with workers of `pool` for what they hold."""

    exchange: Exchange
    robots: Robots
    pool: WorkerPool
    clock: Clock = utc_now
    deadline: timedelta = DEADLINE

    async def read(self, url: str) -> ReadPage:
        """Read the page at `url`; never raises for what a network or a page can do."""
        if not host_of(url):
            return ReadPage(Unread(reason="this is not an http or https address"))
        answer = await self._followed(url)
        outcome = await self._outcome(answer) if isinstance(answer, Fetched) else answer
        return ReadPage(outcome, self.robots.crawl_delay(url))

    async def _followed(self, url: str) -> Fetched | Unread:
        """Return the answer where the redirects end, each hop allowed by its own host."""
        until: float | None = None
        for hops in count():
            permission = await self.robots.permission(url)
            if not isinstance(permission, Allowed):
                return _refused(url, permission)
            until = until or asyncio.get_running_loop().time() + self.deadline.total_seconds()
            answer = await self.exchange(url, until=until)
            if isinstance(answer, FetchFailed):
                return Unread(reason=answer.reason, again=not answer.lasting)
            target = next_hop(answer, hops=hops)
            if isinstance(target, FetchFailed):
                return Unread(reason=target.reason)
            if target is None:
                return answer
            url = target
        raise AssertionError("next_hop ends every way")

    async def _outcome(self, answer: Fetched) -> PageOutcome:
        if answer.status != HTTPStatus.OK:
            return self._not_ok(answer)
        asked = extraction_asked(answer.body, url=answer.url, headers=answer.headers)
        made = await self.pool.call(_EXTRACT, asked)
        match made:
            case WorkerFailed(reason) as failed:
                again = isinstance(failed, NotTaken)
                return Unread(reason=f"its text could not be extracted: {reason}", again=again)
            case bytes():
                return outcome_read(made)
            case _:
                assert_never(made)

    def _not_ok(self, answer: Fetched) -> Unread:
        status = answer.status
        later = status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        asked = wait_asked_for(answer.headers.get("retry-after"), now=self.clock())
        return Unread(reason=f"HTTP {status}", again=later, wait=asked if later else None)


def _refused(url: str, permission: Disallowed | Unknown) -> Unread:
    match permission:
        case Disallowed():
            return Unread(reason=f"robots.txt of {host_of(url)} does not allow it")
        case Unknown(reason, wait):
            return Unread(reason=reason, again=True, wait=wait)
        case _:
            assert_never(permission)
