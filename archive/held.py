"""Alerts that are held: due when what holds them ends, then told together or held on.

A held alert counts as told (archive/alerts.py), so all that is left to do with it is here. What is
due of one watch is one *lot*, however many alerts that are; each step is one statement for all of
it, since everything that changes a lot is called by whoever is alone (`Database.alone`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    String,
    and_,
    bindparam,
    func,
    insert,
    select,
    update,
)

from archive.columns import UtcDateTime
from archive.prepared import Prepared
from archive.schema_telling import alerts, delivery_alerts, held_alerts, silences, trail
from news.alert import AlertKind, AlertState
from news.silence import Silence
from news.trail import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAlert:
    """An alert that is due; `at` (UTC) is when it was decided."""

    id: int
    kind: AlertKind
    reason: str
    at: datetime
    story: int | None
    article: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """All that was due of `watch` at `now`; it is unchanged as long as an equal one is found."""

    watch: int
    now: datetime
    count: int
    first: int
    last: int


def watches_due(conn: Connection, *, now: datetime) -> list[int]:
    """Return the watches that have held alerts which are due, the longest due first."""
    return [row["watch"] for row in _WATCHES_DUE.rows(conn, {"now": now})]


def lot(conn: Connection, *, watch: int, now: datetime) -> Lot | None:
    """Return what is due of `watch`, None where nothing is."""
    row = _LOT.row(conn, {"of_watch": watch, "now": now})
    if row is None or not row["count"]:
        return None
    return Lot(watch=watch, now=now, **row)


def newest(conn: Connection, lot: Lot, *, limit: int) -> list[HeldAlert]:
    """Return the last alerts of `lot`, in the order of being held."""
    found = [
        HeldAlert(
            id=row["id"],
            kind=AlertKind(row["kind"]),
            reason=row["reason"],
            at=row["at"],
            story=row["story"],
            article=row["article"],
        )
        for row in _NEWEST.rows(conn, {**_of(lot), "limit": limit})
    ]
    return found[::-1]


def held_by(conn: Connection, lot: Lot) -> list[Silence]:
    """Return the silences that held `lot`, that of its first alert first."""
    return [
        Silence(id=row["id"], until=row["until_at"], why=row["why"])
        for row in _HELD_BY.rows(conn, _of(lot))
    ]


def hold_on(conn: Connection, lot: Lot, silence: Silence) -> None:
    """Let another silence hold `lot` from now on, until its own end."""
    _BY_ANOTHER.run(conn, {**_of(lot), "by": silence.id})
    _HOLD_ON.run(conn, {**_of(lot), "until": silence.until})


def settle(conn: Connection, lot: Lot, state: AlertState, reason: str | None = None) -> None:
    """Let `lot` be held no more: told, or dropped for a `reason` in place of each one's own."""
    _SETTLE.run(conn, {**_of(lot), "new_state": state, "new_reason": reason})


def carry(conn: Connection, lot: Lot, *, delivery: int) -> None:
    """Note that `delivery` tells all of `lot`; to be called before it is settled."""
    conn.execute(_CARRY, {**_of(lot), "of_delivery": delivery})


def explain(conn: Connection, lot: Lot, reason: Reason, *, at: datetime) -> None:
    """Write `reason` on the trail of each article of `lot`; to be called before it is settled."""
    said = {"said_at": at, "said_step": reason.step, "said_code": reason.code}
    conn.execute(_EXPLAIN, {**_of(lot), **said, "said_words": reason.words})


def _of(lot: Lot) -> dict[str, object]:
    return {"of_watch": lot.watch, "now": lot.now}


_IS_DUE = alerts.c.due_at <= bindparam("now", type_=UtcDateTime)
_OF_LOT = and_(_IS_DUE, alerts.c.watch == bindparam("of_watch"))
_WATCHES_DUE = Prepared(
    select(alerts.c.watch)
    .where(_IS_DUE)
    .group_by(alerts.c.watch)
    .order_by(func.min(alerts.c.due_at), alerts.c.watch)
)
_LOT = Prepared(
    select(
        func.count().label("count"),
        func.min(alerts.c.id).label("first"),
        func.max(alerts.c.id).label("last"),
    ).where(_OF_LOT)
)
_NEWEST = Prepared(
    select(
        alerts.c.id,
        alerts.c.kind,
        alerts.c.reason,
        alerts.c.at,
        alerts.c.story,
        alerts.c.article,
    )
    .where(_OF_LOT)
    .order_by(alerts.c.id.desc())
    .limit(bindparam("limit"))
)
_HELD_BY = Prepared(
    select(silences.c.id, silences.c.until_at, silences.c.why)
    .select_from(alerts.join(held_alerts).join(silences))
    .where(_OF_LOT)
    .group_by(silences.c.id, silences.c.until_at, silences.c.why)
    .order_by(func.min(alerts.c.id))
)
_HOLD_ON = Prepared(update(alerts).where(_OF_LOT).values(due_at=bindparam("until")))
_BY_ANOTHER = Prepared(
    update(held_alerts)
    .where(held_alerts.c.alert.in_(select(alerts.c.id).where(_OF_LOT)))
    .values(silence=bindparam("by"))
)
_SETTLE = Prepared(
    update(alerts)
    .where(_OF_LOT, alerts.c.state == AlertState.HELD)
    .values(
        state=bindparam("new_state"),
        reason=func.coalesce(bindparam("new_reason", type_=String), alerts.c.reason),
        due_at=None,
    )
)

_CARRY = insert(delivery_alerts).from_select(
    ["delivery", "alert"],
    select(bindparam("of_delivery", type_=BigInteger), alerts.c.id).where(_OF_LOT),
)
_EXPLAIN = insert(trail).from_select(
    ["at", "step", "code", "words", "watch", "article"],
    select(
        bindparam("said_at", type_=UtcDateTime),
        bindparam("said_step", type_=String),
        bindparam("said_code", type_=String),
        bindparam("said_words", type_=String),
        alerts.c.watch,
        alerts.c.article,
    )
    .where(_OF_LOT, alerts.c.article.is_not(None))
    .order_by(alerts.c.id),
)
