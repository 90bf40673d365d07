"""Connections for the forward proxy: to addresses that the guard has seen, and to none else.

A name is resolved once; the address that was checked is the one that is connected to, by ourselves
or by the operator's proxy.
"""

import asyncio
import contextlib
import socket
from dataclasses import dataclass, field
from typing import TypeAlias

import httpx

from wirewatch.net.faults import GuardError
from wirewatch.net.guard import Guard, literal_address
from wirewatch.net.proxy import NoWayOnError, Proxy, tunnel
from wirewatch.net.resolver import GuardedResolver, Lookup, system_lookup
from wirewatch.net.tunnel import connected

_BUFFER = 64 * 1024
_MOST_ADDRESSES = 4

Streams: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class UnreachableError(Exception):
    """No address of the host answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """Connects where `guard` allows; through `proxy`, if the operator has one."""

    guard: Guard
    lookup: Lookup = field(default=system_lookup, repr=False)
    proxy: Proxy | None = None
    seconds: float = 10.0

    async def __call__(self, host: str, port: int) -> Streams:
        """Connect; GuardError where it may not be, UnreachableError where it cannot be."""
        for address in await self._addresses(host, port):
            fault = self.guard.fault(host, address, port)
            if fault is not None:
                raise GuardError(fault)
            with contextlib.suppress(NoWayOnError, OSError, TimeoutError):
                async with asyncio.timeout(self.seconds):
                    return await self._connected(host, address, port)
        raise UnreachableError

    async def _addresses(self, host: str, port: int) -> list[str]:
        literal = literal_address(host)
        if literal is not None:
            return [literal]
        try:
            async with asyncio.timeout(self.seconds):
                resolver = GuardedResolver(self.guard, self.lookup)
                found = await resolver.resolve(host, port, socket.AF_UNSPEC)
        except GuardError:
            raise
        except (OSError, TimeoutError):
            raise UnreachableError from None
        return [one["host"] for one in found][:_MOST_ADDRESSES]

    async def _connected(self, host: str, address: str, port: int) -> Streams:
        if self.proxy is None or self.guard.lists_address(host, address, port):
            # Numeric, so that nothing is resolved a second time.
            return await asyncio.open_connection(
                address, port, limit=_BUFFER, flags=socket.AI_NUMERICHOST
            )
        transport = await tunnel(
            self.proxy,
            address,
            port,
            connect=lambda name, at: connected(self.lookup, name, at),
            context=httpx.create_ssl_context(trust_env=False),
        )
        return _streams_over(transport)


def _streams_over(transport: asyncio.Transport) -> Streams:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=_BUFFER, loop=loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    transport.set_protocol(protocol)
    protocol.connection_made(transport)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)
