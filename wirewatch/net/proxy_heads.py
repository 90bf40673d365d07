"""The heads of requests and answers as a forward proxy reads and rewrites them: pure.

Every exchange over plain http is one connection's only one, so no request can follow another to a
server that was checked for the first alone.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

_PLAIN = ("GET", "HEAD", "POST", "OPTIONS")
_OURS = frozenset(
    (
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "upgrade",
    )
)
"""Headers between two neighbours, which go no further."""

_HTTP_PORT = 80
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel:
    """CONNECT: bytes are to go both ways."""

    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request over plain http; `head` is as the server is to be sent it, `size` its body's."""

    host: str
    port: int
    head: bytes
    size: int


Wanted: TypeAlias = Tunnel | Exchange


class HeadError(ValueError):
    """What was asked is nothing that a forward proxy does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request's head as it came; `fields` have lower-case names."""

    method: str
    target: str
    fields: tuple[tuple[str, str], ...]

    def field(self, name: str) -> str | None:
        """Return the first field of a name."""
        return next((value for known, value in self.fields if known == name), None)

    def credentials(self) -> tuple[str, str]:
        """Return name and secret as the browser shows them to us, empty where it shows none."""
        kind, _, coded = (self.field("proxy-authorization") or "").partition(" ")
        if kind.lower() != "basic":
            return "", ""
        try:
            name, _, secret = b64decode(coded, validate=True).decode("latin-1").partition(":")
        except (NotBase64, ValueError):
            return "", ""
        return name, secret

    def wanted(self) -> Wanted:
        """Return what is to be done; HeadError where it is nothing for us."""
        return self._tunnel() if self.method == "CONNECT" else self._exchange()

    def _tunnel(self) -> Tunnel:
        host, port = _place(f"//{self.target}")
        if not port:
            raise HeadError("no port")
        return Tunnel(host=host, port=port)

    def _exchange(self) -> Exchange:
        if self.method not in _PLAIN or not self.target.startswith("http://"):
            raise HeadError("neither CONNECT nor a plain request")
        if self.field("transfer-encoding") is not None:
            raise HeadError("a body without a length")
        length = self.field("content-length") or "0"
        if not (length.isascii() and length.isdigit()):
            raise HeadError("no length")
        host, port = _place(self.target)
        path = self.target.removeprefix("http://").partition("/")[2].partition("#")[0]
        shown = host if ":" not in host else f"[{host}]"
        authority = shown if not port or port == _HTTP_PORT else f"{shown}:{port}"
        kept = [
            (name, value) for name, value in self.fields if name not in _OURS and name != "host"
        ]
        fields = [("host", authority), *kept, ("connection", "close")]
        return Exchange(
            host=host,
            port=port or _HTTP_PORT,
            head=_written(f"{self.method} /{path} HTTP/1.1", fields),
            size=int(length),
        )


def asked(head: bytes) -> Asked:
    """Read a request's head, the empty line included; HeadError where it is none."""
    first, fields = _read(head)
    parts = first.split(" ")
    if len(parts) != len(("method", "target", "version")) or not parts[2].startswith("HTTP/1."):
        raise HeadError("no request")
    return Asked(method=parts[0], target=parts[1], fields=fields)


def is_interim(head: bytes) -> bool:
    """Tell whether a server's head is no answer yet (1xx)."""
    return head.split(b" ", 2)[1:2] != [] and head.split(b" ", 2)[1].startswith(b"1")


def answered(head: bytes) -> bytes:
    """Return a server's head as the browser is to be told it: this connection ends with it."""
    first, fields = _read(head)
    if not first.startswith("HTTP/1."):
        raise HeadError("no answer")
    kept = [(name, value) for name, value in fields if name not in _OURS]
    return _written(first, [*kept, ("connection", "close")])


def _read(head: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    fields = []
    for line in lines:
        name, colon, value = line.partition(":")
        # A bare line end inside would be a second header to some, and a name with a space as well.
        if not colon or not name or name != name.strip() or "\n" in line or "\r" in line:
            raise HeadError("no header")
        fields.append((name.lower(), value.strip()))
    return first, tuple(fields)


def _written(first: str, fields: list[tuple[str, str]]) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in fields)]
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")


def _place(address: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise HeadError("no address") from None
    if not host or parts.username is not None or port == 0 or (port or 0) > _LAST_PORT:
        raise HeadError("no address")
    return host, port
