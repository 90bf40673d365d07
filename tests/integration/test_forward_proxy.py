"""The forward proxy, spoken to as a browser does: who is let out, where to, and how much."""

import asyncio
import socket
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.integration.raw_server import RawServer, Writer, answer, raw_server
from wirewatch.net.dial import Dial
from wirewatch.net.forward_proxy import ForwardProxy, Pass, ProxyBounds, open_proxy
from wirewatch.net.guard import Guard

GREETING = answer(b"hello", Connection="keep-alive")


async def greet(head: str, writer: Writer) -> None:
    writer.write(GREETING)
    await writer.drain()
    if "connection: close" in head:
        writer.close()


class Names:
    """A DNS of our own: each lookup of a name takes the next of its addresses."""

    def __init__(self, **known: list[str]) -> None:
        self.known = {name.replace("_", "."): found for name, found in known.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, family: socket.AddressFamily) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        found = self.known.get(host)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        address = found.pop(0) if len(found) > 1 else found[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]


@asynccontextmanager
async def proxied(
    *allow: str, names: Names | None = None, bounds: ProxyBounds | None = None
) -> AsyncIterator[tuple[ForwardProxy, Pass]]:
    dial = Dial(guard=Guard.of(allow), lookup=names or Names(), seconds=5.0)
    async with open_proxy(dial, bounds) as proxy:
        with proxy.admitted() as shown:
            yield proxy, shown


async def said(proxy: ForwardProxy, shown: Pass | None, first: str, *more: str) -> bytes:
    """Say one request, and return all that comes back until the proxy ends it."""
    reader, writer = await dialled(proxy)
    fields = [f"Proxy-Authorization: Basic {coded(shown)}"] if shown else []
    writer.write("\r\n".join((first, *fields, *more, "", "")).encode())
    try:
        async with asyncio.timeout(10):
            return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


async def dialled(proxy: ForwardProxy) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, _, port = proxy.address.removeprefix("http://").partition(":")
    assert host == "127.0.0.1"
    return await asyncio.open_connection(host, int(port))


def coded(shown: Pass) -> str:
    return b64encode(f"{shown.name}:{shown.secret}".encode()).decode()


def status(said: bytes) -> int:
    return int(said.split(b" ", 2)[1])


async def test_who_shows_a_pass_is_let_out_and_the_connection_ends_with_the_answer() -> None:
    async with raw_server(greet) as server:
        async with proxied(f"127.0.0.1:{server.port}") as (proxy, shown):
            got = await said(proxy, shown, f"GET {server.url('/x')} HTTP/1.1", "Host: other.test")
        assert got.endswith(b"connection: close\r\n\r\nhello")
        assert b"keep-alive" not in got
        assert shown.taken == len(GREETING)
        (head,) = server.heads
        assert head.splitlines()[:2] == ["GET /x HTTP/1.1", f"host: 127.0.0.1:{server.port}"]
        assert "proxy-authorization" not in head.lower()


async def test_nobody_else_on_the_machine_is_let_out() -> None:
    async with raw_server(greet) as server, proxied("127.0.0.1") as (proxy, shown):
        wrong = Pass(name=shown.name, secret="guessed", most=1)
        unknown = Pass(name="page", secret=shown.secret, most=1)
        for other in (None, wrong, unknown):
            for first in (f"GET {server.url('/')}", f"CONNECT 127.0.0.1:{server.port}"):
                got = await said(proxy, other, f"{first} HTTP/1.1")
                assert status(got) == 407
                assert b"Proxy-Authenticate: Basic" in got
        assert server.heads == []


async def test_a_pass_is_good_as_long_as_its_page() -> None:
    async with raw_server(greet) as server, proxied("127.0.0.1") as (proxy, _):
        with proxy.admitted() as shown:
            reader, writer = await tunnelled(proxy, shown, server)
        assert await reader.read() == b""  # its connections end with it
        writer.close()
        got = await said(proxy, shown, f"GET {server.url('/')} HTTP/1.1")
        assert status(got) == 407


async def tunnelled(
    proxy: ForwardProxy, shown: Pass, server: RawServer
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await dialled(proxy)
    place = f"127.0.0.1:{server.port}"
    writer.write(
        f"CONNECT {place} HTTP/1.1\r\nProxy-Authorization: Basic {coded(shown)}\r\n\r\n".encode()
    )
    assert status(await reader.readuntil(b"\r\n\r\n")) == 200
    return reader, writer


async def test_a_tunnel_carries_both_ways_until_either_side_ends() -> None:
    async with raw_server(greet) as server, proxied("127.0.0.1") as (proxy, shown):
        reader, writer = await tunnelled(proxy, shown, server)
        writer.write(b"GET /through HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await reader.readexactly(len(GREETING)) == GREETING
        writer.close()
        assert server.heads[0].startswith("GET /through ")


@pytest.mark.parametrize(
    "place",
    [
        "127.0.0.1:1",
        "169.254.169.254:80",
        "10.1.2.3:80",
        "[::1]:80",
        "[::ffff:127.0.0.1]:80",
        "2130706433:80",
        "0x7f.1:80",
        "inside.test:80",
    ],
)
async def test_what_is_not_public_is_refused_however_it_is_spelt(place: str) -> None:
    async with proxied(names=Names(inside_test=["192.168.0.1"])) as (proxy, shown):
        for first in (f"CONNECT {place}", f"GET http://{place}/"):
            assert status(await said(proxy, shown, f"{first} HTTP/1.1")) == 403
        assert len(shown.refused) == 2
        assert "under [network] allow to reach it" in shown.refused[0]


async def test_the_address_that_was_checked_is_the_one_that_is_connected_to() -> None:
    async with raw_server(greet) as server:
        allowed = f"127.0.0.1:{server.port}"
        names = Names(turning_test=["127.0.0.1", "127.0.0.2"])
        async with proxied(allowed, names=names) as (proxy, shown):
            first = f"GET http://turning.test:{server.port}/ HTTP/1.1"
            assert status(await said(proxy, shown, first)) == 200
            assert names.asked == ["turning.test"]  # once, for the check and the connection
            assert status(await said(proxy, shown, first)) == 403
    assert len(server.heads) == 1


async def test_what_does_not_answer_is_said() -> None:
    async with proxied("127.0.0.1") as (proxy, shown):
        unused = socket.socket()
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert status(await said(proxy, shown, f"CONNECT 127.0.0.1:{port} HTTP/1.1")) == 502
        assert status(await said(proxy, shown, "GET http://nowhere.test/ HTTP/1.1")) == 502
        assert shown.refused == []
        unused.close()


async def test_what_is_no_request_is_not_understood() -> None:
    async with proxied() as (proxy, shown):
        assert status(await said(proxy, shown, "GET /origin HTTP/1.1")) == 400
        assert status(await said(proxy, shown, "nonsense")) == 400


async def test_a_page_gets_so_many_bytes_and_no_more() -> None:
    async def flood(head: str, writer: Writer) -> None:
        writer.write(answer(b"x" * 200_000))
        await writer.drain()
        if "connection: close" in head:
            writer.close()

    bounds = ProxyBounds(page_bytes=500_000, connection_bytes=300_000)
    async with raw_server(flood) as server, proxied("127.0.0.1", bounds=bounds) as (proxy, shown):
        first = f"GET {server.url('/')} HTTP/1.1"
        assert [len(await said(proxy, shown, first)) > 200_000 for _ in range(3)] == [
            True,
            True,
            False,
        ]
        with proxy.admitted() as other:
            reader, writer = await tunnelled(proxy, other, server)
            for _ in range(2):
                writer.write(b"GET / HTTP/1.1\r\n\r\n")
            with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
                await reader.readexactly(400_000)
            writer.close()


async def test_a_page_gets_so_many_connections_at_once() -> None:
    bounds = ProxyBounds(connections=2)
    async with raw_server(greet) as server, proxied("127.0.0.1", bounds=bounds) as (proxy, shown):
        open_ones = [await tunnelled(proxy, shown, server) for _ in range(2)]
        got = await said(proxy, shown, f"GET {server.url('/')} HTTP/1.1")
        assert status(got) == 403
        assert shown.refused == ["it wants too many connections at once"]
        for _, writer in open_ones:
            writer.close()


async def test_who_says_nothing_or_never_ends_is_cut_off() -> None:
    bounds = ProxyBounds(head_seconds=0.1, connection_seconds=0.3)
    silent = asyncio.Event()

    async def hang(head: str, writer: Writer) -> None:
        del head, writer
        await silent.wait()

    async with raw_server(hang) as server, proxied("127.0.0.1", bounds=bounds) as (proxy, shown):
        reader, writer = await dialled(proxy)
        assert await ended(reader)
        writer.close()
        assert await said(proxy, shown, f"GET {server.url('/')} HTTP/1.1") == b""
        silent.set()


async def ended(reader: asyncio.StreamReader) -> bool:
    try:
        return await reader.read() == b""
    except ConnectionResetError:
        return True


async def test_a_body_goes_along_and_nothing_after_it() -> None:
    got = asyncio.Event()
    bodies: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        bodies.append(await reader.readexactly(5))
        writer.write(answer(b"taken"))
        await writer.drain()
        bodies.append(await reader.read())
        writer.close()
        got.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, proxied("127.0.0.1") as (proxy, shown):
        reader, writer = await dialled(proxy)
        writer.write(
            f"POST http://127.0.0.1:{port}/ HTTP/1.1\r\nContent-Length: 5\r\n"
            f"Proxy-Authorization: Basic {coded(shown)}\r\n\r\nabcde".encode()
        )
        assert (await reader.readuntil(b"taken")).startswith(b"HTTP/1.1 200")
        writer.write(b"GET http://10.0.0.1/ HTTP/1.1\r\n\r\n")  # as if the connection went on
        await got.wait()
        writer.close()
    assert bodies == [b"abcde", b""]
