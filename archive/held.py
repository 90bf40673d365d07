"""Alerts that are held: due when what holds them ends, then told together or held on.

A held alert counts as told (archive/alerts.py), so all that is left to do with it is here. Every
function that changes something is called by whoever is alone (`Database.alone`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from archive.prepared import Prepared
from archive.schema_telling import alerts, held_alerts, silences
from news.alert import AlertKind, AlertState
from news.silence import Silence


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAlert:
    """An alert that is due, and the silence that held it; `at` (UTC) is when it was decided."""

    id: int
    kind: AlertKind
    reason: str
    at: datetime
    story: int | None
    article: int | None
    silence: Silence


def watch_due(conn: Connection, *, now: datetime) -> int | None:
    """Return a watch that has held alerts which are due, if any has."""
    watch: int | None = _WATCH_DUE.value(conn, {"now": now})
    return watch


def due(conn: Connection, *, watch: int, now: datetime) -> list[HeldAlert]:
    """Return the held alerts of `watch` that are due, in the order of being held."""
    return [
        HeldAlert(
            id=row["id"],
            kind=AlertKind(row["kind"]),
            reason=row["reason"],
            at=row["at"],
            story=row["story"],
            article=row["article"],
            silence=Silence(id=row["silence"], until=row["until_at"], why=row["why"]),
        )
        for row in _DUE.rows(conn, {"of_watch": watch, "now": now})
    ]


def hold_on(conn: Connection, held: Sequence[HeldAlert], silence: Silence) -> None:
    """Let another silence hold these from now on, until its own end."""
    _HOLD_ON.run_many(conn, [{"of_alert": one.id, "until": silence.until} for one in held])
    _BY_ANOTHER.run_many(conn, [{"of_alert": one.id, "by": silence.id} for one in held])


def settle(
    conn: Connection, held: Sequence[HeldAlert], state: AlertState, reason: str = ""
) -> None:
    """Let these be held no more: told, or dropped for a `reason` of its own."""
    values = [
        {"of_alert": one.id, "new_state": state, "new_reason": reason or one.reason} for one in held
    ]
    _SETTLE.run_many(conn, values)


_IS_DUE = alerts.c.due_at <= bindparam("now")
_WATCH_DUE = Prepared(select(alerts.c.watch).where(_IS_DUE).order_by(alerts.c.due_at).limit(1))
_DUE = Prepared(
    select(
        alerts.c.id,
        alerts.c.kind,
        alerts.c.reason,
        alerts.c.at,
        alerts.c.story,
        alerts.c.article,
        held_alerts.c.silence,
        silences.c.until_at,
        silences.c.why,
    )
    .select_from(alerts.join(held_alerts).join(silences))
    .where(_IS_DUE, alerts.c.watch == bindparam("of_watch"))
    .order_by(alerts.c.id)
)
_OF_ALERT = alerts.c.id == bindparam("of_alert")
_HOLD_ON = Prepared(update(alerts).where(_OF_ALERT).values(due_at=bindparam("until")))
_BY_ANOTHER = Prepared(
    update(held_alerts)
    .where(held_alerts.c.alert == bindparam("of_alert"))
    .values(silence=bindparam("by"))
)
_SETTLE = Prepared(
    update(alerts)
    .where(_OF_ALERT, alerts.c.state == AlertState.HELD)
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"), due_at=None)
)
