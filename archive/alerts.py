"""Alerts: what a watch was told, and that it is told nothing twice.

What is held counts as told, so that nothing is told of it beside the summary that is to come.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select
from sqlalchemy.engine import RowMapping

from archive.dialects import unless_there
from archive.prepared import Prepared
from archive.schema import articles, publishers
from archive.schema_telling import (
    alerts,
    delivery_alerts,
    held_alerts,
    silences,
    told,
    watches,
)
from archive.sent_to import SentTo, deliveries_of, sent_to
from news.alert import AlertKind, AlertState
from news.silence import Silence


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """An alert as it was decided; `detail` is the revision of an edit or the families of growth.

    `held_by` is the silence that holds it, until its end.
    """

    watch: int
    story: int | None
    article: int | None
    kind: AlertKind
    reason: str
    state: AlertState
    at: datetime
    detail: int = 0
    held_by: Silence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAlert:
    """An alert as the archive keeps it, with where it went.

    `to` is what the watch names by now, `held_by` the silence that holds it, or held it, and
    `due_at` (UTC) when what is held still is to be told.
    """

    id: int
    at: datetime
    kind: AlertKind
    reason: str
    state: AlertState
    watch: int
    watch_name: str
    story: int | None
    article: int | None
    title: str | None
    url: str | None
    publisher_name: str | None
    sent: tuple[SentTo, ...]
    to: tuple[str, ...] = ()
    due_at: datetime | None = None
    held_by: Silence | None = None


def add(conn: Connection, new: NewAlert) -> int | None:
    """Keep an alert and, if it is told or held, that it was; None if the watch had that before.

    What was told is unique in the store, so not even two processes at once can tell it twice. What
    is dropped once more, as when an article is revised, stays the alert that it was.
    """
    number: int | None
    if new.state is AlertState.DROPPED:
        number = _DROPPED.value(conn, {name: getattr(new, name) for name in _ONCE})
        if number is not None:
            return number
    until = None if new.held_by is None else new.held_by.until
    number = _ADD.value(conn, {**{name: getattr(new, name) for name in _KEPT}, "due_at": until})
    if new.state is AlertState.DROPPED:
        return number
    once = {
        "watch": new.watch,
        "kind": new.kind,
        "article": new.article or 0,
        "detail": new.detail,
        "alert": number,
        "at": new.at,
    }
    if _TELL.run(conn, once) == 1:
        if new.held_by is not None:
            _HOLD.run(conn, {"alert": number, "silence": new.held_by.id})
        return number
    conn.execute(_TAKE_BACK, {"of_alert": number})
    return None


def listing(
    conn: Connection, *, since: datetime | None = None, limit: int = 100
) -> list[KeptAlert]:
    """Return alerts newest first, each with the outcome at each channel."""
    query = selected().order_by(alerts.c.id.desc()).limit(limit)
    if since is not None:
        query = query.where(alerts.c.at >= since)
    return kept(conn, query)


def selected() -> Select[Any]:
    """Return a SELECT of alerts as `kept` needs it."""
    return select(
        alerts,
        watches.c.name.label("watch_name"),
        watches.c.settings.label("watch_settings"),
        silences.c.id.label("silence"),
        silences.c.until_at,
        silences.c.why,
        articles.c.title,
        articles.c.url,
        publishers.c.name.label("publisher_name"),
    ).select_from(
        alerts.join(watches, alerts.c.watch == watches.c.id)
        .outerjoin(articles, alerts.c.article == articles.c.id)
        .outerjoin(publishers, articles.c.publisher == publishers.c.id)
        .outerjoin(held_alerts, held_alerts.c.alert == alerts.c.id)
        .outerjoin(silences, held_alerts.c.silence == silences.c.id)
    )


def kept(conn: Connection, query: Select[Any]) -> list[KeptAlert]:
    """Return the alerts that `query`, made from `selected`, finds, with where they went."""
    rows = conn.execute(query).mappings().all()
    sent = sent_to(conn, _SENT, [row["id"] for row in rows])
    return [_alert(row, tuple(sent[row["id"]])) for row in rows]


def _alert(row: RowMapping, sent: tuple[SentTo, ...]) -> KeptAlert:
    return KeptAlert(
        id=row["id"],
        at=row["at"],
        kind=AlertKind(row["kind"]),
        reason=row["reason"],
        state=AlertState(row["state"]),
        watch=row["watch"],
        watch_name=row["watch_name"],
        story=row["story"],
        article=row["article"],
        title=row["title"],
        url=row["url"],
        publisher_name=row["publisher_name"],
        sent=sent,
        to=tuple(row["watch_settings"]["to"]),
        due_at=row["due_at"],
        held_by=_silence(row),
    )


def _silence(row: RowMapping) -> Silence | None:
    if row["silence"] is None:
        return None
    return Silence(id=row["silence"], until=row["until_at"], why=row["why"])


_KEPT = ("watch", "story", "article", "kind", "reason", "state", "at")
_ONCE = ("watch", "article", "kind", "reason")
_DROPPED = Prepared(
    select(alerts.c.id).where(
        alerts.c.state == AlertState.DROPPED, *(alerts.c[name] == bindparam(name) for name in _ONCE)
    )
)
_ADD = Prepared(insert(alerts).returning(alerts.c.id))
_TELL = Prepared(unless_there(told))
_HOLD = Prepared(insert(held_alerts))
_TAKE_BACK = delete(alerts).where(alerts.c.id == bindparam("of_alert"))
_SENT = deliveries_of(delivery_alerts.c.alert)
