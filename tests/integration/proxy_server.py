"""A proxy on 127.0.0.1: keeps what it was asked, and leads public addresses to local ports."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TypeAlias

from wirewatch.net.proxy import Proxy

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass(slots=True, kw_only=True)
class ProxyServer:
    """Leads on to `leads[place]` (a port on 127.0.0.1), or answers what it `says` instead.

    A place in `dead` has no way to it. `wants` is the name and password of SOCKS.
    """

    leads: dict[str, int] = field(default_factory=dict)
    dead: frozenset[str] = frozenset()
    says: bytes | None = None
    wants: tuple[bytes, bytes] | None = None
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    port: int = 0

    def proxy(self, scheme: str = "http", host: str = "proxy.test", **who: str) -> Proxy:
        return Proxy(scheme=scheme, host=host, port=self.port, **who)

    async def by_connect(self, reader: Reader, writer: Writer) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.heads.append(head)
        place = head.split(" ", 2)[1]
        self.asked.append(place)
        if self.says is not None:
            writer.write(self.says)
        elif place in self.dead:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
        else:
            await self._lead(place, reader, writer, ESTABLISHED)

    async def by_socks(self, reader: Reader, writer: Writer) -> None:
        if self.says is not None:
            writer.write(self.says)
            return
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        method = 2 if self.wants else 0
        if method not in methods:
            writer.write(b"\x05\xff")
            return
        writer.write(bytes((5, method)))
        if method and not await self._is_known(reader, writer):
            return
        _, command, _, kind = await reader.readexactly(4)
        assert command == 1
        assert kind in (1, 4)
        address = ip_address(await reader.readexactly(4 if kind == 1 else 16))
        port = int.from_bytes(await reader.readexactly(2), "big")
        place = f"{address}:{port}"
        self.asked.append(place)
        if place in self.dead:
            writer.write(b"\x05\x05\x00\x01" + bytes(6))
            return
        await self._lead(place, reader, writer, b"\x05\x00\x00\x01" + bytes(6))

    async def _is_known(self, reader: Reader, writer: Writer) -> bool:
        _, length = await reader.readexactly(2)
        user = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        is_known = (user, password) == self.wants
        writer.write(b"\x01\x00" if is_known else b"\x01\x01")
        return is_known

    async def _lead(self, place: str, reader: Reader, writer: Writer, yes: bytes) -> None:
        there, to_there = await asyncio.open_connection("127.0.0.1", self.leads[place])
        writer.write(yes)
        try:
            await asyncio.gather(_pass_on(reader, to_there), _pass_on(there, writer))
        finally:
            to_there.close()


async def _pass_on(reader: Reader, writer: Writer) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def proxy_server(
    *, socks: bool = False, tls: ssl.SSLContext | None = None
) -> AsyncIterator[ProxyServer]:
    served = ProxyServer()
    behave = served.by_socks if socks else served.by_connect

    async def serve(reader: Reader, writer: Writer) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            await behave(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    served.port = server.sockets[0].getsockname()[1]
    async with server:
        yield served
