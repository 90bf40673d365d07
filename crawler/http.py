"""What the readers need of the network: one fetch, with its outcome as a value.

The roof brings the fetcher, so that every request goes through the one guarded client; a network
that fails is a value here, never an exception.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

MAX_BYTES = 10 * 1024 * 1024
"""More than this, as decoded, is read from no answer."""

DEADLINE = timedelta(seconds=30)
"""No exchange takes longer, redirects, headers and body together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """A GET of `url` that may take `deadline` in all and bring `max_bytes` as decoded."""

    url: str = field(repr=False)  # may hold credentials
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    max_bytes: int = MAX_BYTES
    deadline: timedelta = DEADLINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer of any status, its redirects followed; `url` is where they ended.

    Header names are lower-case, and `body` is decoded. `permanent` is the address at which the
    leading 301 and 308 answers ended, if there were any.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    permanent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """No answer to use; `reason` says why in words that show no secrets.

    `status` and `url` are the answer's, where there was one (a body too large, a redirect astray);
    `lasting` tells that another try would end the same way; `crowded` that others of ours took the
    time or the room there was, so that it says nothing of the server.
    """

    reason: str
    status: int | None = None
    lasting: bool = False
    crowded: bool = False
    url: str | None = field(default=None, repr=False)

    @property
    def unreachable(self) -> bool:
        """Tell whether no server answered at all: the fault may be the network's."""
        return self.status is None and not (self.lasting or self.crowded)


class Fetcher(Protocol):
    """Fetches one address, once."""

    async def fetch(self, request: FetchRequest) -> Fetched | FetchFailed:
        """Carry out `request`; never raises for what a network or a server can do."""
        ...
