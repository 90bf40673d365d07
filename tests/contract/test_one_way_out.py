"""Two ways lead out, the fetcher of feeds and Scrapy's engine: a fault has the same words on both.

Both go over the one guarded client: what is held here is that neither goes around it, forgets a
bound, or follows a redirect where the other would not.
"""

import asyncio
import gzip
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.contract.ways_out import SECONDS, Dns, Got, named, the_engines, the_fetchers
from tests.integration.bad_server import Answer, bad_server, closed_port, garbage, reset
from tests.integration.certificates import Authority, authority
from tests.integration.raw_server import Writer, always, answer, by_path, raw_server
from wirewatch.net.client import NetworkSettings

PAGE = b"<html><body>here</body></html>"


@pytest.fixture(params=[the_fetchers, the_engines], ids=["fetcher", "engine"])
def way(request: pytest.FixtureRequest) -> Callable[..., Any]:
    def opened(allow: tuple[str, ...] = ("127.0.0.1", "local.test"), dns: Dns | None = None) -> Any:
        network = NetworkSettings(agent="w", allow=allow, deadline=SECONDS)
        return request.param(network, dns or named({"local.test": ["127.0.0.1"]}))

    return opened


async def trickle(writer: Writer, head: bytes, piece: bytes) -> None:
    writer.write(head)
    for _ in range(1_000):
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.02)


async def endless(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")
        await writer.drain()


async def closed(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc")
    await writer.drain()
    writer.close()


ZEROS = bytes(40 * 2**20)
# One block that is to be repeated: never decoded, so how large it says it is does not matter.
ZSTD = b"\x28\xb5\x2f\xfd\xa0\xff\xff\xff\xff\x02\x00\x10\x00" * 40
GZIP = gzip.compress(ZEROS)
SLOW, LARGE = "took", "is larger than 10 MiB"

FAULTS: dict[str, tuple[Answer, str]] = {
    "a head byte by byte": (partial(trickle, head=b"HTTP/1.1 200 OK\r\nX: ", piece=b"y"), SLOW),
    "a header at a time": (partial(trickle, head=b"HTTP/1.1 200 OK\r\n", piece=b"X: y\r\n"), SLOW),
    "a body byte by byte": (
        partial(trickle, head=b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", piece=b"y"),
        SLOW,
    ),
    "interim answers for ever": (partial(trickle, head=b"", piece=b"HTTP/1.1 103 E\r\n\r\n"), SLOW),
    "a header of a megabyte": (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 2**20, "is not HTTP"),
    "a hundred thousand headers": (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10**5, "is not HTTP"),
    "a body without end": (endless, LARGE),
    "2 GB announced": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n" + bytes(11 * 2**20),
        LARGE,
    ),
    "a gzip bomb": (answer(GZIP, Content_Encoding="gzip"), LARGE),
    "a deflate bomb": (answer(zlib.compress(ZEROS), Content_Encoding="deflate"), LARGE),
    "gzip in gzip, said twice": (
        answer(gzip.compress(GZIP), Content_Encoding="gzip, gzip"),
        "not asked for",
    ),
    "br": (answer(b"\xff" * 400, Content_Encoding="br"), "not asked for"),
    "a zstd bomb": (answer(ZSTD, Content_Encoding="zstd"), "not asked for"),
    "a reset": (reset, "connection closed without an answer"),
    "a body that breaks off": (closed, "the answer broke off"),
    "no HTTP": (garbage, "is not HTTP"),
    "two lengths": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 40\r\n\r\nhere",
        "is not HTTP",
    ),
    "lengths of two kinds": (
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhere",
        "is not HTTP",
    ),
    "a redirect to itself": (answer(status="302 F", Location="/"), "more than 5 redirects"),
    "a redirect into us": (answer(status="301 M", Location="http://10.0.0.1/"), "[network] allow"),
    "a redirect out of HTTP": (answer(status="307 T", Location="file:///etc/passwd"), "redirected"),
}


@pytest.mark.parametrize(("sent", "words"), FAULTS.values(), ids=FAULTS)
async def test_a_fault_has_words_and_an_end(
    way: Callable[..., Any], sent: Answer, words: str
) -> None:
    async with bad_server() as server, way() as fetch:
        url = server.will("/", sent)
        got: Got = await asyncio.wait_for(fetch(url), 10)
        assert words in got.reason
        assert got.status is None
        other = server.will("/well", answer(PAGE))
        assert (await fetch(other)).body == PAGE, "who failed once harms no other"


READ: dict[str, tuple[bytes, int, bytes]] = {
    "gzip": (answer(gzip.compress(PAGE), Content_Encoding="gzip"), 200, PAGE),
    "gzip that is none": (answer(PAGE, Content_Encoding="gzip"), 200, PAGE),
    "a file that is gzip": (answer(gzip.compress(PAGE)), 200, gzip.compress(PAGE)),
    "gzip in gzip, said once": (answer(gzip.compress(GZIP), Content_Encoding="gzip"), 200, GZIP),
    "204": (answer(status="204 No Content"), 204, b""),
    "205": (answer(status="205 Reset Content"), 205, b""),
    "206": (answer(PAGE, status="206 Partial Content"), 206, PAGE),
    "300 with a place": (answer(PAGE, status="300 Many", Location="/other"), 300, PAGE),
    "301 without a place": (answer(PAGE, status="301 Moved"), 301, PAGE),
    "304": (answer(status="304 Not Modified"), 304, b""),
    "304 with a body": (answer(PAGE, status="304 Not Modified"), 304, b""),
    "304 with gzip": (
        answer(gzip.compress(PAGE), status="304 Not Modified", Content_Encoding="gzip"),
        304,
        b"",
    ),
    "304 in chunks": (
        b"HTTP/1.1 304 Same\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhere\r\n0\r\n\r\n",
        304,
        b"",
    ),
    "204 with a body": (answer(PAGE, status="204 No Content"), 204, b""),
    "999": (answer(PAGE, status="999 No"), 999, PAGE),
}


@pytest.mark.parametrize(("sent", "status", "body"), READ.values(), ids=READ)
async def test_what_can_be_read_is_read(
    way: Callable[..., Any], sent: bytes, status: int, body: bytes
) -> None:
    async with bad_server() as server, way() as fetch:
        url = server.will("/", sent)
        for _ in range(3):  # what one answer leaves behind is not read as the next
            got: Got = await fetch(url)
            assert (got.status, got.body, got.reason) == (status, body, "")
        assert (await fetch(server.will("/well", answer(PAGE)))).body == PAGE
        assert "accept-encoding: gzip\r\n" in server.heads["/"]


async def test_a_body_that_comes_later_is_not_the_next_answer(way: Callable[..., Any]) -> None:
    async def in_two(writer: Writer) -> None:
        writer.write(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 300\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0)
        writer.write(answer(b"smuggled"))

    async with bad_server() as server, way() as fetch:
        url = server.will("/", in_two)
        for _ in range(3):
            assert (await fetch(url)).status == 304
            assert (await fetch(server.will("/well", answer(PAGE)))).body == PAGE


async def test_a_body_may_quote_an_answer(way: Callable[..., Any]) -> None:
    quoted = b"HTTP/1.1 304 Not Modified\r\n\r\nas it is sent"

    async def quote(writer: Writer) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(quoted)}\r\n\r\n"
        writer.write(head.encode())
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(quoted)

    async with bad_server() as server, way() as fetch:
        assert (await fetch(server.will("/", quote))).body == quoted


SPELT_INSIDE = (
    "127.0.0.2", "0x7f.0.0.2", "0x7f000002", "2130706434", "127.2", "127.0.0.2.", "0.0.0.0",
    "[::1]", "[::]", "[::ffff:127.0.0.2]", "[::ffff:7f00:2]", "[64:ff9b::7f00:2]",
    "[2002:7f00:2::1]", "[fe80::1]", "[fd00:ec2::254]", "10.0.0.1", "172.16.0.1", "192.168.1.1",
    "100.64.1.1", "100.100.100.200", "169.254.169.254", "168.63.129.16", "192.0.0.192",
    "１２７.0.0.2", "127。0。0。2", "127．0．0．2", "ⓛⓞⓒⓐⓛ.test", "LOCAL.test", "local.test.",
    "%31%32%37.0.0.2",
)  # fmt: skip


@pytest.mark.parametrize("host", SPELT_INSIDE)
async def test_no_spelling_leads_inside(way: Callable[..., Any], host: str) -> None:
    """Neither asked for itself nor after a redirect."""
    async with bad_server() as server:
        allow, port = (server.place,), server.place.rpartition(":")[2]
        inside = f"http://{host}:{port}/inside"
        async with way(allow, named({"local.test": ["127.0.0.2"]})) as fetch:
            for url in (inside, server.will("/", answer(status="302 F", Location=_sent(inside)))):
                got: Got = await fetch(url)
                assert got.reason
                assert not got.body
        assert server.asked["/inside"] == 0


ASTRAY = (
    "file:///etc/passwd", "data:text/plain,x", "ftp://127.0.0.1/", "gopher://127.0.0.1/",
    "javascript:alert(1)", "\\\\127.0.0.1\\x", "http:\\\\127.0.0.1/", "http://", "http:///x",
    "https:", "http://me@127.0.0.1/", "http://good.test\\@127.0.0.1/", "", "http://127.0.0.1:x/",
    "http://127.0.0.1:99999/", "http://[::1/", "http://127.0.0.1:0/", "ws://127.0.0.1/",
    "jav\tascript:alert(1)", "HTTP+UNIX://%2Fvar%2Frun/", "about:blank",
)  # fmt: skip


@pytest.mark.parametrize("location", ASTRAY)
async def test_no_redirect_leads_astray(way: Callable[..., Any], location: str) -> None:
    async with bad_server() as server, way() as fetch:
        got: Got = await fetch(server.will("/", answer(status="302 Found", Location=location)))
        assert got.reason == "redirected to what is not an http address"
        assert sum(server.asked.values()) == 1


async def test_tabs_in_a_place_are_as_if_they_were_not_there(way: Callable[..., Any]) -> None:
    async with bad_server() as server, way() as fetch:
        server.will("/there", answer(PAGE))
        got: Got = await fetch(server.will("/", answer(status="302 Found", Location="/th\tere ")))
        assert (got.body, got.url) == (PAGE, server.url("/there"))


async def test_a_name_that_turns_private_leads_nowhere(way: Callable[..., Any]) -> None:
    """What was public when it was looked at first is 127.0.0.1 when it is connected to."""
    async with raw_server(always(answer(b"inside"))) as server:
        dns = named({"turning.test": ["127.0.0.1"]})
        async with way(("other.test",), dns) as fetch:
            got: Got = await fetch(f"http://turning.test:{server.port}/")
            assert "is a loopback address" in got.reason
        dns = named({"turning.test": ["93.184.216.34", "127.0.0.1"]})
        assert dns("turning.test", 80, None)[0][4][0] == "93.184.216.34"
        async with way(("other.test",), dns) as fetch:
            assert "is a loopback address" in (await fetch("http://turning.test/")).reason
        assert server.connections == 0


async def test_redirects_end(way: Callable[..., Any]) -> None:
    ways = {f"/{n}": answer(status="302 F", Location=f"/{n + 1}") for n in range(99)}
    async with raw_server(by_path(ways | {"/5": answer(PAGE)})) as server, way() as fetch:
        assert (await fetch(server.url("/0"))).body == PAGE
        assert (await fetch(server.url("/6"))).reason == "more than 5 redirects"
        assert len(server.heads) == 12


async def test_who_is_not_there_has_words(way: Callable[..., Any]) -> None:
    port = await closed_port()
    async with way() as fetch:
        refused: Got = await fetch(f"http://127.0.0.1:{port}/")
        assert refused.reason == f"connection refused by 127.0.0.1:{port}"
        unknown: Got = await fetch("http://nowhere.test/")
        assert unknown.reason == "the DNS knows no address of nowhere.test:80"
        assert refused.again
        assert unknown.again


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    made = authority(tmp_path)
    monkeypatch.setattr("certifi.where", lambda: str(made.file))
    return made


@pytest.mark.parametrize("kind", ["valid", "expired", "of another host", "signed by nobody"])
async def test_certificates_are_checked(
    way: Callable[..., Any], trusted: Authority, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "nobody").mkdir()
    nobody = authority(tmp_path / "nobody")
    context = {
        "valid": lambda: trusted.server("local.test"),
        "expired": lambda: trusted.server("local.test", expired=True),
        "of another host": lambda: trusted.server("other.test"),
        "signed by nobody": lambda: nobody.server("local.test"),
    }[kind]()

    async def serve(reader: asyncio.StreamReader, writer: Writer) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer(PAGE))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        writer.close()

    async with (
        await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context) as server,
        way() as fetch,
    ):
        where = f"local.test:{server.sockets[0].getsockname()[1]}"
        got: Got = await fetch(f"https://{where}/")
    if kind == "valid":
        assert got.body == PAGE
    else:
        assert got.reason == f"the certificate is not valid for {where}"


async def test_no_cookie_and_no_setting_of_the_environment_is_used(
    way: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = await closed_port()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    async with bad_server() as server, way() as fetch:
        url = server.will("/", answer(PAGE, Set_Cookie="id=7; Path=/"))
        await fetch(url)
        assert (await fetch(url)).body == PAGE
        assert "cookie" not in server.heads["/"]


def _sent(location: str) -> str:
    """Spell a place as headers carry it."""
    return location.encode().decode("latin-1")
