"""What can go wrong on the way, as httpx errors whose text may be shown to anybody.

    httpx.TransportError
    └── NetworkFault          refused, reset, DNS, TLS, the proxy, an answer that is no HTTP
        ├── AddressRefused    the guard said no
        ├── TimedOut          the whole exchange took longer than its deadline
        ├── TooLarge          more bytes than asked for, as sent or as decoded
        ├── TooSlow           a large body that kept others waiting
        └── Crowded           a large body for which there was no room, by no fault of its server's

Neither libraries' texts nor addresses with their paths go into the words: those show secrets.
"""

import socket
import ssl

import aiohttp
import httpx

from wirewatch.net.proxy import ProxyError

MET_ON_THE_WAY = (httpx.TransportError, aiohttp.ClientError, OSError, ValueError)
"""What the libraries raise for what a network or a server does."""


class NetworkFault(httpx.TransportError):
    """No answer to use came back.

    `lasting` tells that another try would end the same way, `crowded` that it was no fault of
    network or server.
    """

    lasting = False
    crowded = False


class AddressRefused(NetworkFault):
    """The address is one that strangers may not make us reach."""

    lasting = True


class TimedOut(NetworkFault):
    """The whole exchange took longer than its deadline."""


class TooLarge(NetworkFault):
    """The answer has more bytes than asked for, as sent or as decoded."""

    lasting = True


class TooSlow(NetworkFault):
    """A large body held a place that others waited for, and came too slowly for that."""


class Crowded(NetworkFault):
    """Others of ours took all the room there was."""

    crowded = True


class GuardError(OSError):
    """What the guard raises below the libraries, where only an OSError passes as it is."""


def fault_of(error: Exception, where: str) -> NetworkFault:
    """Return what `error`, met on the way to `where` (name:port), means."""
    chain = _chain(error)
    for cause in chain:  # our own words say more than what led to them
        if isinstance(cause, GuardError):
            return AddressRefused(str(cause))
        if isinstance(cause, ProxyError):
            return NetworkFault(str(cause))
    for cause in chain:
        words = _words(cause)
        if words is not None:
            return NetworkFault(f"{words} {where}")
    return NetworkFault(f"no usable answer from {where}")


def _words(cause: BaseException) -> str | None:
    if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN:
        return "the DNS does not answer for"
    for kinds, words in _WORDS:
        if isinstance(cause, kinds):
            return words
    return None


# The first line that fits speaks, so the particular stand before the general.
_WORDS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((ssl.SSLCertVerificationError,), "the certificate is not valid for"),
    ((ssl.SSLError,), "TLS failed with"),
    ((aiohttp.ClientConnectorDNSError, socket.gaierror), "the DNS knows no address of"),
    ((ConnectionRefusedError,), "connection refused by"),
    ((ConnectionResetError, BrokenPipeError), "connection reset by"),
    ((aiohttp.ServerDisconnectedError,), "connection closed without an answer by"),
    ((aiohttp.ClientPayloadError,), "the answer broke off from"),
    ((aiohttp.ServerTimeoutError, TimeoutError), "no connection in time to"),
    ((aiohttp.ClientResponseError,), "what came back is not HTTP from"),
    ((aiohttp.InvalidURL,), "not a plain address:"),
    ((OSError,), "no connection to"),
)


def _chain(error: BaseException) -> list[BaseException]:
    """Return `error` and all that it came from, the libraries' own pointers included."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        inner = getattr(current, "os_error", None) or getattr(current, "certificate_error", None)
        current = inner if isinstance(inner, BaseException) else current.__cause__
    return list(reversed(chain))
