"""One visit to a list page: may we, did it change, and if so, which articles does it link to.

It runs in the engine's process; what was fetched is a stranger's and is looked at by a worker.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from crawler.answers import asked_with, failed, settled, unread_by_worker, validators_of
from crawler.asked_visit import AskedVisit
from crawler.drawing.drawn import NotDrawn
from crawler.feeds.freshness import fresh_for
from crawler.follow import Following
from crawler.http import Fetched
from crawler.lists import task
from crawler.lists.find import Asked, FoundLinks, NotAList
from crawler.reader import Parser
from crawler.workers import WorkerFailed
from news.clock import Clock, utc_now
from news.inert import inert
from news.page import Unread
from news.publisher import publisher_of
from news.visit import Failed, Outcome, Told, Visit

_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListVisits:
    """Visits list pages by `following` their addresses, with workers of `parser` to read them."""

    following: Following
    parser: Parser
    clock: Clock = utc_now

    async def visit(self, asked: AskedVisit) -> Visit:
        """Look at the page once; never raises for what a network or a page can do."""
        begun = self.clock()
        answer = await self.following.answer_of(asked.url, asked_with(asked.validators))
        return Visit(
            at=begun,
            outcome=await self._outcome(asked, answer),
            status=answer.status if isinstance(answer, Fetched) else None,
            ms=max(0, int((self.clock() - begun).total_seconds() * 1000)),
            size=len(answer.body) if isinstance(answer, Fetched) else 0,
            permanent=answer.permanent if isinstance(answer, Fetched) else None,
            url=answer.url,
            rest=self.following.robots.crawl_delay(asked.url),
        )

    async def _outcome(self, asked: AskedVisit, answer: Fetched | Unread) -> Outcome:
        if isinstance(answer, Unread):
            return failed(answer)
        known = settled(answer, asked.validators, self.clock(), noun="page")
        if known is not None:
            return known
        found = await self._found(asked, answer)
        if not (asked.spider.render and isinstance(found, Failed)):
            return found
        return await self._drawn(asked, answer, plain=found)

    async def _drawn(self, asked: AskedVisit, answer: Fetched, *, plain: Failed) -> Outcome:
        """Look at the page as it is after its scripts ran; `plain` is how it failed without.

        What is known of it the next time is the drawn page: its server says "unchanged" of one
        whose scripts list something else.
        """
        drawn = await self.following.drawing.draw(answer)
        if isinstance(drawn, NotDrawn):
            return replace(plain, reason=f"{plain.reason}, and it was not drawn: {drawn.reason}")
        known = settled(drawn, asked.validators, self.clock(), noun="page")
        return known or await self._found(asked, drawn)

    async def _found(self, asked: AskedVisit, answer: Fetched) -> Outcome:
        if publisher_of(answer.url) != publisher_of(asked.url):
            return Failed(reason=leads_elsewhere(answer.url))
        wanted = Asked(
            url=answer.url,
            headers=answer.headers,
            links=asked.spider.links,
            learned=asked.learned,
            now=self.clock(),
        )
        made = await self.parser.call(task.FUNCTION, task.question(answer.body, wanted))
        if isinstance(made, WorkerFailed):
            return unread_by_worker(made, "page")
        match task.answer(made):
            case NotAList(reason, learned):
                return Failed(reason=reason, learned=learned)
            case FoundLinks() as found:
                return Told(
                    entries=found.entries,
                    validators=validators_of(answer),
                    title=found.title,
                    wait=fresh_for(answer.headers),
                    learned=found.learned,
                    anew=found.anew,
                )
            case _ as never:
                assert_never(never)


def leads_elsewhere(url: str) -> str:
    """Say that the address leads away: a name that was given up is often sold to anybody."""
    shown = inert(url.partition("?")[0][:_SHOWN])
    return f"the page leads to another site, {shown}; if its news stand there now, name that as url"
