"""The operator's proxy: how it is asked to connect to one address, whatever is spoken there then.

    http, https   CONNECT 93.184.216.34:443, answered by a status
    socks5        RFC 1928, with a name and a password where it wants them (RFC 1929)

It is never told a name to look up: what it connects to is the address that the guard has seen.
"""

import asyncio
import re
import socket
import ssl
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from typing import cast
from urllib.parse import unquote, urlsplit

_PORTS = {"http": 80, "https": 443, "socks5": 1080}
_MOST_HEAD = 16 * 1024
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r]")

_NO_WAY_ON = frozenset(
    (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
)


class ProxyError(OSError):
    """The proxy did not connect us; the text says in words for anybody what it did instead."""


class NoWayOnError(ProxyError):
    """The proxy is well, but could not connect to this address; another may be reachable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """Where the proxy stands, and who we are there."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def where(self) -> str:
        """Return its place as words may show it."""
        return f"{self.host}:{self.port}" if ":" not in self.host else f"[{self.host}]:{self.port}"


def proxy_of(url: str, password: str | None = None) -> Proxy:
    """Return the proxy at `url`, which was checked; `password` goes before one that is in it."""
    parts = urlsplit(url)
    return Proxy(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or "") if password is None else password,
    )


Socket = Callable[[str, int], Awaitable[socket.socket]]
"""Connects to a name and port of the operator's, unguarded."""


async def tunnel(
    proxy: Proxy, address: str, port: int, *, connect: Socket, context: ssl.SSLContext
) -> asyncio.Transport:
    """Have `proxy` connect to `address`, and return what leads there.

    `context` checks the certificate of an https proxy. Raises ProxyError, and ssl.SSLError never:
    what is wrong with the proxy is not to be taken for the destination's.
    """
    talk = await _opened(proxy, connect, context)
    try:
        ask = _by_socks if proxy.scheme == "socks5" else _by_connect
        await ask(proxy, talk, address, port)
    except BaseException:
        talk.transport.abort()
        raise
    return talk.transport


class _Talk(asyncio.Protocol):
    """What the proxy says until there is a way through it."""

    def __init__(self) -> None:
        self._said = bytearray()
        self._ended = False
        self._heard = asyncio.Event()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._said += data
        self._heard.set()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's own
        self._ended = True
        self._heard.set()

    async def ask(self, question: bytes, *, least: int) -> bytes:
        """Say `question`, if it is one, and return the next `least` bytes."""
        self.transport.write(question)
        await self._until(lambda: len(self._said) >= least)
        answer = bytes(self._said[:least])
        del self._said[:least]
        return answer

    async def ask_for_head(self, question: bytes) -> bytes:
        """Say `question`, and return the head of what is answered."""
        self.transport.write(question)
        await self._until(lambda: b"\r\n\r\n" in self._said)
        head, _, _ = bytes(self._said).partition(b"\r\n\r\n")
        return head + b"\r\n"

    async def _until(self, is_enough: Callable[[], bool]) -> None:
        while not is_enough():
            if self._ended:
                raise ProxyError("the proxy closed the connection without an answer")
            if len(self._said) > _MOST_HEAD:
                raise ProxyError("what the proxy answers is not the answer of a proxy")
            self._heard.clear()
            await self._heard.wait()


async def _opened(proxy: Proxy, connect: Socket, context: ssl.SSLContext) -> _Talk:
    loop = asyncio.get_running_loop()
    try:
        sock = await connect(proxy.host, proxy.port)
    except OSError as error:
        raise ProxyError(f"the proxy {proxy.where} {_why(error)}") from error
    try:
        _, talk = await loop.create_connection(
            _Talk,
            sock=sock,
            ssl=context if proxy.scheme == "https" else None,
            server_hostname=proxy.host if proxy.scheme == "https" else None,
        )
    except ssl.SSLCertVerificationError as error:
        raise ProxyError(f"the certificate of the proxy {proxy.where} is not valid") from error
    except OSError as error:
        raise ProxyError(f"TLS failed with the proxy {proxy.where}") from error
    except BaseException:
        sock.close()
        raise
    return talk


def _why(error: OSError) -> str:
    match error:
        case socket.gaierror():
            return "has no address that the DNS knows"
        case ConnectionRefusedError():
            return "refuses the connection"
        case _:
            return "cannot be reached"


async def _by_connect(proxy: Proxy, talk: _Talk, address: str, port: int) -> None:
    place = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    head = f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n"
    if proxy.user or proxy.password:
        pair = b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
        head += f"Proxy-Authorization: Basic {pair}\r\n"
    answer = await talk.ask_for_head(f"{head}\r\n".encode())
    found = _STATUS.match(answer)
    if found is None:
        raise ProxyError("what the proxy answers is not the answer of a proxy")
    status = int(found[1])
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        words = "does not accept its name and password" if proxy.user else "asks for a password"
        raise ProxyError(f"the proxy {words} (HTTP 407)")
    if status in _NO_WAY_ON:
        raise NoWayOnError(f"the proxy finds no way (HTTP {status})")
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise ProxyError(f"the proxy does not let us through (HTTP {status}): {_RULES}")


async def _by_socks(proxy: Proxy, talk: _Talk, address: str, port: int) -> None:
    has_name = bool(proxy.user or proxy.password)
    version, method = await talk.ask(b"\x05\x02\x00\x02" if has_name else b"\x05\x01\x00", least=2)
    if version != 5:  # noqa: PLR2004 - the protocol's own number
        raise ProxyError("what the proxy answers is not the answer of a SOCKS5 proxy")
    if method == 2 and has_name:  # noqa: PLR2004 - name and password
        user, password = proxy.user.encode()[:255], proxy.password.encode()[:255]
        pair = bytes((1, len(user), *user, len(password), *password))
        if (await talk.ask(pair, least=2))[1] != 0:
            raise ProxyError("the proxy does not accept its name and password")
    elif method != 0:
        raise ProxyError("the proxy asks for a password")
    packed = ip_address(address.partition("%")[0]).packed
    kind = b"\x01" if len(packed) == 4 else b"\x04"  # noqa: PLR2004 - IPv4
    _, code, _, bound = await talk.ask(
        b"\x05\x01\x00" + kind + packed + port.to_bytes(2, "big"), least=4
    )
    if code in _SOCKS_NO_WAY:
        raise NoWayOnError(f"the proxy finds no way ({_SOCKS_NO_WAY[code]})")
    if code != 0:
        raise ProxyError(f"the proxy does not let us through (SOCKS code {code}): {_RULES}")
    length = {1: 4, 4: 16}.get(bound) or (await talk.ask(b"", least=1))[0]
    await talk.ask(b"", least=length + 2)


_RULES = "its rules may not allow addresses without names, or this port"

_SOCKS_NO_WAY = {
    3: "network unreachable",
    4: "host unreachable",
    5: "connection refused",
    6: "it took too long",
}
