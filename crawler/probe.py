"""Looking at addresses that a page led to: one at a time for each host, robots.txt obeyed.

Who wants to be left alone is; and after the deadline nothing more is asked of anybody.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from crawler.answers import refused
from crawler.candidates import Candidate
from crawler.feeds.fetch import ACCEPT
from crawler.found import Missed
from crawler.http import Fetched, FetchFailed, FetchRequest
from crawler.reader import ReaderParts
from crawler.robots import MAX_BYTES as ROBOTS_BYTES
from crawler.robots import Allowed, Robots
from news.url import absolute, host_of

TRY_DEADLINE = timedelta(seconds=15)
DEADLINE = timedelta(seconds=60)
"""After this nothing more is tried; what was found until then is the answer."""

_LEAVE_ALONE = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_SITEMAP = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
_MOST_NAMED = 100


def _nobody(_: int) -> None:
    """Hear nothing."""


@dataclass(slots=True)
class Probe:
    """One search's way to the network; `at` hears how many addresses were looked at."""

    parts: ReaderParts
    at: Callable[[int], None] = _nobody
    tried: int = 0
    until: float = field(init=False)
    robots: Robots = field(init=False)
    now: datetime = field(init=False)
    _closed: set[str] = field(default_factory=set)
    _rules: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        clock = asyncio.get_running_loop().time
        self.until = clock() + DEADLINE.total_seconds()
        self.robots = Robots(self._exchange, monotonic=clock, clock=self.parts.clock)
        self.now = self.parts.clock()

    async def get(self, one: Candidate) -> Fetched | Missed:
        """Fetch a document, if it may be and is one; else say why not."""
        self.tried += 1
        self.at(self.tried)
        if asyncio.get_running_loop().time() >= self.until:
            return Missed(url=one.url, way=one.way, reason="there was no time left")
        if host_of(one.url) in self._closed:
            return Missed(url=one.url, way=one.way, reason="its host wants to be left alone")
        permission = await self.robots.permission(one.url)
        if not isinstance(permission, Allowed):
            return Missed(url=one.url, way=one.way, reason="robots.txt does not allow it")
        answer = await self.parts.fetcher.fetch(request(one.url))
        if isinstance(answer, FetchFailed):
            return self._missed(one, answer.reason, closed=answer.status is None)
        if not is_document(answer):
            closed = answer.status in _LEAVE_ALONE
            return self._missed(one, refused(answer, self.now).reason, closed=closed)
        return answer

    async def sitemaps_of(self, url: str) -> list[str]:
        """Return the sitemaps that the robots.txt of `url`'s host names."""
        host = host_of(url)
        if host in self._closed:
            return []
        await self.robots.permission(url)
        said = _SITEMAP.findall(self._rules.get(host, b""))[:_MOST_NAMED]
        urls = (absolute(url, text.decode("utf-8", "replace")) for text in said)
        return list(dict.fromkeys(filter(None, urls)))

    def _missed(self, one: Candidate, reason: str, *, closed: bool) -> Missed:
        if closed:
            self._closed.add(host_of(one.url))
        return Missed(url=one.url, way=one.way, reason=reason, closed=closed)

    async def _exchange(self, url: str, *, until: float) -> Fetched | FetchFailed:
        left = max(until - asyncio.get_running_loop().time(), 0.0)
        deadline = min(timedelta(seconds=left), TRY_DEADLINE)
        answer = await self.parts.fetcher.fetch(
            FetchRequest(url=url, deadline=deadline, max_bytes=ROBOTS_BYTES)
        )
        if isinstance(answer, Fetched) and is_document(answer):
            self._rules[host_of(url)] = answer.body
        return answer


def request(url: str) -> FetchRequest:
    """Return the request for what may be a feed."""
    return FetchRequest(url=url, headers={"Accept": ACCEPT}, deadline=TRY_DEADLINE)


def is_document(answer: Fetched) -> bool:
    """Tell whether an answer brings what was asked for."""
    return answer.status in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION)
