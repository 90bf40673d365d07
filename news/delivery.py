"""A delivery: one message owed to one channel."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where a delivery stands; `dead` ones are kept for replay."""

    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message: its id on the wire and its bytes, frozen when it was owed."""

    id: str
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """A delivery claimed for one attempt, the one numbered `attempt` (from 1).

    `attempts_before` of these were made before a person had it sent again.
    """

    number: int
    delivery: Delivery
    channel: int
    attempt: int
    claim_no: int
    attempts_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to deliver: when (UTC), how it went in words, and what came back (at most 64 KiB)."""

    at: datetime
    outcome: str
    status: int | None = None
    ms: int = 0
    answer: bytes = b""
