"""A publisher: who speaks, known by the registrable domain of the address."""

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    # Loaded late: the shipped list takes 40 ms, which `wirewatch --help` should not pay.
    return PublicSuffixList(accept_unknown=True, only_icann=False)


@lru_cache(maxsize=65_536)
def publisher_domain(host: str) -> str:
    """Return the registrable domain of `host` by the shipped Public Suffix List.

    Its private section counts (`a.github.io` is its own publisher). An IP address, or a name that
    is itself a suffix, stands for itself.
    """
    name = host.rstrip(".").lower()
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return _suffixes().privatesuffix(name) or name
    return name


def publisher_of(url: str) -> str:
    """Return the publisher's domain of an absolute http(s) address.

    A port that is not the scheme's own belongs to the name where the host is an IP address or
    `localhost`: several newsrooms may live on one machine.
    """
    parts = urlsplit(url)
    domain = publisher_domain(parts.hostname or "")
    named = "." in domain and not domain.replace(".", "").isdigit() and ":" not in domain
    return domain if named or parts.port is None else f"{domain}:{parts.port}"
