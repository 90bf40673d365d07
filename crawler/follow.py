"""From an address to where its redirects end, politely: each hop is allowed by its own host.

Whatever is a page obeys robots.txt, be it an article's or one that lists articles.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import assert_never

from crawler.drawing.drawn import Drawing, NoDrawing
from crawler.http import DEADLINE, Fetched, FetchFailed
from crawler.politeness import NO_HEADERS, AskingExchange
from crawler.redirects import FOREVER, next_hop
from crawler.robots import Allowed, Disallowed, Robots, Unknown
from news.page import Unread
from news.url import host_of


def no_rest(_: str) -> timedelta:
    """Return that a host needs no rest of ours."""
    return timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Makes requests through `exchange`; from the first on, all hops share `deadline`.

    `usual_rest` is how long the operator lets the host of an address rest between two requests;
    `drawing` runs the scripts of a page that was fetched, where a source wants that.
    """

    exchange: AskingExchange
    robots: Robots
    deadline: timedelta = DEADLINE
    usual_rest: Callable[[str], timedelta] = no_rest
    drawing: Drawing = field(default_factory=NoDrawing)

    def rest_of(self, url: str) -> timedelta:
        """Return how long the host of `url` is to be left alone between two requests."""
        return max(self.usual_rest(url), self.robots.crawl_delay(url))

    async def answer_of(
        self, url: str, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched | Unread:
        """Return the answer at the end of the way, or why there is none."""
        if not host_of(url):
            return Unread(reason="this is not an http or https address")
        until: float | None = None
        permanent: str | None = None
        for_good = True
        for hops in count():
            permission = await self.robots.permission(url)
            if not isinstance(permission, Allowed):
                return _refused(url, permission)
            until = until or asyncio.get_running_loop().time() + self.deadline.total_seconds()
            answer = await self.exchange(url, until=until, headers=headers)
            if isinstance(answer, FetchFailed):
                again = not answer.lasting
                return Unread(
                    reason=answer.reason,
                    again=again,
                    silent=answer.unreachable,
                    crowded=answer.crowded,
                )
            target = next_hop(answer, hops=hops)
            if isinstance(target, FetchFailed):
                return Unread(reason=target.reason)
            if target is None:
                return replace(answer, permanent=permanent)
            for_good = for_good and answer.status in FOREVER
            permanent = target if for_good else permanent
            url = target
        raise AssertionError("next_hop ends every way")


def _refused(url: str, permission: Disallowed | Unknown) -> Unread:
    match permission:
        case Disallowed():
            return Unread(reason=f"robots.txt of {host_of(url)} does not allow it")
        case Unknown(reason=reason, wait=wait, silent=silent, crowded=crowded):
            return Unread(reason=reason, again=True, wait=wait, silent=silent, crowded=crowded)
        case _:
            assert_never(permission)
