"""Deliveries that a person wants sent again: the same message, under the same id.

Each has ten attempts again, and their numbers go on where they stopped, so that the log of
attempts stays whole; `attempts_before` is where the count of ten begins.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, or_, select, update

from archive.forgotten import CAN_BE_SENT
from archive.schema_telling import channels, deliveries, delivery_alerts, delivery_notices
from news.channel import ChannelState
from news.delivery import DeliveryState

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which deliveries are meant: those of these ids, or of a time; of these channels if any.

    `alerts` and `notices` stand for all deliveries that carry one of them. `since` and `until`
    (UTC) are of being owed. With `failed`, what arrived is left out, and so is what was never
    tried.
    """

    deliveries: Collection[int] = ()
    alerts: Collection[int] = ()
    notices: Collection[int] = ()
    since: datetime | None = None
    until: datetime | None = None
    channels: Collection[int] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A delivery that is meant, and whether its channel takes it."""

    id: int
    state: DeliveryState
    channel: str
    disabled: bool
    removed: bool


def find(conn: Connection, wanted: Wanted) -> list[Found]:
    """Return the deliveries that are meant, in the order of being owed."""
    query = _FOUND.where(CAN_BE_SENT, *_named(wanted))
    if wanted.since is not None:
        query = query.where(deliveries.c.owed_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(deliveries.c.owed_at < wanted.until)
    if wanted.channels:
        query = query.where(deliveries.c.channel.in_(wanted.channels))
    if wanted.failed:
        arrived = deliveries.c.state == DeliveryState.DELIVERED
        query = query.where(~arrived, deliveries.c.attempts > 0)
    return [
        Found(
            id=row.id,
            state=DeliveryState(row.state),
            channel=row.name,
            disabled=row.channel_state == ChannelState.DISABLED,
            removed=row.removed_at is not None,
        )
        for row in conn.execute(query)
    ]


def send_again(conn: Connection, numbers: Collection[int], *, now: datetime) -> int:
    """Make deliveries due, each with ten attempts again; return how many.

    What is being sent at this moment is left alone. A late finisher finds its claim gone.
    """
    several = sorted(numbers)
    batches = (several[at : at + _BATCH] for at in range(0, len(several), _BATCH))
    return sum(conn.execute(_AGAIN, {"many": batch, "now": now}).rowcount for batch in batches)


def _named(wanted: Wanted) -> list[ColumnElement[bool]]:
    if not wanted.deliveries and not wanted.alerts and not wanted.notices:
        return []
    named = [deliveries.c.id.in_(list(wanted.deliveries))]
    if wanted.alerts:
        told = delivery_alerts.c.alert.in_(list(wanted.alerts))
        named.append(deliveries.c.id.in_(select(delivery_alerts.c.delivery).where(told)))
    if wanted.notices:
        given = delivery_notices.c.notice.in_(list(wanted.notices))
        named.append(deliveries.c.id.in_(select(delivery_notices.c.delivery).where(given)))
    return [or_(*named)]


_FOUND = (
    select(
        deliveries.c.id,
        deliveries.c.state,
        channels.c.name,
        channels.c.state.label("channel_state"),
        channels.c.removed_at,
    )
    .select_from(deliveries.join(channels))
    .order_by(deliveries.c.id)
)
_AGAIN = (
    update(deliveries)
    .where(
        deliveries.c.id.in_(bindparam("many", expanding=True)),
        or_(
            deliveries.c.state != DeliveryState.SENDING,
            deliveries.c.due_at <= bindparam("now"),
        ),
    )
    .values(
        state=DeliveryState.PENDING,
        due_at=bindparam("now"),
        settled_at=None,
        claim_no=deliveries.c.claim_no + 1,
        attempts_before=deliveries.c.attempts,
    )
)
