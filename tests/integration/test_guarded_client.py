"""The guarded client against servers on 127.0.0.1 that do what servers on the net do."""

import asyncio
import gzip
import socket
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from crawler.http import Fetched, FetchFailed, FetchRequest
from tests.integration.raw_server import Writer, always, answer, by_path, raw_server
from wirewatch.net.client import NetworkSettings, open_client, user_agent
from wirewatch.net.faults import AddressRefused, NetworkFault, TooLarge
from wirewatch.net.fetcher import GuardedFetcher

SHORT = timedelta(milliseconds=150)


class FakeDns:
    """Answers addresses by name, and counts who asked; `then` is what a second question gets."""

    def __init__(self, **addresses: list[str]) -> None:
        self.addresses = {name.replace("_", "."): list(found) for name, found in addresses.items()}

    def __call__(self, host: str, port: int, _family: Any) -> list[tuple[Any, ...]]:
        if host not in self.addresses:
            raise socket.gaierror(socket.EAI_NONAME, "secret words of the system")
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in self.addresses[host]
        ]


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    settings = NetworkSettings(agent="wirewatch/9 (+desk@example.org)", allow=("127.0.0.1",))
    dns = FakeDns(
        local_test=["127.0.0.1"], other_test=["127.0.0.1"], mixed_test=["10.0.0.9", "127.0.0.1"]
    )
    async with open_client(settings, lookup=dns) as opened:
        yield opened


@pytest.fixture
def own_tls(tmp_path: Path) -> ssl.SSLContext:
    """Return a server's TLS whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "local.test")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("local.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = Encoding.PEM
    both = tmp_path / "both.pem"
    both.write_bytes(
        key.private_bytes(pem, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(pem)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context


async def fetch(client: httpx.AsyncClient, url: str, **more: Any) -> Fetched | FetchFailed:
    return await GuardedFetcher(client).fetch(FetchRequest(url=url, **more))


async def got(client: httpx.AsyncClient, url: str, **more: Any) -> Fetched:
    outcome = await fetch(client, url, **more)
    assert isinstance(outcome, Fetched), outcome
    return outcome


async def failed(client: httpx.AsyncClient, url: str, **more: Any) -> FetchFailed:
    outcome = await fetch(client, url, **more)
    assert isinstance(outcome, FetchFailed), outcome
    return outcome


async def test_an_answer_is_read_and_its_connection_used_again(client: httpx.AsyncClient) -> None:
    async with raw_server(always(answer(b"<rss/>", ETag='"7"'))) as server:
        for _ in range(2):
            await got(client, server.url("/feed"))
        found = await got(client, server.url("/feed"), headers={"If-None-Match": '"6"'})
        assert found.body == b"<rss/>"
        assert found.headers["etag"] == '"7"'
        assert (found.status, found.url, found.permanent) == (200, server.url("/feed"), None)
        assert server.connections == 1
        head = server.heads[0].lower()
        assert "accept-encoding: gzip\r\n" in head
        assert "user-agent: wirewatch/9 (+desk@example.org)\r\n" in head
        assert 'if-none-match: "6"\r\n' in server.heads[2].lower()


async def test_an_answer_without_a_body_keeps_its_connection(client: httpx.AsyncClient) -> None:
    async with raw_server(always(b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n")) as server:
        for _ in range(3):
            assert (await got(client, server.url())).body == b""
        assert server.connections == 1


async def test_no_cookie_is_kept(client: httpx.AsyncClient) -> None:
    async with raw_server(always(answer(b"", Set_Cookie="id=7; Path=/"))) as server:
        await got(client, server.url())
        await got(client, server.url())
        assert "cookie" not in server.heads[1].lower()
        assert not list(client.cookies.jar)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.2", "[::1]", "localhost.test", "0x7f000002", "2130706434", "127.2",
     "[::ffff:127.0.0.2]", "0.0.0.0", "169.254.169.254", "10.0.0.1", "127.0.0.1@127.0.0.2",
     "127.0.0.2."],
)  # fmt: skip
async def test_no_spelling_leads_inside(host: str) -> None:
    settings = NetworkSettings(agent="w", allow=("127.0.0.1:1",))
    async with open_client(settings, lookup=FakeDns(localhost_test=["127.0.0.1"])) as client:
        outcome = await failed(client, f"http://{host}:8080/path?key=secret")
        assert "[network] allow" in outcome.reason
        assert "secret" not in outcome.reason
        with pytest.raises(AddressRefused):
            await client.post(f"http://{host}:8080/", content=b"x")


async def test_the_dns_may_change_its_mind_but_not_ours() -> None:
    dns = FakeDns(rebinding_test=["127.0.0.1"])
    settings = NetworkSettings(agent="w", allow=("other.test",))
    async with open_client(settings, lookup=dns) as client:
        outcome = await failed(client, "http://rebinding.test/")
    assert outcome.reason == (
        "rebinding.test is a loopback address (127.0.0.1); "
        "list rebinding.test:80 under [network] allow to reach it"
    )


async def test_private_addresses_among_others_are_passed_over(client: httpx.AsyncClient) -> None:
    async with raw_server(always(answer(b"here"))) as server:
        assert (await got(client, f"http://mixed.test:{server.port}/")).body == b"here"


async def test_the_socket_itself_is_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the checks of names to fail, the address connected to would still be refused."""
    monkeypatch.setattr("wirewatch.net.client.literal_address", lambda _host: None)
    async with (
        raw_server(always(answer(b"inside"))) as server,
        open_client(NetworkSettings(agent="w")) as client,
    ):
        outcome = await failed(client, server.url())
        assert "127.0.0.1 is a loopback address" in outcome.reason
        assert server.connections == 0


async def test_a_name_that_is_allowed_allows_its_addresses() -> None:
    async with (
        raw_server(always(answer(b"inside"))) as server,
        open_client(
            NetworkSettings(agent="w", allow=(f"local.test:{server.port}",)),
            lookup=FakeDns(local_test=["127.0.0.1"]),
        ) as client,
    ):
        assert (await got(client, f"http://local.test:{server.port}/")).body == b"inside"
        assert "loopback" in (await failed(client, server.url())).reason


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "http://", "http:///etc/passwd", "file:///etc/passwd", "ftp://a.test/",
     "data:text/plain,x", "http://a.test:99999/", "http://[::1/", "http://a b.test/", "http://0177.0.0.1/"],
)  # fmt: skip
async def test_only_http_and_https_are_fetched(client: httpx.AsyncClient, url: str) -> None:
    outcome = await fetch(client, url)
    assert outcome == FetchFailed(reason="this is not an http or https address", lasting=True)


async def test_faults_have_words(client: httpx.AsyncClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port = bound.getsockname()[1]
    outcome = await failed(client, f"http://local.test:{port}/secret")
    assert outcome == FetchFailed(reason=f"connection refused by local.test:{port}")
    outcome = await failed(client, "http://nowhere.test/secret")
    assert outcome == FetchFailed(reason="the DNS knows no address of nowhere.test:80")


async def test_tls_has_words(client: httpx.AsyncClient, own_tls: ssl.SSLContext) -> None:
    async def no_tls(_reader: asyncio.StreamReader, writer: Writer) -> None:
        writer.write(b"220 mail.test\r\n")
        writer.close()

    async def tls(_reader: asyncio.StreamReader, writer: Writer) -> None:
        writer.close()

    for serve, context, words in (
        (no_tls, None, "TLS failed with"),
        (tls, own_tls, "the certificate is not valid for"),
    ):
        async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context) as server:
            where = f"local.test:{server.sockets[0].getsockname()[1]}"
            outcome = await failed(client, f"https://{where}/secret")
            assert outcome == FetchFailed(reason=f"{words} {where}")


async def test_what_is_no_http_has_words(client: httpx.AsyncClient) -> None:
    async def slam(_head: str, writer: Writer) -> None:
        writer.close()

    async def reset(_head: str, writer: Writer) -> None:
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    for behave, words in (
        (always(b"SSH-2.0-OpenSSH\r\n\r\n"), "what came back is not HTTP from"),
        (slam, "connection closed without an answer by"),
        (reset, "connection reset by"),
        (always(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), "took longer than"),
    ):
        async with raw_server(behave) as server:
            outcome = await failed(client, server.url("/secret"), deadline=SHORT)
            assert outcome.reason.startswith(words), outcome
            assert "secret" not in outcome.reason


async def test_an_answer_that_breaks_off_says_so(client: httpx.AsyncClient) -> None:
    async def behave(_head: str, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
        await writer.drain()
        writer.close()

    async with raw_server(behave) as server:
        outcome = await failed(client, server.url())
        assert outcome == FetchFailed(
            reason=f"the answer broke off from 127.0.0.1:{server.port}",
            status=200,
            url=server.url(),
        )


@pytest.mark.parametrize("slow", ["nothing", "head", "body"])
async def test_one_deadline_stands_around_all(client: httpx.AsyncClient, slow: str) -> None:
    async def behave(_head: str, writer: Writer) -> None:
        if slow == "body":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
        elif slow == "head":
            writer.write(b"HTTP/1.1 200 OK\r\n")
        while slow != "nothing":
            writer.write(b"x" if slow == "body" else b"X: y\r\n")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with raw_server(behave) as server:
        outcome = await failed(client, server.url(), deadline=SHORT)
        assert outcome.reason == "took longer than 0.15 s"
        await asyncio.wait_for(server.closed.wait(), 5)


async def test_headers_without_end_are_not_read(client: httpx.AsyncClient) -> None:
    for flood in (b"X: y\r\n" * 100_000, b"X: " + b"y" * 1_000_000, b"y" * 1_000_000):
        async with raw_server(always(b"HTTP/1.1 200 OK\r\n" + flood)) as server:
            outcome = await failed(client, server.url())
            assert outcome.reason.startswith("what came back is not HTTP from")
            await asyncio.wait_for(server.closed.wait(), 5)


async def test_a_body_is_read_up_to_its_bound(client: httpx.AsyncClient) -> None:
    async def endless(_head: str, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"400\r\n" + b"x" * 0x400 + b"\r\n")
            await writer.drain()

    async with raw_server(endless) as server:
        outcome = await failed(client, server.url(), max_bytes=2**20)
        where = f"127.0.0.1:{server.port}"
        assert outcome.reason == f"the answer of {where} is larger than 1 MiB"
        assert outcome.status == 200
        await asyncio.wait_for(server.closed.wait(), 5)


async def test_a_bomb_is_stopped_as_decoded(client: httpx.AsyncClient) -> None:
    bomb = gzip.compress(bytes(30 * 2**20))
    async with raw_server(always(answer(bomb, Content_Encoding="gzip"))) as server:
        assert "larger than 10 MiB" in (await failed(client, server.url())).reason
        with pytest.raises(TooLarge):
            await client.get(server.url(), extensions={"max_bytes": 1000})


async def test_gzip_is_inflated_and_others_refused(client: httpx.AsyncClient) -> None:
    async with raw_server(
        by_path(
            {
                "/gzip": answer(gzip.compress(b"text"), Content_Encoding="gzip"),
                "/liar": answer(b"text", Content_Encoding="gzip"),
                "/br": answer(b"text", Content_Encoding="br"),
            }
        )
    ) as server:
        assert (await got(client, server.url("/gzip"))).body == b"text"
        assert (await got(client, server.url("/liar"))).body == b"text"
        assert (await client.get(server.url("/gzip"))).content == b"text"
        assert await failed(client, server.url("/br")) == FetchFailed(
            reason=f"127.0.0.1:{server.port} answers in an encoding that was not asked for",
            status=200,
            url=server.url("/br"),
        )


async def test_what_is_only_a_status_may_name_any_encoding(client: httpx.AsyncClient) -> None:
    ways = {
        "/moved": answer(b"br", status="301 Moved", Location="/feed", Content_Encoding="br"),
        "/feed": answer(b"", Content_Encoding="br"),
    }
    async with raw_server(by_path(ways)) as server:
        outcome = await got(client, server.url("/moved"))
        assert (outcome.url, outcome.body) == (server.url("/feed"), b"")


async def test_a_post_brings_status_and_body(client: httpx.AsyncClient) -> None:
    async def behave(head: str, writer: Writer) -> None:
        assert head.startswith("POST /hook ")
        assert "content-length: 7" in head.lower()
        writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        await writer.drain()
        writer.close()

    async with raw_server(behave) as server:
        response = await client.post(server.url("/hook"), content=b'{"a":1}')
        assert (response.status_code, response.content) == (202, b"ok")


async def test_a_half_read_answer_gives_up_its_connection(client: httpx.AsyncClient) -> None:
    async with raw_server(always(answer(b"x" * 1_000_000))) as server:
        async with client.stream("GET", server.url()) as response:
            async for _ in response.aiter_bytes():
                break
        await asyncio.wait_for(server.closed.wait(), 5)


async def test_a_cancelled_fetch_gives_up_its_connection(client: httpx.AsyncClient) -> None:
    asked = asyncio.Event()

    async def behave(_head: str, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc")
        asked.set()

    async with raw_server(behave) as server:
        task = asyncio.create_task(fetch(client, server.url()))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(server.closed.wait(), 5)


async def test_a_slow_name_server_delays_nobody_else() -> None:
    release = asyncio.Event()
    loop = asyncio.get_running_loop()
    known = FakeDns(local_test=["127.0.0.1"])

    def lookup(host: str, port: int, family: Any) -> list[tuple[Any, ...]]:
        if host.startswith("slow"):
            asyncio.run_coroutine_threadsafe(release.wait(), loop).result()
        return known(host, port, family)

    async with (
        raw_server(always(answer(b"here"))) as server,
        open_client(NetworkSettings(agent="w", allow=("local.test",)), lookup=lookup) as client,
    ):
        hanging = [fetch(client, f"http://slow{n}.test/", deadline=SHORT) for n in range(40)]
        waiting = [asyncio.create_task(one) for one in hanging]
        assert (await got(client, f"http://local.test:{server.port}/")).body == b"here"
        outcomes = await asyncio.gather(*waiting)
        assert {o.reason for o in outcomes if isinstance(o, FetchFailed)} == {
            "took longer than 0.15 s"
        }
        release.set()


async def test_a_header_that_cannot_be_sent_is_a_fault(client: httpx.AsyncClient) -> None:
    async with raw_server(always(answer())) as server:
        with pytest.raises(NetworkFault):
            await client.get(server.url(), headers={"X": "a\r\nInjected: b"})


def test_the_agent_names_whom_to_ask() -> None:
    assert user_agent("1.2", "desk@example.org") == "wirewatch/1.2 (+desk@example.org)"
    assert user_agent("1.2", None) == "wirewatch/1.2"
