"""One visit to a sitemap: did it change, what in it is new; of an index, the same of its sitemaps.

It runs in the engine's process; what was fetched is a stranger's and is looked at by a worker.

named ──> unchanged? ──> addresses ──> the new ones
              │             └─ an index ──┐
              └─ an index, remembered ────┴─> its likeliest sitemaps, robots.txt obeyed, each asked
                                              whether it changed ──> the new ones of all
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from crawler.answers import asked_with, failed, settled, validators_of
from crawler.asked_visit import AskedVisit
from crawler.feeds.freshness import fresh_for
from crawler.follow import Following
from crawler.http import Fetched
from crawler.reader import Parser
from crawler.sitemaps import task
from crawler.sitemaps.children import MOST_READ
from crawler.sitemaps.document import Child, NotASitemap
from crawler.sitemaps.gathered import Gathered
from crawler.sitemaps.learned import Known, learned_from
from crawler.sitemaps.named import Named, named
from crawler.sitemaps.read import Asked, Index, Read, Sifted
from crawler.workers import WorkerFailed
from news.clock import Clock, utc_now
from news.page import Unread
from news.source import Validators
from news.visit import Failed, Outcome, Unchanged, Visit

PATIENCE = timedelta(seconds=45)
"""After this no further sitemap is begun; each has a third of it to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapVisits:
    """Visits sitemaps by `following` their addresses, with workers of `parser` to read them."""

    following: Following
    parser: Parser
    clock: Clock = utc_now

    async def visit(self, asked: AskedVisit) -> Visit:
        """Look once; never raises for what a network or a document can do."""
        begun = self.clock()
        got = await named(self.following, asked.url, asked_with(asked.validators))
        look = _Look(asked=asked, visits=self, until=_now() + PATIENCE.total_seconds())
        outcome = await look.outcome(got)
        answer = got.answer
        return Visit(
            at=begun,
            outcome=outcome,
            status=answer.status if isinstance(answer, Fetched) else None,
            ms=max(0, int((self.clock() - begun).total_seconds() * 1000)),
            size=look.size,
            rest=self.following.robots.crawl_delay(asked.url),
            permanent=got.permanent,
            url=got.answer.url,
        )

    async def read(self, answer: Fetched, asked: Asked) -> Read:
        """Let a worker read a document."""
        made = await self.parser.call(task.FUNCTION, task.question(answer.body, asked))
        if isinstance(made, WorkerFailed):
            return NotASitemap(f"the sitemap cannot be read: {made.reason}")
        return task.answer(made)


@dataclass(slots=True, kw_only=True)
class _Look:
    """One visit under way."""

    asked: AskedVisit
    visits: SitemapVisits
    until: float
    size: int = 0

    async def outcome(self, got: Named) -> Outcome:
        answer, learned = got.answer, learned_from(self.asked.learned)
        if isinstance(answer, Unread):
            return failed(answer)
        self.size += len(answer.body)
        known = settled(answer, self.asked.validators, self.visits.clock(), noun="sitemap")
        if isinstance(known, Failed):
            return known
        gathered = Gathered(learned=learned, now=self.visits.clock())
        if known is not None:
            if not learned.children:
                return known
            remembered = [Child(one.url) for one in learned.documents]
            return await self._children(gathered, remembered[:MOST_READ], known.validators)
        validators = validators_of(answer)
        made = await self.visits.read(answer, self._question(gathered, self.asked.url))
        match made:
            case NotASitemap(reason):
                return Failed(reason=reason)
            case Sifted():
                gathered.take(made, Validators(), "", wait=fresh_for(answer.headers))
                # What waits to be told is read again, though the document stays as it is.
                return gathered.told(Validators() if made.after.waiting else validators)
            case Index():
                gathered.take_index(made)
                return await self._children(gathered, made.children, validators)
            case _:
                assert_never(made)

    async def _children(
        self, gathered: Gathered, children: tuple[Child, ...] | list[Child], validators: Validators
    ) -> Outcome:
        """Read sitemaps of an index; one that is an index itself adds its own, once."""
        queue = [(child, 1) for child in children]
        asked: set[str] = set()
        while queue and len(asked) < MOST_READ and _now() < self.until:
            child, depth = queue.pop(0)
            if child.url in asked:
                continue
            asked.add(child.url)
            made = await self._child(gathered, child)
            if isinstance(made, Index) and depth == 1:
                gathered.take_index(made, nested=True)
                queue = [*((one, depth + 1) for one in made.children), *queue]
        gathered.asked = len(asked)
        if not gathered.answered:
            reason = gathered.faults[0] if gathered.faults else "the index names no sitemaps"
            return Failed(reason=reason)
        if not gathered.changed:
            return Unchanged(validators=validators)
        return gathered.told(validators)

    async def _child(self, gathered: Gathered, child: Child) -> Read | None:
        """Ask for one sitemap and take what it brings; return what it is, where it was read."""
        known = gathered.learned.of(child.url) or Known(url=child.url)
        third = replace(self.visits.following, deadline=PATIENCE / 3)
        answer = await third.answer_of(child.url, asked_with(known.validators))
        if isinstance(answer, Unread):
            gathered.miss(child, answer.reason)
            return None
        self.size += len(answer.body)
        state = settled(answer, known.validators, self.visits.clock(), noun="sitemap")
        if isinstance(state, Failed):
            gathered.miss(child, state.reason)
            return None
        if state is not None:
            gathered.keep(known.stamped(state.validators, child.lastmod), wait=state.wait)
            return None
        fresh = child.url in gathered.fresh
        made = await self.visits.read(answer, self._question(gathered, child.url, fresh=fresh))
        if isinstance(made, NotASitemap):
            gathered.miss(child, made.reason)
        elif isinstance(made, Sifted):
            validators, wait = validators_of(answer), fresh_for(answer.headers)
            gathered.take(made, validators, child.lastmod, wait=wait)
        return made

    def _question(self, gathered: Gathered, url: str, *, fresh: bool | None = None) -> Asked:
        """Return what a worker is to be asked; `fresh` is None where no index named it."""
        return Asked(
            url=url,
            learned=self.asked.learned,
            now=self.visits.clock(),
            child=fresh is not None,
            fresh=bool(fresh),
            room=gathered.room,
        )


def _now() -> float:
    return asyncio.get_running_loop().time()
