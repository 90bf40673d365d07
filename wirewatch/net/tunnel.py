"""aiohttp's pool, whose new connections lead through the operator's proxy.

To all above it a connection through the proxy is like any other: it is kept under the name that
was asked for, TLS is spoken with that name, and its address has passed the guard. What the
operator lists under `allow` is reached without the proxy.
"""

import asyncio
import socket
import ssl
from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

from wirewatch.net.answers import Pool
from wirewatch.net.faults import GuardError
from wirewatch.net.guard import Guard
from wirewatch.net.proxy import NoWayOnError, Proxy, ProxyError, tunnel
from wirewatch.net.resolver import GuardedResolver, Lookup, looked_up

_MOST_ADDRESSES = 4


async def connected(lookup: Lookup, host: str, port: int) -> socket.socket:
    """Connect to a place of the operator's own, whatever its address; OSError if that fails."""
    loop = asyncio.get_running_loop()
    failure: OSError = OSError("no address")
    for family, kind, protocol, _, address in await looked_up(lookup, host, port):
        sock = socket.socket(family, kind, protocol)
        sock.setblocking(False)  # noqa: FBT003 - the socket's own
        try:
            await loop.sock_connect(sock, address)
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise failure


class TunnelPool(Pool):
    """Connects through `proxy`; all else is as its parent has it."""

    def __init__(
        self,
        proxy: Proxy,
        guard: Guard,
        lookup: Lookup,
        context: ssl.SSLContext,
        **kept: Any,  # noqa: ANN401 - what the pool is told of itself
    ) -> None:
        super().__init__(ssl=context, resolver=GuardedResolver(guard, lookup), **kept)
        self._proxy = proxy
        self._guard = guard
        self._lookup = lookup
        self._context = context

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Any],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own
    ) -> ResponseHandler:
        """Make the connection for `req`: aiohttp's own place for that (see BaseConnector)."""
        host, port = req.url.raw_host or "", req.port or 0
        found = await self._resolve_host(host, port, traces)
        if any(self._guard.lists_address(host, one["host"], port) for one in found):
            return await super()._create_connection(req, traces, timeout)
        addresses = [one["host"] for one in found[:_MOST_ADDRESSES]]
        try:
            async with asyncio.timeout(timeout.sock_connect):
                transport = await self._tunnel(addresses, host, port)
        except TimeoutError as error:
            raise ProxyError("the proxy takes too long to connect us") from error
        protocol: ResponseHandler = self._factory()
        if not req.is_ssl():
            transport.set_protocol(protocol)
            protocol.connection_made(transport)
            return protocol
        name = host.strip("[]").rstrip(".")
        protocol.connection_made(await self._encrypted(transport, protocol, name))
        return protocol

    async def _tunnel(self, addresses: list[str], host: str, port: int) -> asyncio.Transport:
        failure = ProxyError("no address")
        for address in addresses:
            # Whatever filled the list: what the proxy is told to connect to has passed the guard.
            fault = self._guard.fault(host, address, port)
            if fault is not None:
                raise GuardError(fault)
            try:
                return await tunnel(
                    self._proxy,
                    address,
                    port,
                    connect=partial(connected, self._lookup),
                    context=self._context,
                )
            except NoWayOnError as error:
                failure = error
        raise failure

    async def _encrypted(
        self, transport: asyncio.Transport, protocol: ResponseHandler, name: str
    ) -> asyncio.Transport:
        loop = asyncio.get_running_loop()
        try:
            inside = await loop.start_tls(transport, protocol, self._context, server_hostname=name)
        except BaseException:
            transport.abort()
            raise
        if inside is None:
            raise ConnectionResetError
        return inside
