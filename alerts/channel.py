"""What every way out of wirewatch looks like.

A channel takes one delivery to one receiver, once. How that went is a value, not an
exception, so that the dispatcher has to answer each case:

* `Delivered`: the receiver has it
* `Deferred`: not now; ask again later
* `Rejected`: never this message; others may be taken (a mail that looks like spam)
* `Refused`: the receiver says never (410 Gone, an address that does not exist)

An exception that leaves a channel is therefore always a bug in that channel.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeAlias

from news.delivery import Delivery

ANSWER_LIMIT = 65_536
"""As many bytes of a receiver's answer are read and kept; the rest is never taken in."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The receiver has it."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """The receiver may take it later, by its own word not before `wait`.

    `reason` is for logs, pages and mails: it never shows an address, which may be a secret.
    """

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """The receiver will never take this message, which says nothing of the next."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The receiver will never take anything again."""

    reason: str


Outcome: TypeAlias = Delivered | Deferred | Rejected | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One send: its outcome, and what the attempt log and a person testing the channel see.

    `answer` is the beginning of what came back, at most `ANSWER_LIMIT` bytes; `headers` are those
    that went out with the payload, where the channel has such.
    """

    outcome: Outcome
    status: int | None = None
    ms: int = 0
    answer: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


class Channel(Protocol):
    """One configured way to one receiver."""

    async def send(self, delivery: Delivery) -> Sent:
        """Take `delivery` there once; the dispatcher alone decides on another attempt."""
        ...
