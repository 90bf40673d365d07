"""Rests of hosts: before and after each page and visit, by whose patience it draws on.

a page      then its host rests: crawl-delay, `[network] delay`
a refusal   then all of its limit key cools down (scheduler/cooling.py): sources are not claimed,
            and pages are not asked for, but what their entries say themselves is told at once
a feed      keeps the crawl-delay of its host, too, where one is known
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from archive import cooldowns, entries, hosts, sources
from archive.database import Database, Transaction
from news.clock import Clock
from news.cooling import Cooling, Refusal
from news.limit import limit_key
from news.page import PageOutcome, Unread
from news.publisher import publisher_of
from news.source import DueSource
from news.url import host_of
from news.visit import Failed, Visit
from scheduler.cooling import cooled

WAITED_FOR = timedelta(minutes=2)
"""So long a host's pages wait for it; where it asked for more, their entries go on without them."""

_REFUSING = (
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """Keeps them in `database`.

    `page_delay` says how long a host rests after a page; `crawl_delay` what its robots.txt asked
    for, as far as it was read.
    """

    database: Database
    page_delay: Callable[[str], timedelta]
    crawl_delay: Callable[[str], timedelta]
    clock: Clock

    async def page(self, url: str, read: Callable[[], Awaitable[PageOutcome]]) -> PageOutcome:
        """Have the page at `url` read, unless its host wants rest."""
        key, now = limit_key(url), self.clock()
        known = await self.database.read(
            lambda conn: (cooldowns.of_all(conn, key), cooldowns.of_pages(conn, key))
        )
        for cooling in known:
            if cooling is not None and cooling.until is not None and cooling.holds(now):
                wait = cooling.until - now
                return Unread(reason=rest_in_words(cooling), again=True, wait=wait)
        outcome = await read()
        await self._after(url, outcome, refused_before=known != (None, None))
        return outcome

    async def may_visit(self, source: DueSource) -> bool:
        """Tell whether the crawl-delay of its host lets `source` be visited; else put it off."""
        url = source.address
        delay = self.crawl_delay(url)
        if not delay:
            return True

        def begin(conn: Transaction) -> bool:
            now = self.clock()
            until = hosts.rests_until(conn, limit_key(url), now=now)
            if until is not None:
                sources.put_off(conn, source, until=min(until, now + delay))
                return False
            entries.rest_host(conn, host_of(url), until=now + delay)
            return True

        return await self.database.write(begin)

    def visited(self, conn: Transaction, source: DueSource, visit: Visit) -> None:
        """Note what a visit says of its limit key, within transaction 1."""
        key, now = limit_key(source.address), self.clock()
        if not isinstance(visit.outcome, Failed):
            cooldowns.worked(conn, key, now=now)
            return
        worked = source.last_good_at is not None
        refusal = Refusal(status=visit.status, wait=visit.outcome.wait, worked=worked)
        cooling = cooled(cooldowns.of_all(conn, key), refusal, now=now)
        if cooling is not None:
            cooldowns.keep(conn, key, cooling)

    async def after_visit(self, source: DueSource, visit: Visit) -> None:
        """Let the pages of its host wait, as after any other page."""
        url = source.address
        rest = self.crawl_delay(url)
        if visit.rest is not None:  # a list is a page
            rest = max(visit.rest, self.page_delay(url))
        if rest:
            until = self.clock() + rest
            await self.database.write(lambda c: entries.rest_host(c, host_of(url), until=until))

    async def _after(self, url: str, outcome: PageOutcome, *, refused_before: bool) -> None:
        asked = outcome.wait if isinstance(outcome, Unread) else None
        rest = max(self.page_delay(url), min(asked or timedelta(), WAITED_FOR))
        says = refused_before or (isinstance(outcome, Unread) and outcome.status in _REFUSING)
        if not rest and not says:
            return

        def note(conn: Transaction) -> None:
            if rest:
                entries.rest_host(conn, host_of(url), until=self.clock() + rest)
            if says:
                self._judge(conn, url, outcome)

        await self.database.write(note)

    def _judge(self, conn: Transaction, url: str, outcome: PageOutcome) -> None:
        key, now = limit_key(url), self.clock()
        if not isinstance(outcome, Unread):
            cooldowns.worked(conn, key, now=now)
            cooldowns.worked(conn, key, now=now, pages=True)
            return
        at = outcome.url or url  # redirects may have led to another host, and it is that one's word
        key = limit_key(at)
        pages = outcome.status == HTTPStatus.FORBIDDEN
        refusal = Refusal(
            status=outcome.status,
            wait=outcome.wait,
            worked=pages and cooldowns.gave_pages(conn, publisher_of(at)),
        )
        known = (cooldowns.of_pages if pages else cooldowns.of_all)(conn, key)
        cooling = cooled(known, refusal, now=now)
        if cooling is not None:
            cooldowns.keep(conn, key, cooling, pages=pages)


def rest_in_words(cooling: Cooling) -> str:
    """Say until when a host wants to be left alone, and why we think so."""
    return f"its host asked for rest until {cooling.until:%Y-%m-%d %H:%M} UTC ({cooling.why})"
