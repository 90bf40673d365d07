"""What is owed to whom: deliveries, claimed for one attempt at a time.

`due_at` is when a delivery may be tried; while it is claimed, when its claim runs out; none once it
is settled. So one index answers what is due, expired claims included.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, exists, func, insert, select, update

from archive.columns import UtcDateTime
from archive.dialects import chosen_once
from archive.prepared import Prepared, Values
from archive.schema_telling import attempts, channels, deliveries, delivery_alerts
from news.channel import ChannelState
from news.delivery import Attempt, Delivery, DeliveryState, DueDelivery
from news.ids import wire_id

LONGEST_ANSWER = 64 * 1024
"""Bytes of a receiver's answer that are kept."""


def owe(
    conn: Connection, *, channel: int, alerts: Sequence[int], payload: bytes, now: datetime
) -> int:
    """Owe one message to one channel, its bytes frozen from now on; return its number."""
    values = {"channel": channel, "payload": payload, "owed_at": now, "due_at": now}
    fixed = {"state": DeliveryState.PENDING, "attempts": 0, "claim_no": 0}
    number: int = _OWE.value(conn, {**values, **fixed})
    if alerts:
        _CARRY.run_many(conn, [{"delivery": number, "alert": alert} for alert in alerts])
    return number


def claim_due(
    conn: Connection, *, now: datetime, lease: timedelta, limit: int
) -> list[DueDelivery]:
    """Claim deliveries that are due, per channel never more than its concurrency at a time.

    A channel that fails gets one at a time, after those that do well, until it takes one again:
    so any number of receivers that hang cannot keep the others waiting. Those of a disabled
    channel wait until it is enabled. They come in the order of being owed.
    """
    claimed: list[DueDelivery] = []
    for channel in _WAITING_CHANNELS.rows(conn, {"now": now}):
        under_way = _under_way(conn, channel["id"], now)
        free = min(channel["places"] - under_way, limit - len(claimed))
        if free > 0:
            values = {"of_channel": channel["id"], "now": now, "until": now + lease, "limit": free}
            claimed += [_due(row) for row in _CLAIM.rows(conn, values)]
    return sorted(claimed, key=lambda due: due.number)


def delivered(conn: Connection, due: DueDelivery, attempt: Attempt) -> bool:
    """Settle a delivery that arrived; False if the claim is no longer ours."""
    values = {"state": DeliveryState.DELIVERED, "until": None, "settled_at": attempt.at}
    if not _settle(conn, due, attempt, values):
        return False
    _say_of_channel(conn, due.channel, ChannelState.OK, attempt)
    return True


def postpone(conn: Connection, due: DueDelivery, attempt: Attempt, *, until: datetime) -> bool:
    """Try again at `until`; False if the claim is no longer ours."""
    values = {"state": DeliveryState.PENDING, "until": until, "settled_at": None}
    if not _settle(conn, due, attempt, values):
        return False
    _say_of_channel(conn, due.channel, ChannelState.FAILING, attempt)
    return True


def bury(conn: Connection, due: DueDelivery, attempt: Attempt, *, disable: bool) -> bool:
    """Try no more, and keep it for replay; `disable` closes the channel until a person opens it."""
    values = {"state": DeliveryState.DEAD, "until": None, "settled_at": attempt.at}
    if not _settle(conn, due, attempt, values):
        return False
    state = ChannelState.DISABLED if disable else ChannelState.FAILING
    _say_of_channel(conn, due.channel, state, attempt)
    return True


def set_aside(conn: Connection, due: DueDelivery, attempt: Attempt) -> bool:
    """Keep for replay a message that is not wanted for itself, which says nothing of its channel.

    False if the claim is no longer ours.
    """
    values = {"state": DeliveryState.DEAD, "until": None, "settled_at": attempt.at}
    return _settle(conn, due, attempt, values)


def waiting(conn: Connection) -> int:
    """Return how many deliveries are not settled yet."""
    number: int = _COUNT_WAITING.value(conn, {})
    return number


def _under_way(conn: Connection, channel: int, now: datetime) -> int:
    number: int = _UNDER_WAY.value(conn, {"of_channel": channel, "now": now})
    return number


def _due(row: Values) -> DueDelivery:
    return DueDelivery(
        number=row["id"],
        delivery=Delivery(id=wire_id("dl", row["id"]), payload=row["payload"]),
        channel=row["channel"],
        attempt=row["attempts"] + 1,
        claim_no=row["claim_no"],
        attempts_before=row["attempts_before"],
    )


def _settle(
    conn: Connection, due: DueDelivery, attempt: Attempt, values: Mapping[str, object]
) -> bool:
    fence = {"of_delivery": due.number, "of_claim": due.claim_no, "attempt": due.attempt}
    if _SETTLE.run(conn, {**fence, **values}) == 0:
        return False
    tried = {
        "delivery": due.number,
        "n": due.attempt,
        "at": attempt.at,
        "outcome": attempt.outcome,
        "status": attempt.status,
        "ms": attempt.ms,
        "answer": attempt.answer[:LONGEST_ANSWER],
    }
    _TRIED.run(conn, tried)
    return True


def _say_of_channel(conn: Connection, channel: int, state: ChannelState, attempt: Attempt) -> None:
    failing = state is not ChannelState.OK
    values = {
        "of_channel": channel,
        "new_state": state,
        "why": attempt.outcome if failing else None,
        "since": attempt.at if failing else None,
    }
    _STATE.run(conn, values)


_OWE = Prepared(insert(deliveries).returning(deliveries.c.id))
_CARRY = Prepared(insert(delivery_alerts))
_TRIED = Prepared(insert(attempts))
_OF_CHANNEL = deliveries.c.channel == bindparam("of_channel")
_IS_DUE = deliveries.c.due_at <= bindparam("now")
_FAILS = channels.c.state == ChannelState.FAILING
# The channel's row is locked, so that two dispatchers never count the same free places. By chance
# within its kind, since in any fixed order the same ones would be left out whenever `limit` is met.
_WAITING_CHANNELS = Prepared(
    select(channels.c.id, case((_FAILS, 1), else_=channels.c.concurrency).label("places"))
    .where(
        channels.c.state != ChannelState.DISABLED,
        exists().where(deliveries.c.channel == channels.c.id, _IS_DUE),
    )
    .order_by(_FAILS, func.random())
    .with_for_update(skip_locked=True)
)
_UNDER_WAY = Prepared(
    select(func.count()).where(
        _OF_CHANNEL,
        deliveries.c.due_at > bindparam("now"),
        deliveries.c.state == DeliveryState.SENDING,
    )
)
_CHOSEN = chosen_once(
    select(deliveries.c.id)
    .where(_OF_CHANNEL, _IS_DUE)
    .order_by(deliveries.c.due_at, deliveries.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_CLAIM = Prepared(
    update(deliveries)
    .where(deliveries.c.id.in_(_CHOSEN))
    .values(
        state=DeliveryState.SENDING,
        due_at=bindparam("until"),
        claim_no=deliveries.c.claim_no + 1,
    )
    .returning(*deliveries.c)
)
_SETTLE = Prepared(
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("of_delivery"),
        deliveries.c.claim_no == bindparam("of_claim"),
        deliveries.c.state == DeliveryState.SENDING,
    )
    .values(
        state=bindparam("state"),
        due_at=bindparam("until"),
        settled_at=bindparam("settled_at"),
        attempts=bindparam("attempt"),
    )
)
# A disabled channel stays so until a person opens it, however its last messages fare.
_STATE = Prepared(
    update(channels)
    .where(
        channels.c.id == bindparam("of_channel"),
        channels.c.state != ChannelState.DISABLED,
        channels.c.state != bindparam("new_state"),
    )
    .values(
        state=bindparam("new_state"),
        state_reason=bindparam("why"),
        failing_since=case(
            (bindparam("since", type_=UtcDateTime).is_(None), None),
            else_=func.coalesce(channels.c.failing_since, bindparam("since", type_=UtcDateTime)),
        ),
    )
)
_COUNT_WAITING = Prepared(select(func.count()).where(deliveries.c.due_at.is_not(None)))
