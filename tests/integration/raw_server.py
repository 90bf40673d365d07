"""A server on 127.0.0.1 that answers raw bytes as told, so that it can misbehave exactly."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

Writer: TypeAlias = asyncio.StreamWriter
Behaviour: TypeAlias = Callable[[str, Writer], Awaitable[None]]


class RawServer:
    """Reads the head of each request and lets `behave` answer; keeps what it was asked."""

    def __init__(self, behave: Behaviour) -> None:
        self.behave = behave
        self.heads: list[str] = []
        self.connections = 0
        self.closed = asyncio.Event()
        self.port = 0

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        self.connections += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self.heads.append(head)
                await self.behave(head, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.closed.set()
            writer.close()


@asynccontextmanager
async def raw_server(behave: Behaviour) -> AsyncIterator[RawServer]:
    served = RawServer(behave)
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.port = server.sockets[0].getsockname()[1]
    async with server:
        yield served


def answer(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """Spell a whole answer; `Content_Type=…` becomes the header Content-Type."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def always(data: bytes) -> Behaviour:
    """Answer `data` to everything."""

    async def behave(_head: str, writer: Writer) -> None:
        writer.write(data)

    return behave


def by_path(answers: dict[str, bytes]) -> Behaviour:
    """Answer by the path asked for."""

    async def behave(head: str, writer: Writer) -> None:
        writer.write(answers[head.split(" ", 2)[1]])

    return behave
