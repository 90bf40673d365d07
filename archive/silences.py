"""Silences: a person's orders to hold the alerts of one watch, or of all, for a while.

A silence holds from `from_at` until `until_at`, or until a person ends it before; nothing has to
happen at either moment. Whatever owes reads inside its transaction which silence is in force, so a
new one holds from the next article on.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, or_, select, update
from sqlalchemy.engine import RowMapping

from archive.prepared import Prepared
from archive.schema_telling import alerts, held_alerts, silences, watches
from news.silence import Silence


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSilence:
    """An order: for one watch or, with none, for every watch; times are UTC."""

    watch: int | None
    why: str
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSilence:
    """A silence as the archive keeps it; of the alerts that it `held`, so many still `wait`."""

    id: int
    watch: int | None
    watch_name: str | None
    why: str
    from_at: datetime
    until_at: datetime
    ended_at: datetime | None
    held: int
    waiting: int

    @property
    def over_at(self) -> datetime:
        """When it holds nothing any more."""
        return self.ended_at or self.until_at


def add(conn: Connection, new: NewSilence, *, now: datetime) -> int:
    """Keep a silence; return its number."""
    values = {
        "watch": new.watch,
        "why": new.why,
        "made_at": now,
        "from_at": new.from_at,
        "until_at": new.until_at,
    }
    number: int = conn.execute(insert(silences).returning(silences.c.id), values).scalar_one()
    return number


def end(conn: Connection, silence: int, *, now: datetime) -> int:
    """End a silence before its time; return how many alerts it held are due by that.

    To be called by whoever is alone (`Database.alone`): an alert that is being held just now would
    otherwise miss the end.
    """
    conn.execute(_END, {"of_silence": silence, "now": now})
    return conn.execute(_NOW_DUE, {"of_silence": silence, "now": now}).rowcount


def running(conn: Connection, *, now: datetime) -> list[KeptSilence]:
    """Return the silences that hold alerts now or will, the next to end first."""
    query = _LISTED.where(silences.c.ended_at.is_(None), silences.c.until_at > now)
    return _kept(conn, query.order_by(silences.c.until_at, silences.c.id))


def past(conn: Connection, *, now: datetime, limit: int) -> list[KeptSilence]:
    """Return silences that are over, the newest first."""
    over = or_(silences.c.ended_at.is_not(None), silences.c.until_at <= now)
    return _kept(conn, _LISTED.where(over).order_by(silences.c.id.desc()).limit(limit))


def by_number(conn: Connection, silence: int) -> KeptSilence | None:
    """Return a silence, if there is one of that number."""
    return next(iter(_kept(conn, _LISTED.where(silences.c.id == silence))), None)


def active_for(conn: Connection, *, watch: int, now: datetime) -> Silence | None:
    """Return the silence that holds the alerts of `watch`, of several the one that ends last."""
    row = _ACTIVE.row(conn, {"of_watch": watch, "now": now})
    return None if row is None else Silence(id=row["id"], until=row["until_at"], why=row["why"])


def in_force() -> Select[Any]:
    """Return the SELECT of what `active_for` answers, for the values `of_watch` and `now`."""
    now = bindparam("now", type_=silences.c.until_at.type)
    return (
        select(silences.c.id, silences.c.until_at, silences.c.why)
        .where(
            silences.c.ended_at.is_(None),
            silences.c.until_at > now,
            silences.c.from_at <= now,
            or_(silences.c.watch.is_(None), silences.c.watch == bindparam("of_watch")),
        )
        .order_by(silences.c.until_at.desc(), silences.c.id)
        .limit(1)
    )


def _kept(conn: Connection, query: Select[Any]) -> list[KeptSilence]:
    return [_silence(row) for row in conn.execute(query).mappings()]


def _silence(row: RowMapping) -> KeptSilence:
    return KeptSilence(**{name: row[name] for name in KeptSilence.__dataclass_fields__})


_ACTIVE = Prepared(in_force())
_OF_IT = (
    select(func.count())
    .select_from(held_alerts)
    .where(held_alerts.c.silence == silences.c.id)
    .correlate(silences)
)
_WAITING = (
    select(func.count())
    .select_from(held_alerts.join(alerts))
    .where(held_alerts.c.silence == silences.c.id, alerts.c.due_at.is_not(None))
    .correlate(silences)
)
_LISTED = select(
    silences,
    watches.c.name.label("watch_name"),
    _OF_IT.scalar_subquery().label("held"),
    _WAITING.scalar_subquery().label("waiting"),
).select_from(silences.outerjoin(watches, silences.c.watch == watches.c.id))
_END = (
    update(silences)
    .where(
        silences.c.id == bindparam("of_silence"),
        silences.c.ended_at.is_(None),
        silences.c.until_at > bindparam("now"),
    )
    .values(ended_at=bindparam("now"))
)
_NOW_DUE = (
    update(alerts)
    .where(
        alerts.c.id.in_(
            select(held_alerts.c.alert).where(held_alerts.c.silence == bindparam("of_silence"))
        ),
        alerts.c.due_at > bindparam("now"),
    )
    .values(due_at=bindparam("now"))
)
