"""Sources that do harm, in a process of its own: each address is a host with one manner.

Some never end, some send far too much, some lead astray, some are documents made to hurt whoever
reads them. All of it is written here and nothing leaves this machine.
"""

import asyncio
import gzip
import multiprocessing
import zlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection

_RSS = "<rss version='2.0'><channel><title>Bad</title>{}</channel></rss>"

Writer = asyncio.StreamWriter
Manner = Callable[[Writer], Awaitable[None]]


def address_of(number: int) -> str:
    """Return the host of the source of that number, from 0."""
    return f"127.9.{number // 250}.{number % 250 + 1}"


@contextmanager
def bad_town(size: int) -> Iterator[int]:
    """Run `size` hosts until the end of the block; yields their port."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(size, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _run(size: int, pipe: Connection) -> None:
    async def serve() -> None:
        port = 0
        for number in range(size):
            manner = MANNERS[number % len(MANNERS)]
            server = await asyncio.start_server(partial(_serve, manner), address_of(number), port)
            port = port or server.sockets[0].getsockname()[1]
        pipe.send(port)
        await asyncio.Event().wait()

    asyncio.run(serve())


async def _serve(manner: Manner, reader: asyncio.StreamReader, writer: Writer) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        while True:
            await reader.readuntil(b"\r\n\r\n")
            await manner(writer)
            await writer.drain()
    writer.close()


def _document(body: bytes, kind: str = "application/rss+xml", **headers: str) -> Manner:
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
    whole = "\r\n".join([*lines, "", ""]).encode() + body

    async def act(writer: Writer) -> None:
        writer.write(whole)

    return act


def _answer(status: str, **headers: str) -> Manner:
    lines = [f"HTTP/1.1 {status}", "Content-Length: 0"]
    lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
    whole = "\r\n".join([*lines, "", ""]).encode()

    async def act(writer: Writer) -> None:
        writer.write(whole)

    return act


async def _silence(_writer: Writer) -> None:
    await asyncio.Event().wait()


async def _slow_head(writer: Writer) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 9\r\n":
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(1)


async def _slow_body(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")
    while True:
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(1)


async def _endless(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel>")
    while True:
        writer.write(b"<item><title>more</title></item>" * 2_000)
        await writer.drain()


async def _announced(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n")
    while True:
        writer.write(bytes(65_536))
        await writer.drain()


async def _headers(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while True:
        writer.write(b"X-%d: %b\r\n" % (number, b"x" * 1_000))
        number += 1
        await writer.drain()


async def _reset(writer: Writer) -> None:
    writer.transport.abort()


async def _garbage(writer: Writer) -> None:
    writer.write(bytes(range(256)) * 100 + b"\r\n\r\n")
    writer.close()


def _squeezed(times: int, rounds: int = 1) -> bytes:
    body = b"<rss><channel>" + b" " * times
    for _ in range(rounds):
        body = gzip.compress(body, 9)
    return body


def _entities() -> bytes:
    lines = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "ha">' for n in range(12)
    )
    return f"<!DOCTYPE rss [{lines}]><rss><channel><title>&e11;</title></channel></rss>".encode()


def _items(count: int, inside: str) -> bytes:
    return _RSS.format("".join(f"<item>{inside.format(n=n)}</item>" for n in range(count))).encode()


MANNERS: tuple[Manner, ...] = (
    _silence,
    _slow_head,
    _slow_body,
    _endless,
    _announced,
    _headers,
    _reset,
    _garbage,
    _document(_squeezed(200_000_000), Content_Encoding="gzip"),
    _document(_squeezed(50_000_000, rounds=3), Content_Encoding="gzip"),
    _document(zlib.compress(bytes(100_000_000), 9), Content_Encoding="deflate"),
    _document(b"\x28\xb5\x2f\xfd" + bytes(1_000), Content_Encoding="zstd"),
    _document(bytes(10_000), Content_Encoding="br"),
    _document(_entities()),
    _document(
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<rss><channel><title>&x;</title></channel></rss>"
    ),
    _document(b"<rss><channel>" + b"<a>" * 100_000),
    _document(b"<rss><channel>" + b"<item><title>" * 100_000),
    _document(_items(100_000, "<title>{n}</title><link>http://a.test/{n}</link>")[:9_900_000]),
    _document(_items(1, "<title>" + "word " * 1_900_000 + "</title>")),
    _document(_items(900, f"<description>{'&lt;b&gt;' * 900}</description>")),
    _document(b'{"items":' + b"[" * 100_000, "application/feed+json"),
    _document(b'{"items": [{"content_text": "x", "id": ' + b"9" * 5_000_000, "application/json"),
    _document(b"<html><body>" + b"<div>" * 200_000, "text/html"),
    _document(bytes(range(1, 256)) * 20_000),
    _answer("302 Found", Location="/again"),
    _answer("302 Found", Location="file:///etc/passwd"),
    _answer("301 Moved Permanently", Location="http://169.254.169.254/latest/"),
    _answer("503 Service Unavailable", Retry_After="-1"),
    _answer("429 Too Many Requests", Retry_After="99999999999999999999"),
    _answer("404 Not Found"),
)
