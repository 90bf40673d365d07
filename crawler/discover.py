"""From any address that a person has to the feeds behind it.

    a feed ──────────────────────────> Found, itself
    a page ──> feeds that it names ──> each tried ──> Found, best first
                 └─ none that is one: well-known places, until one is ──> Found
                                                         └─ none is ────> NothingFound

What a person named is fetched; what is found by following obeys robots.txt. Nobody is asked for
two things at once, nor for more than twenty in all.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from crawler import candidates
from crawler.answers import refused
from crawler.candidates import Candidate, Looked, Way, key_of
from crawler.extract.kind import fault_of_body
from crawler.feed_figures import figures_of
from crawler.feeds import task
from crawler.feeds.document import NotAFeed
from crawler.feeds.fetch import ACCEPT
from crawler.found import (
    Found,
    FoundFeed,
    Missed,
    NothingFound,
    NotReached,
    Outcome,
    best_first,
)
from crawler.http import Fetched, FetchFailed, FetchRequest
from crawler.reader import ReaderParts
from crawler.robots import MAX_BYTES as ROBOTS_BYTES
from crawler.robots import Allowed, Robots
from crawler.workers import WorkerFailed
from news.url import host_of, is_http

MOST_TRIES = 20
TRY_DEADLINE = timedelta(seconds=15)
DEADLINE = timedelta(seconds=60)
"""After this nothing more is tried; what was found until then is the answer."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9])", re.IGNORECASE)  # "paper.test:80" has none
_MOST_OTHERS = MOST_TRIES - 1
"""The address itself is one of the tries."""


async def discover(text: str, parts: ReaderParts) -> Outcome:
    """Look at what a person typed, and find the feeds behind it; `https://` may be left out."""
    outcome: Outcome | None = None
    for url in spellings(text):
        answer = await parts.fetcher.fetch(_request(url))
        if isinstance(answer, Fetched):
            return await _Search(url, parts).of(answer)
        outcome = outcome or NotReached(url=url, reason=answer.reason, status=answer.status)
        if answer.lasting or answer.status is not None:
            return outcome
    return outcome or NotReached(url=text, reason="this is not an http or https address")


def spellings(text: str) -> tuple[str, ...]:
    """Return the addresses that `text` may stand for, the likeliest first."""
    bare = text.strip().removeprefix("feed://").removeprefix("feed:")
    spelt = (bare,) if _SCHEME.match(bare) else (f"https://{bare}", f"http://{bare}")
    return tuple(url for url in spelt if is_http(url))


def _request(url: str, *, deadline: timedelta = TRY_DEADLINE) -> FetchRequest:
    return FetchRequest(url=url, headers={"Accept": ACCEPT}, deadline=deadline)


@dataclass(slots=True)
class _Search:
    """One search: what it was asked for, and what it has tried."""

    url: str
    parts: ReaderParts
    page: str = ""
    until: float = field(init=False)
    robots: Robots = field(init=False)
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        clock = asyncio.get_running_loop().time
        self.until = clock() + DEADLINE.total_seconds()
        self.robots = Robots(self._exchange, monotonic=clock, clock=self.parts.clock)
        self.now = self.parts.clock()

    async def of(self, answer: Fetched) -> Outcome:
        """Go on from the answer that the address gave."""
        self.page = answer.permanent or self.url
        read = await self._read(answer, Candidate(url=self.page, way=Way.GIVEN))
        if isinstance(read, FoundFeed):
            return Found(url=self.page, feeds=(read,), itself=True)
        if not _is_document(answer):
            wait = refused(answer, self.now).wait
            return NotReached(url=self.url, reason=read.reason, status=answer.status, wait=wait)
        looked = await self._looked_at(answer)
        fault = fault_of_body(answer.body, answer.headers.get("content-type", ""))
        if fault is not None and not looked.candidates:
            # What is no page leads nowhere, and a feed guessed at would not be what was meant.
            reason = f"{read.reason}; {fault}" if answer.body.strip() else read.reason
            return NotReached(url=self.url, reason=reason, status=answer.status)
        tried = await self._try(looked.candidates[:_MOST_OTHERS])
        tried += [_untried(one) for one in looked.candidates[_MOST_OTHERS:]]
        if not any(isinstance(one, FoundFeed) for one in tried):
            known = {key_of(one.url) for one in looked.candidates} | {key_of(answer.url)}
            places = [one for one in candidates.guesses(answer.url) if key_of(one.url) not in known]
            tried += await self._try(places[: max(_MOST_OTHERS - len(looked.candidates), 0)])
        missed = tuple(one for one in tried if isinstance(one, Missed))
        read_well = [one for one in tried if isinstance(one, FoundFeed)]
        feeds = best_first(read_well, page=self.page)
        if feeds:
            return Found(url=self.page, feeds=feeds, missed=missed)
        return NothingFound(url=self.page, what=read.reason, title=looked.title, missed=missed)

    async def _looked_at(self, answer: Fetched) -> Looked:
        asked = candidates.question(answer.body, answer.headers.get("content-type", ""), answer.url)
        data = await self.parts.parser.call(candidates.FUNCTION, asked)
        return Looked() if isinstance(data, WorkerFailed) else candidates.answer(data)

    async def _try(self, wanted: Sequence[Candidate]) -> list[FoundFeed | Missed]:
        """Try each; one after the other where they stand on one host, hosts side by side."""
        hosts: dict[str, list[Candidate]] = defaultdict(list)
        for one in wanted:
            hosts[host_of(one.url)].append(one)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._try_host(several)) for several in hosts.values()]
        return [one for done in tasks for one in done.result()]

    async def _try_host(self, wanted: Sequence[Candidate]) -> list[FoundFeed | Missed]:
        tried: list[FoundFeed | Missed] = []
        for one in wanted:
            if asyncio.get_running_loop().time() >= self.until:
                tried.append(Missed(url=one.url, way=one.way, reason="there was no time left"))
                continue
            last = await self._tried(one)
            tried.append(last)
            if isinstance(last, Missed) and last.closed:
                break  # who wants to be left alone, is
            if isinstance(last, FoundFeed) and one.way is Way.GUESSED:
                break  # the others would be the same once more
        return tried

    async def _tried(self, one: Candidate) -> FoundFeed | Missed:
        permission = await self.robots.permission(one.url)
        if not isinstance(permission, Allowed):
            return Missed(url=one.url, way=one.way, reason="robots.txt does not allow it")
        answer = await self.parts.fetcher.fetch(_request(one.url))
        if isinstance(answer, FetchFailed):
            closed = answer.status is None
            return Missed(url=one.url, way=one.way, reason=answer.reason, closed=closed)
        found = await self._read(answer, one)
        if isinstance(found, FoundFeed) and one.way is Way.GUESSED and not found.figures.items:
            return Missed(url=one.url, way=one.way, reason="it is a feed without items")
        return found

    async def _read(self, answer: Fetched, one: Candidate) -> FoundFeed | Missed:
        if not _is_document(answer):
            closed = answer.status in _LEAVE_ALONE
            reason = refused(answer, self.now).reason
            return Missed(url=one.url, way=one.way, reason=reason, closed=closed)
        asked = task.question(answer.body, answer.headers, answer.url)
        data = await self.parts.parser.call(task.FUNCTION, asked)
        if isinstance(data, WorkerFailed):
            return Missed(url=one.url, way=one.way, reason=f"it cannot be read: {data.reason}")
        parsed = task.answer(data)
        if isinstance(parsed, NotAFeed):
            return Missed(url=one.url, way=one.way, reason=parsed.reason)
        return FoundFeed(
            url=answer.permanent or one.url,
            title=parsed.title or one.label,
            label=one.label,
            way=one.way,
            figures=figures_of(parsed, now=self.now),
            feed=parsed,
        )

    async def _exchange(self, url: str, *, until: float) -> Fetched | FetchFailed:
        left = max(until - asyncio.get_running_loop().time(), 0.0)
        deadline = min(timedelta(seconds=left), TRY_DEADLINE)
        return await self.parts.fetcher.fetch(
            FetchRequest(url=url, deadline=deadline, max_bytes=ROBOTS_BYTES)
        )


_LEAVE_ALONE = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


def _is_document(answer: Fetched) -> bool:
    return answer.status in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION)


def _untried(one: Candidate) -> Missed:
    return Missed(url=one.url, way=one.way, reason="not tried: the page names too many")
