"""The readers' fetcher over the guarded client: redirects hop by hop, and failures as values.

Each hop waits for its turn at its host, so that a server with many feeds is asked for one at a
time. The deadline stands still meanwhile, but no fetch waits longer than it may take.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

import httpx

from crawler.http import Fetched, FetchFailed, FetchRequest
from crawler.politeness import OneByOne, TurnMissedError
from crawler.redirects import ELSEWHERE, FOREVER, MAX_REDIRECTS
from crawler.room import current_guest
from news.url import absolute, host_of
from wirewatch.net.faults import Crowded, NetworkFault, TimedOut

_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)

_FOR_ANYBODY = frozenset(
    ("accept", "accept-language", "if-none-match", "if-modified-since", "a-im", "user-agent")
)
"""Headers that may follow a redirect to another host; the rest may hold credentials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hop:
    """Where the next request goes, and what led there."""

    url: str
    headers: Mapping[str, str]
    auth: httpx.Auth | None
    count: int = 0
    permanent: str | None = None
    only_permanent: bool = True


@dataclass(frozen=True, slots=True)
class GuardedFetcher:
    """Fetches over `client`, which is the guarded one; all that share `hosts` take turns."""

    client: httpx.AsyncClient = field(repr=False)
    hosts: OneByOne = field(default_factory=OneByOne, repr=False)

    async def fetch(self, request: FetchRequest) -> Fetched | FetchFailed:
        """Carry out `request`, redirects followed within its one deadline."""
        clock = asyncio.get_running_loop().time
        url, auth = _without_credentials(request.url)
        if not host_of(url):
            return FetchFailed(reason="this is not an http or https address", lasting=True)
        seconds = request.deadline.total_seconds()
        until, patience = clock() + seconds, seconds
        step: _Hop | Fetched | FetchFailed = _Hop(url=url, headers=request.headers, auth=auth)
        try:
            while isinstance(step, _Hop):
                asked = clock()
                async with self.hosts.turn(step.url, until=asked + patience):
                    waited = clock() - asked
                    until, patience = until + waited, patience - waited
                    step = await self._hop(step, max_bytes=request.max_bytes, until=until)
        except TurnMissedError as error:
            return FetchFailed(reason=str(error), crowded=True)
        except TimedOut:
            return FetchFailed(reason=f"took longer than {seconds:g} s")
        except httpx.InvalidURL:
            return FetchFailed(reason="this is not an http or https address", lasting=True)
        except httpx.TransportError as error:
            return FetchFailed(reason=str(error), lasting=getattr(error, "lasting", False))
        return step

    async def _hop(
        self, hop: _Hop, *, max_bytes: int, until: float
    ) -> _Hop | Fetched | FetchFailed:
        left = until - asyncio.get_running_loop().time()
        request = self.client.build_request(
            "GET",
            _parsed(hop.url),
            headers=dict(hop.headers),
            extensions={"max_bytes": max_bytes, "deadline": left, "guest": current_guest()},
        )
        answer = await self.client.send(request, auth=hop.auth, stream=True)
        try:
            if answer.status_code in ELSEWHERE and "location" in answer.headers:
                return _next_hop(hop, answer)
            body = b"" if answer.status_code in _BODILESS else await _body_of(answer)
        except TimedOut:
            raise
        except NetworkFault as error:
            crowded = isinstance(error, Crowded)
            return FetchFailed(
                reason=str(error), status=answer.status_code, crowded=crowded, url=hop.url
            )
        finally:
            await answer.aclose()
        return Fetched(
            url=hop.url,
            status=answer.status_code,
            headers=dict(answer.headers),
            body=body,
            permanent=hop.permanent,
        )


# Most are asked again and again, and reading one takes longer than all the rest of a request.
_parsed = lru_cache(maxsize=4_096)(httpx.URL)


async def _body_of(answer: httpx.Response) -> bytes:
    whole = BytesIO()  # which gives out what it holds without another copy
    async for piece in answer.aiter_raw():
        whole.write(piece)
    return whole.getvalue()


def _next_hop(hop: _Hop, answer: httpx.Response) -> _Hop | FetchFailed:
    status = answer.status_code
    if hop.count >= MAX_REDIRECTS:
        return FetchFailed(
            reason=f"more than {MAX_REDIRECTS} redirects", status=status, url=hop.url
        )
    url = absolute(hop.url, answer.headers["location"])
    if url is None:
        return FetchFailed(
            reason="redirected to what is not an http address", status=status, url=hop.url
        )
    forever = hop.only_permanent and status in FOREVER
    moved = replace(
        hop,
        url=url,
        count=hop.count + 1,
        only_permanent=forever,
        permanent=url if forever else hop.permanent,
    )
    if is_same_party(hop.url, url):
        return moved
    kept = {name: text for name, text in hop.headers.items() if name.lower() in _FOR_ANYBODY}
    return replace(moved, headers=kept, auth=None)


def is_same_party(old: str, new: str) -> bool:
    """Tell whether `new` may see what `old` was sent: one origin, or the step up to https."""
    before, after = host_of(old), host_of(new)
    return before == after or (
        before.startswith("http:")
        and before.endswith(":80")
        and after == f"https{before.removeprefix('http').removesuffix(':80')}:443"
    )


def _without_credentials(url: str) -> tuple[str, httpx.Auth | None]:
    """Split `https://name:password@host/…` into the address and who asks."""
    url = url.strip()
    if "@" not in url:
        return url, None
    try:
        parts, inside = urlsplit(url), httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        return url, None
    if "@" not in parts.netloc:
        return url, None
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return bare, httpx.BasicAuth(inside.username, inside.password)
