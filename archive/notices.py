"""Notices: what wirewatch told about itself, kept with where it went.

A notice is due from the moment it is written until somebody is told of it, or until it is found
that nobody is to be. So it is written within the transaction of what it is about, and a message
may carry several of them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import RowMapping

from archive.prepared import Prepared
from archive.schema import sources
from archive.schema_telling import deliveries, delivery_notices, notices
from archive.sent_to import SentTo, deliveries_of, sent_to
from news.notice import OPENING, Hint, Notice, NoticeKind, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNotice:
    """A notice as the archive keeps it; `due_at` (UTC) is set where nobody was told of it yet."""

    id: int
    notice: Notice
    due_at: datetime | None = None
    sent: tuple[SentTo, ...] = ()


def add(conn: Connection, notice: Notice, *, due_at: datetime) -> int:
    """Keep a notice that is to be told from `due_at` on; return its number."""
    values = {
        "at": notice.at,
        "kind": notice.kind,
        "source": notice.source.id,
        "words": notice.what,
        "facts": _facts(notice),
        "due_at": due_at,
    }
    number: int = conn.execute(insert(notices).returning(notices.c.id), values).scalar_one()
    return number


def in_trouble(conn: Connection, source: int, kind: NoticeKind | None) -> None:
    """Remember which notice of a source's trouble holds from now on."""
    conn.execute(update(sources).where(sources.c.id == source).values(trouble=kind))


def opening(conn: Connection, source: int) -> KeptNotice | None:
    """Return the notice that began the last trouble of a source, unless it was pruned."""
    query = _SELECTED.where(notices.c.source == source, notices.c.kind.in_(sorted(OPENING)))
    row = conn.execute(query.order_by(notices.c.id.desc()).limit(1)).mappings().first()
    return None if row is None else _kept(row)


def first_due(conn: Connection) -> datetime | None:
    """Return when the first notice is due that nobody was told of; None where there is none."""
    due: datetime | None = _FIRST_DUE.value(conn, {})
    return due


def untold(conn: Connection, *, limit: int = 5_000) -> list[KeptNotice]:
    """Return the notices that nobody was told of yet, oldest first."""
    query = _SELECTED.where(notices.c.due_at.is_not(None)).order_by(notices.c.id).limit(limit)
    return [_kept(row) for row in conn.execute(query).mappings()]


def last_message(conn: Connection) -> datetime | None:
    """Return when a message with a notice was owed last."""
    query = select(deliveries.c.owed_at).where(
        deliveries.c.id == select(func.max(delivery_notices.c.delivery)).scalar_subquery()
    )
    owed: datetime | None = conn.scalar(query)
    return owed


def carry(conn: Connection, delivery: int, numbers: Collection[int]) -> None:
    """Remember which notices a delivery carries."""
    conn.execute(
        insert(delivery_notices), [{"delivery": delivery, "notice": number} for number in numbers]
    )


def settle(conn: Connection, numbers: Collection[int]) -> None:
    """Let notices be told: nothing more is done about them."""
    conn.execute(update(notices).where(notices.c.id.in_(numbers)).values(due_at=None))


def listing(
    conn: Connection,
    *,
    since: datetime | None = None,
    source: int | None = None,
    limit: int = 100,
) -> list[KeptNotice]:
    """Return notices newest first, each with what became of it at each channel."""
    query = _SELECTED.order_by(notices.c.id.desc()).limit(limit)
    if since is not None:
        query = query.where(notices.c.at >= since)
    if source is not None:
        query = query.where(notices.c.source == source)
    return _with_sent(conn, query)


def of(conn: Connection, numbers: Sequence[int]) -> list[KeptNotice]:
    """Return the notices of these numbers, oldest first."""
    return _with_sent(conn, _SELECTED.where(notices.c.id.in_(numbers)).order_by(notices.c.id))


def after(conn: Connection, number: int) -> list[KeptNotice]:
    """Return the notices that came after that number, oldest first; where they went is left out."""
    query = _SELECTED.where(notices.c.id > number).order_by(notices.c.id)
    return [_kept(row) for row in conn.execute(query).mappings()]


def newest(conn: Connection) -> int:
    """Return the number of the newest notice, 0 where there is none."""
    return conn.scalar(select(func.max(notices.c.id))) or 0


def carried_by(conn: Connection, delivery: int) -> list[KeptNotice]:
    """Return the notices that a delivery carries, oldest first."""
    carried = select(delivery_notices.c.notice).where(delivery_notices.c.delivery == delivery)
    return of(conn, list(conn.execute(carried).scalars()))


def _facts(notice: Notice) -> dict[str, Any]:
    return {
        "since": notice.since.isoformat(),
        "next": notice.next,
        "name": notice.source.name,
        "url": notice.source.url,
        "hints": [[hint.words, hint.command] for hint in notice.hints],
        "opened": notice.opened,
        "figures": dict(notice.figures),
    }


def _kept(row: RowMapping, sent: Sequence[SentTo] = ()) -> KeptNotice:
    facts = row["facts"]
    notice = Notice(
        kind=NoticeKind(row["kind"]),
        at=row["at"],
        since=datetime.fromisoformat(facts["since"]),
        what=row["words"],
        next=facts["next"],
        source=Party(id=row["source"], name=facts["name"], url=facts["url"]),
        hints=tuple(Hint(*hint) for hint in facts["hints"]),
        opened=facts["opened"],
        figures=facts["figures"],
    )
    return KeptNotice(id=row["id"], notice=notice, due_at=row["due_at"], sent=tuple(sent))


def _with_sent(conn: Connection, query: Any) -> list[KeptNotice]:  # noqa: ANN401 - SQLAlchemy's own
    rows = conn.execute(query).mappings().all()
    sent = sent_to(conn, _SENT, [row["id"] for row in rows])
    return [_kept(row, sent[row["id"]]) for row in rows]


_SELECTED = select(notices)
_FIRST_DUE = Prepared(
    select(notices.c.due_at)
    .where(notices.c.due_at.is_not(None))
    .order_by(notices.c.due_at)
    .limit(1)
)
_SENT = deliveries_of(delivery_notices.c.notice)
