"""Through the operator's proxy, and not around the guard: it connects to what we checked."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from crawler.http import Fetched, FetchFailed, FetchRequest
from news.page import Page
from tests.integration.bad_server import closed_port
from tests.integration.certificates import Authority, authority
from tests.integration.pages_server import pages_host
from tests.integration.proxy_server import proxy_server
from tests.integration.raw_server import RawServer, Writer, always, answer, raw_server
from wirewatch import pages_child
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher
from wirewatch.net.proxy import Proxy, proxy_of

PUBLIC, OTHER = "93.184.216.34", "93.184.216.35"
V6 = "2606:2800:220:1::1"
NAMES = {
    "proxy.test": ["127.0.0.1"],
    "news.test": [PUBLIC],
    "twin.test": [PUBLIC],
    "two.test": [OTHER, PUBLIC],
    "six.test": [V6],
    "inside.test": ["10.0.0.9"],
    "mine.test": ["127.0.0.1"],
}


def lookup(host: str, port: int, _family: Any) -> list[tuple[Any, ...]]:
    if host not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return [
        (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
        for one in NAMES[host]
    ]


@asynccontextmanager
async def fetching(
    proxy: Proxy, *, dns: Callable[..., Any] = lookup, allow: tuple[str, ...] = ()
) -> AsyncIterator[Callable[[str], Any]]:
    network = NetworkSettings(agent="w", proxy=proxy, allow=allow)
    async with open_client(network, lookup=dns) as client:
        fetcher = GuardedFetcher(client)
        yield lambda url: fetcher.fetch(FetchRequest(url=url))


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    made = authority(tmp_path)
    monkeypatch.setattr("certifi.where", lambda: str(made.file))
    return made


@asynccontextmanager
async def tls_server(context: ssl.SSLContext, body: bytes) -> AsyncIterator[RawServer]:
    served = RawServer(always(answer(body)))
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0, ssl=context)
    served.port = server.sockets[0].getsockname()[1]
    async with server:
        yield served


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_plain_request_goes_to_the_checked_address(scheme: str) -> None:
    async with (
        raw_server(always(answer(b"here"))) as there,
        proxy_server(socks=scheme == "socks5") as proxy,
    ):
        proxy.leads[f"{PUBLIC}:8080"] = there.port
        async with fetching(proxy.proxy(scheme)) as fetch:
            for _ in range(2):
                found = await fetch("http://news.test:8080/feed?x=1")
                assert isinstance(found, Fetched), found
                assert found.body == b"here"
        assert proxy.asked == [f"{PUBLIC}:8080"]
        assert there.connections == 1
    head = there.heads[0].lower()
    assert head.startswith("get /feed?x=1 http/1.1\r\n")
    assert "host: news.test:8080\r\n" in head
    assert "proxy" not in head


@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
async def test_tls_is_spoken_with_the_name(scheme: str, trusted: Authority) -> None:
    tls = trusted.server("proxy.test") if scheme == "https" else None
    async with (
        tls_server(trusted.server("news.test"), b"here") as there,
        proxy_server(socks=scheme == "socks5", tls=tls) as proxy,
    ):
        proxy.leads[f"{PUBLIC}:443"] = there.port
        async with fetching(proxy.proxy(scheme)) as fetch:
            found = await fetch("https://news.test/feed")
        assert isinstance(found, Fetched), found
        assert found.body == b"here"
    assert proxy.asked == [f"{PUBLIC}:443"]
    assert "host: news.test\r\n" in there.heads[0].lower()
    assert not any("news.test" in head for head in proxy.heads)


async def test_two_names_at_one_address_share_no_connection(trusted: Authority) -> None:
    """The certificate of the one is not shown for the other."""
    async with (
        tls_server(trusted.server("news.test"), b"here") as there,
        proxy_server() as proxy,
        fetching(proxy.proxy()) as fetch,
    ):
        proxy.leads[f"{PUBLIC}:443"] = there.port
        assert isinstance(await fetch("https://news.test/"), Fetched)
        outcome = await fetch("https://twin.test/")
        assert outcome == FetchFailed(reason="the certificate is not valid for twin.test:443")
        assert proxy.asked == [f"{PUBLIC}:443"] * 2


async def test_what_is_private_is_not_reached_through_it_either() -> None:
    async with proxy_server() as proxy, fetching(proxy.proxy()) as fetch:
        for url in (
            "http://inside.test/",
            "http://127.0.0.1/",
            "https://[::1]/",
            "http://mine.test/",
        ):
            outcome = await fetch(url)
            assert isinstance(outcome, FetchFailed)
            assert "[network] allow" in outcome.reason
            assert outcome.lasting
    assert proxy.asked == []


async def test_a_name_that_turns_private_gains_nothing() -> None:
    """The proxy is told no name, so nobody asks the DNS again after the check."""
    answers = iter(["10.0.0.9"])

    def rebinding(host: str, port: int, family: Any) -> list[tuple[Any, ...]]:
        if host != "news.test":
            return lookup(host, port, family)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, PUBLIC), port))]

    async with proxy_server() as proxy, fetching(proxy.proxy(), dns=rebinding) as fetch:
        outcome = await fetch("http://news.test/")
        assert "10.0.0.9" in outcome.reason
        assert proxy.asked == []
        proxy.says = b"HTTP/1.1 502 Bad Gateway\r\n\r\n"
        await fetch("http://news.test/")
        assert proxy.asked == [f"{PUBLIC}:80"]


async def test_what_the_operator_lists_is_reached_without_it() -> None:
    async with raw_server(always(answer(b"mine"))) as there, proxy_server() as proxy:
        allow = (f"mine.test:{there.port}",)
        async with fetching(proxy.proxy(), allow=allow) as fetch:
            found = await fetch(f"http://mine.test:{there.port}/")
        assert isinstance(found, Fetched), found
        assert found.body == b"mine"
    assert proxy.asked == []


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_another_address_is_tried_where_one_has_no_way(scheme: str) -> None:
    async with (
        raw_server(always(answer(b"here"))) as there,
        proxy_server(socks=scheme == "socks5") as proxy,
    ):
        proxy.leads[f"{PUBLIC}:80"] = there.port
        proxy.dead = frozenset({f"{OTHER}:80"})
        async with fetching(proxy.proxy(scheme)) as fetch:
            assert isinstance(await fetch("http://two.test/"), Fetched)
    assert proxy.asked == [f"{OTHER}:80", f"{PUBLIC}:80"]


async def test_an_address_of_the_new_kind_is_spelt_as_such() -> None:
    async with proxy_server() as proxy, fetching(proxy.proxy()) as fetch:
        proxy.says = b"HTTP/1.1 403 Forbidden\r\n\r\n"
        await fetch("http://six.test/")
    assert proxy.asked == [f"[{V6}]:80"]
    assert f"\r\nHost: [{V6}]:80\r\n" in proxy.heads[0]


async def test_who_we_are_is_told_to_the_proxy_alone(trusted: Authority) -> None:
    async with (
        tls_server(trusted.server("news.test"), b"here") as secure,
        raw_server(always(answer(b"here"))) as plain,
        proxy_server() as proxy,
        fetching(proxy.proxy(user="desk", password="s3cret")) as fetch,
    ):
        proxy.leads |= {f"{PUBLIC}:443": secure.port, f"{PUBLIC}:80": plain.port}
        assert isinstance(await fetch("https://news.test/"), Fetched)
        assert isinstance(await fetch("http://news.test/"), Fetched)
    assert all("Proxy-Authorization: Basic ZGVzazpzM2NyZXQ=\r\n" in head for head in proxy.heads)
    for head in (*secure.heads, *plain.heads):
        assert "authorization" not in head.lower()


SAID: dict[str, tuple[bytes, str]] = {
    "407": (b"HTTP/1.1 407 No\r\n\r\n", "the proxy asks for a password (HTTP 407)"),
    "403": (b"HTTP/1.0 403 No\r\n\r\n", "the proxy does not let us through (HTTP 403): its"),
    "302": (
        b"HTTP/1.1 302 Found\r\nLocation: http://login.test/\r\n\r\n",
        "the proxy does not let us through (HTTP 302)",
    ),
    "502": (b"HTTP/1.1 502 No\r\n\r\n", "the proxy finds no way (HTTP 502)"),
    "nothing": (b"", "the proxy closed the connection without an answer"),
    "half": (b"HTTP/1.1 200 OK\r\nX:", "the proxy closed the connection without an answer"),
    "no proxy": (b"220 mail\r\n\r\n", "what the proxy answers is not the answer of a proxy"),
    "flood": (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 9_000, "what the proxy answers is not the"),
}


@pytest.mark.parametrize(("said", "words"), SAID.values(), ids=SAID)
@pytest.mark.parametrize("url", ["http://news.test/secret", "https://news.test/secret"])
async def test_its_refusals_have_words(url: str, said: bytes, words: str) -> None:
    async with proxy_server() as proxy, fetching(proxy.proxy()) as fetch:
        proxy.says = said
        outcome = await fetch(url)
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason.startswith(words)
    assert outcome.unreachable, "the network is to blame, and not the source"
    assert "secret" not in outcome.reason


async def test_a_wrong_password_is_told_from_none() -> None:
    async with proxy_server() as proxy, fetching(proxy.proxy(user="desk", password="x")) as fetch:
        proxy.says = b"HTTP/1.1 407 No\r\n\r\n"
        outcome = await fetch("http://news.test/")
    assert outcome.reason == "the proxy does not accept its name and password (HTTP 407)"


async def test_socks_takes_a_name_and_a_password() -> None:
    async with raw_server(always(answer(b"here"))) as there, proxy_server(socks=True) as proxy:
        proxy.leads[f"{PUBLIC}:80"] = there.port
        proxy.wants = (b"desk", b"s3cret")
        for who, words in (
            ({"user": "desk", "password": "s3cret"}, ""),
            ({"user": "desk", "password": "wrong"}, "the proxy does not accept its name and"),
            ({}, "the proxy asks for a password"),
        ):
            async with fetching(proxy.proxy("socks5", **who)) as fetch:
                outcome = await fetch("http://news.test/")
            if words:
                assert isinstance(outcome, FetchFailed)
                assert outcome.reason.startswith(words)
                assert outcome.unreachable
            else:
                assert isinstance(outcome, Fetched)


async def test_what_is_no_socks_says_so() -> None:
    async with proxy_server(socks=True) as proxy, fetching(proxy.proxy("socks5")) as fetch:
        proxy.says = b"HTTP/1.1 400 Bad Request\r\n\r\n"
        outcome = await fetch("http://news.test/")
    assert outcome.reason == "what the proxy answers is not the answer of a SOCKS5 proxy"


async def test_a_proxy_that_is_down_says_so() -> None:
    proxy = Proxy(scheme="http", host="proxy.test", port=await closed_port())
    async with fetching(proxy) as fetch:
        outcome = await fetch("https://news.test/")
    assert outcome.reason == f"the proxy proxy.test:{proxy.port} refuses the connection"
    assert outcome.unreachable
    async with fetching(Proxy(scheme="http", host="nowhere.test", port=1)) as fetch:
        outcome = await fetch("https://news.test/")
    assert outcome.reason == "the proxy nowhere.test:1 has no address that the DNS knows"


async def test_a_proxy_whose_certificate_is_anothers_is_not_used(trusted: Authority) -> None:
    tls = trusted.server("other.test")
    async with proxy_server(tls=tls) as proxy, fetching(proxy.proxy("https")) as fetch:
        outcome = await fetch("https://news.test/")
    assert outcome.reason == f"the certificate of the proxy proxy.test:{proxy.port} is not valid"
    assert proxy.asked == []


async def test_a_name_unknown_here_is_not_left_to_the_proxy() -> None:
    async with proxy_server() as proxy, fetching(proxy.proxy()) as fetch:
        outcome = await fetch("https://unknown.test/")
    assert outcome.reason == "the DNS knows no address of unknown.test:443"
    assert proxy.asked == []


async def test_a_silent_proxy_is_left_at_the_deadline() -> None:
    silent = asyncio.Event()

    async def wait(_reader: asyncio.StreamReader, writer: Writer) -> None:
        await silent.wait()
        writer.close()

    async with await asyncio.start_server(wait, "127.0.0.1", 0) as server:
        proxy = Proxy(scheme="http", host="127.0.0.1", port=server.sockets[0].getsockname()[1])
        network = NetworkSettings(agent="w", proxy=proxy)
        async with open_client(network, lookup=lookup) as client:
            with pytest.raises(httpx.TransportError, match="took too long"):
                await client.get("http://news.test/", extensions={"deadline": 0.1})
        silent.set()


def test_an_address_says_who_we_are() -> None:
    proxy = proxy_of("http://desk:p%40ss@proxy.example:3128")
    assert (proxy.user, proxy.password, proxy.where) == ("desk", "p@ss", "proxy.example:3128")
    assert "p@ss" not in repr(proxy)
    assert proxy_of("https://desk@proxy.example", password="other").password == "other"
    assert proxy_of("socks5://[::1]").where == "[::1]:1080"


async def test_a_post_goes_through_it_as_well() -> None:
    async with raw_server(always(answer(b"taken"))) as there, proxy_server() as proxy:
        proxy.leads[f"{PUBLIC}:80"] = there.port
        network = NetworkSettings(agent="w", proxy=proxy.proxy())
        async with open_client(network, lookup=lookup) as client:
            answered = await client.post("http://news.test/hook", content=b"an alert")
    assert answered.content == b"taken"
    assert there.heads[0].startswith("POST /hook HTTP/1.1\r\n")
    assert proxy.asked == [f"{PUBLIC}:80"]


async def test_the_engine_goes_through_it_and_knows_its_password() -> None:
    async with pages_host() as (_, there), proxy_server() as proxy:
        proxy.leads[f"{PUBLIC}:80"] = there.port
        who = proxy.proxy(host="127.0.0.1", user="desk", password="s3cret")
        engine = pages_child.engine(NetworkSettings(agent="w", proxy=who))
        await engine.start()
        try:
            page = await engine.read(f"http://{PUBLIC}/story/7")
        finally:
            await engine.stop()
    assert isinstance(page, Page), page
    assert page.title == "Crane number 7 comes down"
    assert set(proxy.asked) == {f"{PUBLIC}:80"}
    assert all("Proxy-Authorization: Basic ZGVzazpzM2NyZXQ=\r\n" in head for head in proxy.heads)
