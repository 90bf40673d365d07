"""The server that mails leave by, as the operator names it."""

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum


class Security(StrEnum):
    """How the way to the server is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    PLAIN = "plain"
    """In clear: only to this machine itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mails are handed over, and whom they come from ("Name <alerts@example.org>").

    Its address is the operator's own, so the guard of the network is not asked.
    """

    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def unusable(server: MailServer) -> str | None:
    """Say why no mail may leave by `server`; None if it may."""
    if server.security is Security.PLAIN and not is_loopback(server.host):
        return "a mail server elsewhere is reached by STARTTLS (smtp:) or TLS (smtps:) alone"
    return None


def is_loopback(host: str) -> bool:
    """Tell whether `host` is this machine by its name or number."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"
