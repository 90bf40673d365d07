"""The one HTTP client of the house; nothing else builds one.

    httpx.AsyncClient ──> GuardedTransport ──> aiohttp's pool ──> a socket for a checked address
                                                            └──> the operator's proxy, told of one

Whoever holds it gets the guard with it: only http and https, only addresses that may be reached,
no cookies, no settings from the environment, no redirect followed unasked, gzip alone, and bounds
on time and bytes that a request may narrow (`extensions={"deadline": seconds, "max_bytes": n}`).
"""

import asyncio
import logging
import socket
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import httpx

from crawler.http import DEADLINE, MAX_BYTES
from wirewatch.net.answers import Pool
from wirewatch.net.faults import (
    MET_ON_THE_WAY,
    AddressRefused,
    GuardError,
    TimedOut,
    fault_of,
)
from wirewatch.net.guard import Guard, literal_address
from wirewatch.net.inflate import decoder
from wirewatch.net.proxy import Proxy
from wirewatch.net.resolver import GuardedResolver, Lookup, system_lookup
from wirewatch.net.stream import Body, BoundedStream, Bounds
from wirewatch.net.tunnel import TunnelPool

_CONNECTIONS = 512
_IDLE_SECONDS = 30
_DNS_SECONDS = 60
_TIMEOUT = aiohttp.ClientTimeout(sock_connect=10.0)  # the whole has a deadline of its own
_READ_AHEAD = 16 * 1024  # twice as much is held of each body that waits for room
_HEADER_BYTES = 32 * 1024  # real ones reach 16 KiB in their policies
_HEADERS = 128

_ASKED_FOR: ContextVar[str] = ContextVar("asked_for", default="")
"""The name whose connection is being made, since a socket is asked for by its address alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """The operator's [network], as far as the client depends on it.

    `allow` holds `host`, `host:port`, `host:port-port` and CIDR; `agent` is the user agent.
    `delay` is how long a public host rests between two pages. Through `proxy` goes what is not
    listed in `allow`.
    """

    agent: str
    allow: tuple[str, ...] = ()
    deadline: timedelta = DEADLINE
    max_bytes: int = MAX_BYTES
    delay: timedelta = timedelta()
    proxy: Proxy | None = None


def user_agent(version: str, contact: str | None) -> str:
    """Return the name by which servers know us, with the address of whoever runs us."""
    return f"wirewatch/{version} (+{contact})" if contact else f"wirewatch/{version}"


def open_client(network: NetworkSettings, *, lookup: Lookup = system_lookup) -> httpx.AsyncClient:
    """Build the client; close it with `aclose()`. `lookup` is the DNS, for tests.

    Raises ValueError with words where `allow` cannot be read.
    """
    guard = Guard.of(network.allow)
    # httpx writes every address at level INFO, with what is secret in it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return _Client(
        transport=GuardedTransport(network, guard, lookup),
        headers={"User-Agent": network.agent, "Accept-Encoding": "gzip"},
        timeout=None,
        trust_env=False,
        follow_redirects=False,
    )


class _NoCookies(httpx.Cookies):
    """Nobody's cookies."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Take none, and spend no time on looking for some."""


class _Client(httpx.AsyncClient):
    """httpx's client without a memory."""

    @property
    def cookies(self) -> httpx.Cookies:
        """Return that there are none."""
        return _NoCookies()

    @cookies.setter
    def cookies(self, _: object) -> None:
        raise TypeError("this client has no cookies")


class Answer(httpx.Response):
    """An answer of any status; httpx makes no next request of a redirect's, not even in thought.

    It would read Location by rules of its own. Who follows one checks it first.
    """

    @property
    def has_redirect_location(self) -> bool:
        """False, always."""
        return False


class GuardedTransport(httpx.AsyncBaseTransport):
    """Carries out one exchange, or raises a NetworkFault whose words show no secrets."""

    def __init__(self, network: NetworkSettings, guard: Guard, lookup: Lookup) -> None:
        self._guard = guard
        self._lookup = lookup
        self._deadline = network.deadline.total_seconds()
        self._max_bytes = network.max_bytes
        self._proxy = network.proxy
        self._context = httpx.create_ssl_context(trust_env=False)
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`; its body comes decoded, bounded and before the deadline."""
        bounds = self._bounds_of(request)
        self._check(request.url, bounds.where)
        _ASKED_FOR.set(request.url.host)
        try:
            async with asyncio.timeout_at(bounds.until):
                response = await self._sent(request)
        except TimeoutError as error:
            raise TimedOut(f"{bounds.where} took too long to answer", request=request) from error
        except MET_ON_THE_WAY as error:
            raise fault_of(error, bounds.where) from error
        coding = decoder(", ".join(response.headers.getall("content-encoding", ())))
        headers = [
            header for header in response.raw_headers if header[0].lower() != b"content-encoding"
        ]
        stream = BoundedStream(Body(response), coding, bounds)
        return Answer(response.status, headers=headers, stream=stream)

    async def aclose(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def _sent(self, request: httpx.Request) -> aiohttp.ClientResponse:
        if self._session is None:
            self._session = self._opened()
        encoding = request.headers.encoding
        return await self._session.request(
            request.method,
            str(request.url),
            headers=[
                (name.decode(encoding), text.decode(encoding)) for name, text in request.headers.raw
            ],
            data=await request.aread() or None,
            allow_redirects=False,
            timeout=_TIMEOUT,
        )

    def _bounds_of(self, request: httpx.Request) -> Bounds:
        url, wanted = request.url, request.extensions
        seconds = min(wanted.get("deadline", self._deadline), self._deadline)
        return Bounds(
            where=f"{url.host}:{url.port or (443 if url.scheme == 'https' else 80)}",
            max_bytes=min(wanted.get("max_bytes", self._max_bytes), self._max_bytes),
            until=asyncio.get_running_loop().time() + seconds,
            guest=wanted.get("guest"),
        )

    def _check(self, url: httpx.URL, where: str) -> None:
        """Refuse what needs no connection to be refused."""
        if url.scheme not in ("http", "https") or not url.host:
            raise AddressRefused("only http and https addresses with a host are fetched")
        address = literal_address(url.host)
        if address is not None:
            port = int(where.rpartition(":")[2])
            fault = self._guard.fault(url.host, address, port)
            if fault is not None:
                raise AddressRefused(fault)

    def _opened(self) -> aiohttp.ClientSession:
        """Make the pool; called inside the loop, at the first request."""
        return aiohttp.ClientSession(
            connector=self._connector(),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            read_bufsize=_READ_AHEAD,
            max_line_size=_HEADER_BYTES,
            max_field_size=_HEADER_BYTES,
            max_headers=_HEADERS,
        )

    def _connector(self) -> aiohttp.TCPConnector:
        guard, lookup, context = self._guard, self._lookup, self._context
        kept: dict[str, Any] = {
            "socket_factory": self._socket_for,
            "ttl_dns_cache": _DNS_SECONDS,
            "limit": _CONNECTIONS,
            "keepalive_timeout": _IDLE_SECONDS,
        }
        if self._proxy is not None:
            return TunnelPool(self._proxy, guard, lookup, context, **kept)
        return Pool(ssl=context, resolver=GuardedResolver(guard, lookup), **kept)

    def _socket_for(self, info: Sequence[Any]) -> socket.socket:
        """Make a socket for the address that is about to be connected to, if it may be."""
        family, kind, protocol, _, address = info
        name = _ASKED_FOR.get() or str(address[0])
        fault = self._guard.fault(name, str(address[0]), int(address[1]))
        if fault is not None:
            raise GuardError(fault)
        if self._proxy is not None and not self._guard.lists_address(name, *address[:2]):
            raise GuardError(f"{name} is reached through the proxy alone")
        return socket.socket(family, kind, protocol)
