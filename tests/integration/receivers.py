"""Receivers on 127.0.0.1, from the polite to the hostile: each is one way to answer a request."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

Answer: TypeAlias = Callable[[asyncio.StreamWriter], Awaitable[None]]

AGENT = "wirewatch-tests"


@dataclass(kw_only=True)
class Request:
    """What a receiver was sent."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass(kw_only=True)
class Receiver:
    """A server of one behaviour; it keeps what it was sent, and sets `asked` at the first."""

    url: str = field(default="", repr=False)
    got: list[Request] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def receiver(*answers: Answer) -> AsyncIterator[Receiver]:
    """Serve `answers` one after the other, the last of them for good; each ends its connection."""
    running: set[asyncio.Task[None]] = set()
    place = Receiver()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            place.got.append(await _request(reader))
            place.asked.set()
            await answers[min(len(place.got), len(answers)) - 1](writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side went away, as some tests want
        finally:
            running.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    place.url = f"http://127.0.0.1:{port}/hook/path-that-is-a-secret"
    try:
        yield place
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (at.partition(": ") for at in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(line=line, headers=headers, body=body)


def says(status: str, body: bytes = b"", **headers: str) -> Answer:
    """Answer properly."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        fields = {"Content-Length": str(len(body)), "Connection": "close", **headers}
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
        writer.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)
        await writer.drain()

    return answer


def writes(data: bytes) -> Answer:
    """Write `data`, whatever it is, and close."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return answer


def writes_and_hangs(data: bytes) -> Answer:
    """Write `data` and never go on."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        await asyncio.Event().wait()

    return answer


def waits_for(event: asyncio.Event, answer_then: Answer) -> Answer:
    """Answer once `event` is set."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await event.wait()
        await answer_then(writer)

    return answer


async def resets(writer: asyncio.StreamWriter) -> None:
    """Break the connection off with a reset."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def closes(writer: asyncio.StreamWriter) -> None:
    """Close after reading, without a word."""


@dataclass
class Flood:
    """Answers 200 and 1 GiB, as far as it is taken; `sent` counts what went into the socket."""

    sent: int = 0
    total: int = 2**30

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {self.total}\r\n\r\n".encode())
        piece = b"x" * 65_536
        while self.sent < self.total:
            writer.write(piece)
            await writer.drain()
            self.sent += len(piece)
