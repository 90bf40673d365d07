"""The way out for what brings its own network: a forward proxy on loopback, with the same guard.

    a browser ──127.0.0.1──> its page's pass? ──> name resolved, address checked ──> that address
                                └─ no: 407            └─ refused: 403

Each page has a pass of its own, which nobody else on the machine knows: what goes out is bounded
by it, and ends with it.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from hmac import compare_digest
from secrets import token_urlsafe

from wirewatch.net.dial import Dial, Streams, UnreachableError
from wirewatch.net.faults import GuardError
from wirewatch.net.proxy_heads import Asked, HeadError, Tunnel, Wanted, asked
from wirewatch.net.relay import Relay, TooMuchError

_MIB = 1024**2
_HEAD_BYTES = 64 * 1024
_LOOPBACK = "127.0.0.1"
_REFUSALS_KEPT = 20

_WHO = b"HTTP/1.1 407 Who is it\r\nProxy-Authenticate: Basic realm=wirewatch\r\n"
_NOT = b"HTTP/1.1 403 Not allowed\r\n"
_BAD = b"HTTP/1.1 400 Not understood\r\n"
_DOWN = b"HTTP/1.1 502 No connection\r\n"
_END = b"Content-Length: 0\r\nConnection: close\r\n\r\n"

_ON_THE_WAY = (OSError, TimeoutError, EOFError, asyncio.LimitOverrunError, TooMuchError)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyBounds:
    """What one page may take: bytes both ways, in all and by connection, and these at once."""

    page_bytes: int = 30 * _MIB
    connection_bytes: int = 10 * _MIB
    connections: int = 32
    head_seconds: float = 10.0
    connection_seconds: float = 30.0


@dataclass(slots=True, kw_only=True)
class Pass:
    """What one page shows to be let out, and what it took; `refused` says where it was not let.

    It is no longer any good once its page has ended.
    """

    name: str
    secret: str = field(repr=False)
    most: int
    taken: int = 0
    refused: list[str] = field(default_factory=list)
    connections: "set[asyncio.Task[None]]" = field(default_factory=set, repr=False)

    def take(self, size: int) -> None:
        """Count what passes."""
        self.taken += size
        if self.taken > self.most:
            raise TooMuchError

    def refuse(self, words: str) -> None:
        """Remember a refusal; a page may cause thousands."""
        if len(self.refused) < _REFUSALS_KEPT:
            self.refused.append(words)


class ForwardProxy:
    """Lets out who shows a pass, to where `dial` leads; listens while `open_proxy` is open."""

    def __init__(self, dial: Dial, bounds: ProxyBounds) -> None:
        self._dial = dial
        self._bounds = bounds
        self._passes: dict[str, Pass] = {}
        self._connections: set[asyncio.Task[None]] = set()
        self.address = ""

    @contextmanager
    def admitted(self) -> Iterator[Pass]:
        """Give a pass for one page; when the block ends, so do its connections."""
        most = self._bounds.page_bytes
        given = Pass(name=token_urlsafe(9), secret=token_urlsafe(24), most=most)
        self._passes[given.name] = given
        try:
            yield given
        finally:
            del self._passes[given.name]
            for connection in given.connections:
                connection.cancel()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of the browser's."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a connection is served by a task")
        self._connections.add(task)
        try:
            async with asyncio.timeout(self._bounds.connection_seconds):
                writer.write(await self._served((reader, writer), task))
                await writer.drain()
        except _ON_THE_WAY:
            writer.transport.abort()  # which says enough: nothing more comes
        except asyncio.CancelledError:  # its page has ended, or we have: nobody else cancels it
            writer.transport.abort()
        finally:
            self._connections.discard(task)
            writer.close()

    async def close(self) -> None:
        """End every connection."""
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _served(self, ours: Streams, task: "asyncio.Task[None]") -> bytes:
        """Do what the browser asks; return what is left to be said to it."""
        try:
            async with asyncio.timeout(self._bounds.head_seconds):
                head = asked(await ours[0].readuntil(b"\r\n\r\n"))
            given = self._shown(head)
            if given is None:
                return _WHO + _END
            given.connections.add(task)
            try:
                return await self._done(head.wanted(), given, ours)
            finally:
                given.connections.discard(task)
        except HeadError:
            return _BAD + _END

    def _shown(self, head: Asked) -> Pass | None:
        name, secret = head.credentials()
        given = self._passes.get(name)
        known = given.secret if given is not None else token_urlsafe(24)
        return given if compare_digest(secret.encode(), known.encode()) else None

    async def _done(self, wanted: Wanted, given: Pass, ours: Streams) -> bytes:
        if len(given.connections) > self._bounds.connections:
            given.refuse("it wants too many connections at once")
            return _NOT + _END
        try:
            theirs = await self._dial(wanted.host, wanted.port)
        except GuardError as error:
            given.refuse(str(error))
            return _NOT + _END
        except UnreachableError:
            return _DOWN + _END
        relay = Relay(most=self._bounds.connection_bytes, count=given.take)
        try:
            if isinstance(wanted, Tunnel):
                ours[1].write(b"HTTP/1.1 200 Connected\r\n\r\n")
                await relay.both_ways(ours, theirs)
            else:
                await relay.exchange(wanted, ours, theirs)
        finally:
            theirs[1].close()
        return b""


@asynccontextmanager
async def open_proxy(dial: Dial, bounds: ProxyBounds | None = None) -> AsyncIterator[ForwardProxy]:
    """Listen on loopback, at a port of the system's choice, for as long as the block goes on."""
    proxy = ForwardProxy(dial, bounds or ProxyBounds())
    server = await asyncio.start_server(proxy.serve, _LOOPBACK, 0, limit=_HEAD_BYTES)
    proxy.address = "http://{}:{}".format(*server.sockets[0].getsockname()[:2])
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()
        await server.wait_closed()
