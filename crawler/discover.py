"""From any address that a person has to the feeds behind it.

    a feed ──────────────────────────> Found, itself
    a page ──> feeds that it names, or that its platform keeps ──> each tried ──> Found, best first
                 └─ none that is one: well-known places, until one is ──> Found
                        └─ none is: the sitemaps of its site ──> for news ──> Found
                                                                  └─ else ──> NothingFound

What a person named is fetched; what is found by following obeys robots.txt (crawler/probe.py).
Nobody is asked for two things at once, nor for more than twenty-six in all.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crawler import candidates
from crawler.answers import refused
from crawler.candidates import Candidate, Looked, Way, key_of
from crawler.extract.kind import fault_of_body
from crawler.feed_figures import figures_of
from crawler.feeds import task
from crawler.feeds.document import NotAFeed
from crawler.found import (
    Found,
    FoundFeed,
    Missed,
    NothingFound,
    NotReached,
    Outcome,
    best_first,
)
from crawler.http import Fetched
from crawler.probe import Probe, is_document, request
from crawler.reader import ReaderParts
from crawler.sitemap_search import MOST_SITEMAPS, SitemapSearch
from crawler.workers import WorkerFailed
from news.url import host_of, is_http

MOST_FEEDS = 20
"""So many addresses are tried for feeds, the one that was named among them."""
MOST_TRIES = MOST_FEEDS + MOST_SITEMAPS

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9])", re.IGNORECASE)  # "paper.test:80" has none
_MOST_OTHERS = MOST_FEEDS - 1


async def discover(
    text: str, parts: ReaderParts, *, at: Callable[[int], None] | None = None
) -> Outcome:
    """Look at what a person typed, and find the feeds behind it; `https://` may be left out.

    `at` hears how many addresses were looked at so far.
    """
    outcome: Outcome | None = None
    for url in spellings(text):
        answer = await parts.fetcher.fetch(request(url))
        if isinstance(answer, Fetched):
            probe = Probe(parts) if at is None else Probe(parts, at)
            return await _Search(url, probe).of(answer)
        outcome = outcome or NotReached(url=url, reason=answer.reason, status=answer.status)
        if answer.lasting or answer.status is not None:
            return outcome
    return outcome or NotReached(url=text, reason="this is not an http or https address")


def spellings(text: str) -> tuple[str, ...]:
    """Return the addresses that `text` may stand for, the likeliest first."""
    bare = text.strip().removeprefix("feed://").removeprefix("feed:")
    spelt = (bare,) if _SCHEME.match(bare) else (f"https://{bare}", f"http://{bare}")
    return tuple(url for url in spelt if is_http(url))


@dataclass(slots=True)
class _Search:
    """One search: what it was asked for, and what it has tried."""

    url: str
    probe: Probe
    page: str = ""
    sitemaps: SitemapSearch = field(init=False)

    def __post_init__(self) -> None:
        self.sitemaps = SitemapSearch(self.probe)

    async def of(self, answer: Fetched) -> Outcome:
        """Go on from the answer that the address gave."""
        self.page = answer.permanent or self.url
        read = await self._given(answer)
        if isinstance(read, FoundFeed):
            return Found(url=self.page, feeds=(read,), itself=True)
        on_platform = candidates.by_platform(self.page)
        if not is_document(answer):
            tried = await self._try(on_platform)
            feeds = best_first(_well(tried), page=self.page)
            wait = refused(answer, self.probe.now).wait
            lost = NotReached(url=self.url, reason=read.reason, status=answer.status, wait=wait)
            return Found(url=self.page, feeds=feeds) if feeds else lost
        looked = await self._looked_at(answer)
        fault = fault_of_body(answer.body, answer.headers.get("content-type", ""))
        if fault is not None and not looked.candidates and not on_platform:
            # What is no page leads nowhere, and a feed guessed at would not be what was meant.
            reason = f"{read.reason}; {fault}" if answer.body.strip() else read.reason
            return NotReached(url=self.url, reason=reason, status=answer.status)
        tried = await self._feeds(looked.candidates, on_platform, answer.url)
        return await self._outcome(tried, read.reason, looked)

    async def _outcome(self, tried: list[FoundFeed | Missed], what: str, looked: Looked) -> Outcome:
        """Return what was found: feeds, else sitemaps for news, else what there is."""
        missed = tuple(one for one in tried if isinstance(one, Missed))
        feeds = best_first(_well(tried), page=self.page)
        if feeds:
            beside = tuple(await self.sitemaps.beside_feeds(self.page))
            return Found(url=self.page, feeds=feeds, missed=missed, beside=beside)
        sitemaps = await self.sitemaps.of_site(self.page)
        news = tuple(one for one in sitemaps if one.has_titles)
        missed = (*missed, *self.sitemaps.missed)
        if news:
            return Found(url=self.page, feeds=news, missed=missed)
        return NothingFound(
            url=self.page, what=what, title=looked.title, missed=missed, sitemaps=tuple(sitemaps)
        )

    async def _feeds(
        self, named: Sequence[Candidate], on_platform: Sequence[Candidate], url: str
    ) -> list[FoundFeed | Missed]:
        """Try what is named; while that brings no feed, the platform's places, then usual ones."""
        tried = await self._try(named[:_MOST_OTHERS])
        tried += [_untried(one) for one in named[_MOST_OTHERS:]]
        known = {key_of(one.url) for one in named} | {key_of(url)}
        left = _MOST_OTHERS - len(named)
        for places in (on_platform, candidates.guesses(url)):
            if not _well(tried) and left > 0:
                fresh = [one for one in places if key_of(one.url) not in known][:left]
                left -= len(fresh)
                tried += await self._try(fresh)
        return tried

    async def _given(self, answer: Fetched) -> FoundFeed | Missed:
        """Read the document at the address itself, as a sitemap where it begins like one."""
        given = Candidate(url=self.page, way=Way.GIVEN)
        if not is_document(answer):
            reason = refused(answer, self.probe.now).reason
            return Missed(url=self.page, way=Way.GIVEN, reason=reason)
        return await self.sitemaps.itself(answer, self.page) or await self._read(answer, given)

    async def _looked_at(self, answer: Fetched) -> Looked:
        asked = candidates.question(answer.body, answer.headers.get("content-type", ""), answer.url)
        data = await self.probe.parts.parser.call(candidates.FUNCTION, asked)
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
            last = await self._tried(one)
            tried.append(last)
            if isinstance(last, Missed) and last.closed:
                break  # who wants to be left alone, is
            if isinstance(last, FoundFeed) and one.way is Way.GUESSED:
                break  # the others would be the same once more
        return tried

    async def _tried(self, one: Candidate) -> FoundFeed | Missed:
        answer = await self.probe.get(one)
        found = answer if isinstance(answer, Missed) else await self._read(answer, one)
        if isinstance(found, FoundFeed) and one.way is Way.GUESSED and not found.figures.items:
            return Missed(url=one.url, way=one.way, reason="it is a feed without items")
        return found

    async def _read(self, answer: Fetched, one: Candidate) -> FoundFeed | Missed:
        asked = task.question(answer.body, answer.headers, answer.url)
        data = await self.probe.parts.parser.call(task.FUNCTION, asked)
        if isinstance(data, WorkerFailed):
            return Missed(url=one.url, way=one.way, reason=f"it cannot be read: {data.reason}")
        parsed = task.answer(data)
        if isinstance(parsed, NotAFeed):
            return Missed(url=one.url, way=one.way, reason=parsed.reason)
        return FoundFeed(
            url=answer.permanent or one.url,
            ends=answer.url,
            title=parsed.title or one.label,
            label=one.label,
            way=one.way,
            figures=figures_of(parsed, now=self.probe.now),
            feed=parsed,
        )


def _well(tried: Sequence[FoundFeed | Missed]) -> list[FoundFeed]:
    return [one for one in tried if isinstance(one, FoundFeed)]


def _untried(one: Candidate) -> Missed:
    return Missed(url=one.url, way=one.way, reason="not tried: the page names too many")
