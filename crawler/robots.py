"""What robots.txt allows us, as RFC 9309 says, asked of each host once a day.

    2xx            its rules hold
    4xx            no rules: all is allowed (save 429, which asks to wait)
    5xx, no answer all waits; rules known from before hold meanwhile

Scrapy's own middleware is not used: its cache never ends, and a failed fetch means "allowed".
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import quote

from crawler.http import DEADLINE, Fetched, FetchFailed
from crawler.politeness import Exchange
from crawler.redirects import next_hop
from crawler.robots_rules import Rules, rules_for
from news.clock import Clock, utc_now
from news.retry_after import wait_asked_for
from news.url import host_of

PRODUCT = "wirewatch"
"""Our name in robots.txt, version and contact left out."""

KEPT = timedelta(hours=24)
FAILURE_KEPT = timedelta(minutes=1)
LONGEST_CRAWL_DELAY = timedelta(hours=1)
MAX_BYTES = 500 * 1024
"""What stands behind this is not read, as RFC 9309 permits."""

_HOSTS = 2_000
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Allowed:
    """The address may be fetched."""


@dataclass(frozen=True, slots=True)
class Disallowed:
    """The host does not want the address to be fetched by us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """What the host wants could not be learned; ask again after `wait`.

    `silent` tells that no server answered at all, `crowded` that others of ours took all the time.
    """

    reason: str
    wait: timedelta
    silent: bool = False
    crowded: bool = False


Permission: TypeAlias = Allowed | Disallowed | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of a host until `until` (the cache's own clock, in seconds)."""

    rules: Rules | None
    failure: str | None
    until: float
    silent: bool = False
    crowded: bool = False


class Robots:
    """Asks for robots.txt through `exchange` and remembers the answers.

    `monotonic` tells how old they are (seconds); `clock` reads dates in Retry-After.
    """

    def __init__(
        self, exchange: Exchange, *, monotonic: Callable[[], float], clock: Clock = utc_now
    ) -> None:
        self._exchange = exchange
        self._monotonic = monotonic
        self._clock = clock
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._asking: dict[str, asyncio.Task[_Known]] = {}

    async def permission(self, url: str) -> Permission:
        """Tell whether `url` may be fetched; many who ask at once cost one request."""
        known = await self._of(host_of(url))
        if known.failure is not None:
            left = timedelta(seconds=max(known.until - self._monotonic(), 0))
            return Unknown(
                reason=known.failure, wait=left, silent=known.silent, crowded=known.crowded
            )
        if known.rules is not None and not known.rules.allow(_as_sent(url)):
            return Disallowed()
        return Allowed()

    def crawl_delay(self, url: str) -> timedelta:
        """Return the rest that the host of `url` wants between two requests, as far as known."""
        known = self._known.get(host_of(url))
        asked = known.rules.crawl_delay if known is not None and known.rules else None
        if asked is None:
            return timedelta()
        return timedelta(seconds=min(asked, LONGEST_CRAWL_DELAY.total_seconds()))

    async def _of(self, host: str) -> _Known:
        known = self._known.get(host)
        if known is not None and self._monotonic() < known.until:
            self._known.move_to_end(host)
            return known
        asking = self._asking.get(host)
        if asking is None:
            asking = self._asking[host] = asyncio.create_task(self._learn(host, before=known))
            asking.add_done_callback(lambda _: self._asking.pop(host))
        return await asyncio.shield(asking)  # who gives up waiting leaves it to the others

    async def _learn(self, host: str, *, before: _Known | None) -> _Known:
        answer = await self._fetched(f"{host}/robots.txt")
        known = self._read(answer)
        if known.failure is not None and before is not None and before.rules is not None:
            known = _Known(rules=before.rules, failure=None, until=known.until)
        self._known[host] = known
        self._known.move_to_end(host)
        while len(self._known) > _HOSTS:
            self._known.popitem(last=False)
        return known

    async def _fetched(self, url: str) -> Fetched | FetchFailed:
        until = asyncio.get_running_loop().time() + DEADLINE.total_seconds()
        answer = await self._exchange(url, until=until)
        hops = 0
        while isinstance(answer, Fetched):
            target = next_hop(answer, hops=hops)
            if not isinstance(target, str):
                return answer if target is None else target
            hops += 1
            answer = await self._exchange(target, until=until)
        return answer

    def _read(self, answer: Fetched | FetchFailed) -> _Known:
        if isinstance(answer, FetchFailed):
            # It leads nowhere, which is as good as none.
            if answer.status is not None and not answer.crowded:
                return self._learned(None)
            if answer.lasting:  # nor may the page be reached, which says it better
                return replace(
                    self._learned(None), until=self._monotonic() + FAILURE_KEPT.total_seconds()
                )
            failed = self._failed(f"robots.txt could not be fetched: {answer.reason}", FAILURE_KEPT)
            return replace(failed, silent=answer.unreachable, crowded=answer.crowded)
        status = answer.status
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            asked = wait_asked_for(answer.headers.get("retry-after"), now=self._clock())
            return self._failed(f"robots.txt answers HTTP {status}", asked or FAILURE_KEPT)
        found = status < HTTPStatus.MULTIPLE_CHOICES
        return self._learned(rules_of(answer.body) if found else None)

    def _learned(self, rules: Rules | None) -> _Known:
        until = self._monotonic() + KEPT.total_seconds()
        return _Known(rules=rules, failure=None, until=until)

    def _failed(self, reason: str, wait: timedelta) -> _Known:
        until = self._monotonic() + wait.total_seconds()
        return _Known(rules=None, failure=reason, until=until)


def rules_of(body: bytes) -> Rules:
    """Read what a robots.txt of any shape and size says to us."""
    return rules_for(PRODUCT, body[:MAX_BYTES].decode("utf-8-sig", errors="replace"))


def _as_sent(url: str) -> str:
    """Spell `url` as it goes to the server: what is not ASCII is escaped."""
    return url if url.isascii() else _NOT_ASCII.sub(lambda found: quote(found[0]), url)
