"""What is owed to whom: deliveries, claimed for one attempt at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from news.delivery import Attempt, DueDelivery


def owe(
    conn: Connection, *, channel: int, alerts: Sequence[int], payload: bytes, now: datetime
) -> int:
    """Owe one message to one channel, its bytes frozen from now on; return its number."""
    raise NotImplementedError


def claim_due(
    conn: Connection, *, now: datetime, lease: timedelta, limit: int
) -> list[DueDelivery]:
    """Claim deliveries that are due, per channel never more than its concurrency at a time."""
    raise NotImplementedError


def delivered(conn: Connection, due: DueDelivery, attempt: Attempt) -> bool:
    """Settle a delivery that arrived; False if the claim is no longer ours."""
    raise NotImplementedError


def postpone(conn: Connection, due: DueDelivery, attempt: Attempt, *, until: datetime) -> bool:
    """Try again at `until`; False if the claim is no longer ours."""
    raise NotImplementedError


def bury(conn: Connection, due: DueDelivery, attempt: Attempt, *, disable: bool) -> bool:
    """Try no more, and keep it for replay; `disable` closes the channel until a person opens it."""
    raise NotImplementedError


def waiting(conn: Connection) -> int:
    """Return how many deliveries are not settled yet."""
    raise NotImplementedError
