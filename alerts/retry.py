"""When to try again: a pure decision, so that a table can test it.

The waits are those of the Standard Webhooks specification: ten attempts in about three days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never

from alerts.channel import Deferred, Delivered, Outcome, Refused, Rejected

WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""What lies between one attempt and the next; the first attempt is due at once."""


@dataclass(frozen=True, slots=True)
class Done:
    """It arrived; nothing is left to do."""


@dataclass(frozen=True, slots=True)
class TryAt:
    """The delivery is due again at `moment`."""

    moment: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The last attempt failed; the delivery is kept for replay."""

    reason: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """The message alone is not wanted: it is kept for replay, and its channel works."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The receiver wants nothing any more: this delivery is kept, its channel disabled."""

    reason: str


Decision: TypeAlias = Done | TryAt | GivenUp | SetAside | Closed


def decide(outcome: Outcome, *, attempts: int, now: datetime, jitter: float) -> Decision:
    """Decide what follows attempt number `attempts` (from 1), which ended in `outcome`.

    `jitter` in [0, 1) stretches the wait by up to a tenth, so that receivers are not hit in step.
    """
    match outcome:
        case Delivered():
            return Done()
        case Refused(reason):
            return Closed(reason)
        case Rejected(reason):
            return SetAside(reason)
        case Deferred(reason) if attempts > len(WAITS):
            return GivenUp(f"{reason}, after {attempts} attempts")
        case Deferred(reason, asked):
            wait = WAITS[attempts - 1] * (1 + jitter / 10)
            return TryAt(now + max(wait, asked or timedelta()), reason)
        case _:
            assert_never(outcome)
