"""Which addresses may be reached: the public ones, and what the operator lists.

The address that counts is the one that is connected to. However it was spelled, and whatever the
DNS answered a moment before, the socket is made for this address or not at all.
"""

import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import TypeAlias
from urllib.parse import urlsplit

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

ALL_PORTS = range(1, 65_536)
_DEFAULT_PORTS = {"http": 80, "https": 443}

_ENTRY = re.compile(
    r"(?:\[(?P<v6>[^\]]+)\]|(?P<plain>[^:\[\]]+))(?::(?P<ports>[0-9]+(?:-[0-9]+)?))?"
)
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")

# RFC 6890 and its successors, written out: the standard library's idea of "global" has changed
# from one release to the next. The last line is where one large cloud hides its metadata.
_SPECIAL_V4 = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "an unspecified"),
        ("10.0.0.0/8", "a private"),
        ("100.64.0.0/10", "a carrier's private"),
        ("127.0.0.0/8", "a loopback"),
        ("169.254.0.0/16", "a link-local"),
        ("172.16.0.0/12", "a private"),
        ("192.0.0.0/24", "a reserved"),
        ("192.0.2.0/24", "a reserved"),
        ("192.88.99.0/24", "a reserved"),
        ("192.168.0.0/16", "a private"),
        ("198.18.0.0/15", "a reserved"),
        ("198.51.100.0/24", "a reserved"),
        ("203.0.113.0/24", "a reserved"),
        ("224.0.0.0/4", "a multicast"),
        ("240.0.0.0/4", "a reserved"),
        ("168.63.129.16/32", "a metadata"),
    )
)
_SPECIAL_V6 = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "an unspecified"),
        ("::1/128", "a loopback"),
        ("fc00::/7", "a private"),
        ("fe80::/10", "a link-local"),
        ("fec0::/10", "a private"),
        ("ff00::/8", "a multicast"),
        ("2001::/23", "a reserved"),
        ("2001:db8::/32", "a reserved"),
        ("3fff::/20", "a reserved"),
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """One line of the operator's list: a name or a network, and ports."""

    place: str | Network
    ports: range = ALL_PORTS

    def covers(self, name: str, address: Address, port: int) -> bool:
        """Tell whether this line names `address` (reached as `name`) and `port`."""
        if port not in self.ports:
            return False
        if isinstance(self.place, str):
            return self.place == name.rstrip(".").lower()
        return address in self.place


def parse_allowed(text: str) -> Allowed:
    """Read `host`, `host:port`, `host:port-port` or a network in CIDR, IPv6 also in brackets.

    Raises ValueError with words for whoever wrote it.
    """
    bare = text.strip().lower()
    network = _network(bare)
    if network is not None:
        return Allowed(place=network)
    found = _ENTRY.fullmatch(bare)
    if found is None:
        raise ValueError(f'"{text}" is not host:port, host:port-port or a network like 10.0.0.0/8')
    place = found["v6"] or found["plain"]
    network = _network(place)
    if network is None and (found["v6"] or not _NAME.fullmatch(place)):
        raise ValueError(f'"{place}" is neither a host nor a network')
    return Allowed(
        place=place if network is None else network,
        ports=_ports(found["ports"]) if found["ports"] else ALL_PORTS,
    )


@dataclass(frozen=True, slots=True)
class Guard:
    """Says what is wrong with an address; nothing is, if it is public or allowed."""

    allowed: tuple[Allowed, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> "Guard":
        """Return the guard for the operator's list; raises ValueError as `parse_allowed` does."""
        return cls(tuple(parse_allowed(entry) for entry in entries))

    def fault(self, name: str, address: str, port: int) -> str | None:
        """Say why `address`, which `name` led to, may not be connected to at `port`."""
        exact = _exact(address)
        if exact is None:
            return f"{name} has no address that can be understood"
        kind = _kind(exact)
        if kind is None or any(line.covers(name, exact, port) for line in self.allowed):
            return None
        shown = f"{name}:{port}" if ":" not in name else f"[{name.strip('[]')}]:{port}"
        found = "" if name.strip("[]") == str(exact) else f" ({exact})"
        return f"{name} is {kind} address{found}; list {shown} under [network] allow to reach it"

    def lists_address(self, name: str, address: str, port: int) -> bool:
        """Tell whether the operator's list names `address`, which `name` led to, and `port`."""
        exact = _exact(address)
        return exact is not None and any(line.covers(name, exact, port) for line in self.allowed)

    def lists(self, url: str) -> bool:
        """Tell whether the operator's list names the host and port of `url`, as it is spelt."""
        parts = urlsplit(url)
        name = (parts.hostname or "").lower()
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        literal = literal_address(name)
        # A network can only cover a name once it is resolved; no name lies in this one.
        address = ip_address(literal) if literal else IPv4Address(0)
        return any(
            line.covers(name, address, port)
            for line in self.allowed
            if literal or isinstance(line.place, str)
        )


@lru_cache(maxsize=4096)
def literal_address(host: str) -> str | None:
    """Return the address that `host` spells in any way that a system understands, else None.

    Decimal, octal, hexadecimal and short spellings of IPv4 are among them.
    """
    bare = host.strip("[]").rstrip(".")
    with suppress(ValueError):
        return str(ip_address(bare.partition("%")[0]))
    try:
        return socket.inet_ntoa(socket.inet_aton(bare)) if bare.isascii() else None
    except OSError:
        return None


def _exact(address: str) -> Address | None:
    """Return the address, as IPv4 where it is one in the dress of IPv6; None if it is none."""
    try:
        exact = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(exact, IPv6Address) and exact in _MAPPED:
        return IPv4Address(exact.packed[-4:])
    return exact


def _kind(address: Address) -> str | None:
    """Return what keeps `address` from being public, None if it is public."""
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in _SPECIAL_V4 if address in network), None)
    if address in _NAT64:
        return _kind(IPv4Address(address.packed[-4:]))
    if address in _SIX_TO_FOUR:
        return _kind(IPv4Address(address.packed[2:6]))
    for network, kind in _SPECIAL_V6:
        if address in network:
            return kind
    return None if address in _GLOBAL_V6 else "a reserved"


def _network(text: str) -> Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def _ports(text: str) -> range:
    first, _, last = text.partition("-")
    ports = range(int(first), int(last or first) + 1)
    if not ports or ports[0] not in ALL_PORTS or ports[-1] not in ALL_PORTS:
        raise ValueError(f'"{text}" is not a range of ports')
    return ports
