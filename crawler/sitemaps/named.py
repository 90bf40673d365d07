"""A sitemap that a person named is fetched as named; where redirects lead is where it stands."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count

from crawler.follow import Following
from crawler.http import Fetched, FetchFailed
from crawler.redirects import next_hop
from news.page import Unread
from news.url import host_of

_FOR_GOOD = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)


@dataclass(frozen=True, slots=True)
class Named:
    """The answer, and where leading 301 and 308 answers sent us, if there were any."""

    answer: Fetched | Unread
    permanent: str | None = None


async def named(following: Following, url: str, headers: Mapping[str, str]) -> Named:
    """Fetch what stands at `url`; whoever named it need not ask robots.txt."""
    if not host_of(url):
        return Named(Unread(reason="this is not an http or https address"))
    until = asyncio.get_running_loop().time() + following.deadline.total_seconds()
    permanent, for_good = None, True
    for hops in count():
        answer = await following.exchange(url, until=until, headers=headers)
        if isinstance(answer, FetchFailed):
            unread = Unread(
                reason=answer.reason,
                again=not answer.lasting,
                silent=answer.unreachable,
                crowded=answer.crowded,
            )
            return Named(unread)
        target = next_hop(answer, hops=hops)
        if isinstance(target, FetchFailed):
            return Named(Unread(reason=target.reason))
        if target is None:
            return Named(answer, permanent)
        for_good = for_good and answer.status in _FOR_GOOD
        permanent = target if for_good else permanent
        url = target
    raise AssertionError("next_hop ends every way")
