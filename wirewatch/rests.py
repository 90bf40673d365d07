"""Rests of hosts: before and after each page and visit, by whose patience it draws on.

a page      then its host rests: crawl-delay, `[network] delay`; of a platform only the latter
a refusal   then its host cools down (scheduler/cooling.py): sources are not claimed, and pages
            are not asked for, but what their entries say themselves is told at once
another     of the same platform meanwhile: then all of the platform cools down
a feed      keeps the crawl-delay of its host, too, where one is known

What redirects led to speaks for itself, and not for whoever sent us there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TypeVar

from archive import cooldowns, entries, hosts, sources
from archive.database import Database, Transaction
from news.clock import Clock
from news.cooling import Cooling, Refusal
from news.limit import host_key, limit_key
from news.page import Page, PageOutcome, SamePage, Unread
from news.publisher import publisher_of
from news.source import DueSource
from news.url import host_of
from news.visit import Failed, Visit
from scheduler.cooling import cooled

Looked = TypeVar("Looked", Page | Unread, Page | Unread | SamePage)

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

    async def page(self, url: str, read: Callable[[], Awaitable[Looked]]) -> Looked:
        """Have the page at `url` read, unless its host wants rest."""
        now = self.clock()
        known = await self.database.read(
            lambda conn: [of(conn, key) for key in _keys(url) for of in _BOTH]
        )
        for cooling in known:
            if cooling is not None and cooling.until is not None and cooling.holds(now):
                wait = cooling.until - now
                return Unread(reason=rest_in_words(cooling), again=True, wait=wait)
        outcome = await read()
        await self._after(url, outcome, refused_before=any(known))
        return outcome

    async def may_visit(self, source: DueSource) -> bool:
        """Tell whether its host lets `source` be visited now; else put it off.

        That is for the crawl-delay of the host, or if it cools and its platform does not.
        """
        url, now = source.address, self.clock()
        delay, host = self.crawl_delay(url), host_key(url)
        cooling = None
        if host != limit_key(url):
            cooling = await self.database.read(lambda conn: cooldowns.of_all(conn, host))
        cools = cooling.until if cooling is not None and cooling.holds(now) else None
        if not delay and cools is None:
            return True

        def begin(conn: Transaction) -> bool:
            rests = hosts.rests_until(conn, host_of(url), now=now) if delay else None
            if cools is not None:
                sources.put_off(conn, source, until=cools)
            elif rests is not None:
                sources.put_off(conn, source, until=min(rests, now + delay))
            else:
                self._rest(conn, url, delay)
                return True
            return False

        return await self.database.write(begin)

    def visited(self, conn: Transaction, source: DueSource, visit: Visit) -> None:
        """Note what a visit says of the host that answered it, within transaction 1."""
        at = visit.url or source.address
        if not isinstance(visit.outcome, Failed):
            self._worked(conn, source.address)
            self._worked(conn, at)
            return
        # Whoever sends us to what is refused there says nothing of that host: it never worked.
        worked = source.last_good_at is not None and host_key(at) == host_key(source.address)
        refusal = Refusal(status=visit.status, wait=visit.outcome.wait, worked=worked)
        self._refused(conn, at, refusal, pages=False)

    async def after_visit(self, source: DueSource, visit: Visit) -> None:
        """Let the pages of its host wait, as after any other page."""
        url = source.address
        rest = self.crawl_delay(url)
        if visit.rest is not None:  # a list is a page
            rest = max(visit.rest, self.page_delay(url))
        if rest:
            await self.database.write(lambda conn: self._rest(conn, url, rest))

    async def _after(
        self, url: str, outcome: PageOutcome | SamePage, *, refused_before: bool
    ) -> None:
        asked = outcome.wait if isinstance(outcome, Unread) else None
        rest = max(self.page_delay(url), min(asked or timedelta(), WAITED_FOR))
        says = refused_before or (isinstance(outcome, Unread) and outcome.status in _REFUSING)
        if not rest and not says:
            return

        def note(conn: Transaction) -> None:
            if rest:
                self._rest(conn, url, rest)
            if says:
                self._judge(conn, url, outcome)

        await self.database.write(note)

    def _judge(self, conn: Transaction, url: str, outcome: PageOutcome | SamePage) -> None:
        if not isinstance(outcome, Unread):
            self._worked(conn, url, pages=True)
            return
        at = outcome.url or url
        pages = outcome.status == HTTPStatus.FORBIDDEN
        refusal = Refusal(
            status=outcome.status,
            wait=outcome.wait,
            worked=pages and cooldowns.gave_pages(conn, publisher_of(at)),
        )
        self._refused(conn, at, refusal, pages=pages)

    def _rest(self, conn: Transaction, url: str, rest: timedelta) -> None:
        """Let the host of `url` rest, and the rest of its platform no longer than it wants."""
        now, key = self.clock(), limit_key(url)
        entries.rest_host(conn, host_of(url), until=now + rest)
        if key != host_key(url):
            usual = min(rest, self.page_delay(f"https://{key}/"))
            if usual:
                entries.rest_host(conn, f"https://{key}:443", until=now + usual)

    def _worked(self, conn: Transaction, url: str, *, pages: bool = False) -> None:
        now = self.clock()
        for key in _keys(url):
            cooldowns.worked(conn, key, now=now)
            if pages:
                cooldowns.worked(conn, key, now=now, pages=True)

    def _refused(self, conn: Transaction, at: str, refusal: Refusal, *, pages: bool) -> None:
        now, host, key = self.clock(), host_key(at), limit_key(at)
        of = cooldowns.of_pages if pages else cooldowns.of_all
        confirmed = host != key and (
            of(conn, key) is not None or cooldowns.any_under(conn, key, now=now, pages=pages)
        )
        for one in (host, key) if confirmed else (host,):
            cooling = cooled(of(conn, one), refusal, now=now)
            if cooling is not None:
                cooldowns.keep(conn, one, cooling, pages=pages)


_BOTH = (cooldowns.of_all, cooldowns.of_pages)


def _keys(url: str) -> set[str]:
    return {host_key(url), limit_key(url)}


def rest_in_words(cooling: Cooling) -> str:
    """Say until when a host wants to be left alone, and why we think so."""
    return f"its host asked for rest until {cooling.until:%Y-%m-%d %H:%M} UTC ({cooling.why})"
