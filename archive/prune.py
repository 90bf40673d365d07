"""Pruning: the texts of old articles go, with their place in the index; what they were stays.

Identities, what was told, matches and the trail are never removed, so that an old item which is
listed again sets nothing off. An article without its text is not found by search any more.

Texts are taken in small batches: looked at and tokenised while others write, then removed in one
short transaction. A batch takes what is oldest, so whoever is interrupted goes on where he was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    select,
    update,
)

from archive.dialects import in_place_of
from archive.schema import articles, meta, texts, visits
from archive.schema_likeness import revisions
from archive.schema_telling import attempts, deliveries, delivery_notices, notices
from archive.search import index
from archive.search.find import first_since
from news.text import Analyzed, analyze

VISITS_KEPT = timedelta(days=30)
"""How long a line about a visit stays."""

YOUNGEST = timedelta(days=7)
"""Nothing younger is pruned: its page may be read again, its deliveries tried again."""

BATCH = 25
"""Texts that are removed in one transaction."""

NOTICES_KEPT = timedelta(days=30)
"""How long a notice stays, with what was sent of it, unless `[archive] keep` is longer."""

NOTICES = 200
"""Notices that are removed in one transaction."""

LINES = 1_000
"""Visits, or attempts, that are looked at in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldText:
    """An article whose text may go: which one, how long it is, and its tokens as indexed."""

    article: int
    revision: int
    size: int
    analyzed: Analyzed


@dataclass(frozen=True, slots=True, kw_only=True)
class Prunable:
    """What a pruning would take: articles' texts with their characters, visits, answers."""

    texts: int
    characters: int
    visits: int
    answers: int


def count(conn: Connection, *, before: datetime, now: datetime) -> Prunable:
    """Count what is to be pruned of what is older than `before`; it reads all of it."""
    row = conn.execute(
        select(func.count(), func.coalesce(func.sum(_LENGTH), 0))
        .select_from(texts)
        .where(*_old(conn, before))
    ).one()
    visited = select(func.count()).select_from(visits).where(visits.c.at < now - VISITS_KEPT)
    answered = (
        select(func.count())
        .select_from(attempts.join(deliveries))
        .where(deliveries.c.owed_at < before, func.length(attempts.c.answer) > 0)
    )
    return Prunable(
        texts=row[0],
        characters=row[1],
        visits=conn.execute(visited).scalar_one(),
        answers=conn.execute(answered).scalar_one(),
    )


def old_texts(conn: Connection, *, before: datetime, limit: int = BATCH) -> list[OldText]:
    """Return the oldest texts of articles owed, and last revised, before `before`."""
    found = conn.execute(
        select(texts, articles.c.title, articles.c.revision)
        .select_from(texts.join(articles))
        .where(*_old(conn, before))
        .order_by(texts.c.article)
        .limit(limit)
    )
    # On PostgreSQL the index needs no tokens to forget a row.
    indexed = conn.dialect.name == "sqlite"
    return [
        OldText(
            article=row.article,
            revision=row.revision,
            size=len(row.body),
            analyzed=analyze(row.title, row.body, row.lead) if indexed else analyze("", "", ""),
        )
        for row in found
    ]


def remove_texts(conn: Connection, old: Sequence[OldText]) -> int:
    """Remove these texts, save of articles revised since they were looked at; return how many."""
    numbers = {one.article: one for one in old}
    rows = conn.execute(_PRESENT, {"many": list(numbers)})
    gone = [one for row in rows if (one := numbers[row.article]).revision == row.revision]
    for one in gone:
        index.remove(conn, one.article, one.analyzed)
    if gone:
        many = {"many": [one.article for one in gone]}
        conn.execute(_EMPTY_REVISIONS, many)
        conn.execute(_REMOVE, many)
    return len(gone)


def remove_visits(conn: Connection, *, now: datetime, limit: int = LINES) -> int:
    """Remove the oldest visits of more than 30 days ago; return how many, 0 at the end.

    Their numbers run nearly in the order of time, so it is the first ones that are looked at.
    """
    rows = conn.execute(select(visits.c.id, visits.c.at).order_by(visits.c.id).limit(limit))
    old = [row.id for row in rows if row.at < now - VISITS_KEPT]
    if old:
        conn.execute(delete(visits).where(visits.c.id.in_(old)))
    return len(old)


def remove_answers(conn: Connection, *, before: datetime, limit: int = LINES) -> int:
    """Empty what receivers answered to deliveries owed before `before`; how many, 0 at the end."""
    done = int(conn.execute(_MARK).scalar() or 0)
    rows = conn.execute(_NEXT_DELIVERIES, {"done": done, "limit": limit})
    # Their numbers, too, run nearly in the order of time.
    old = [row.id for row in takewhile(lambda row: row.owed_at < before, rows)]
    if old:
        conn.execute(_EMPTY_ANSWERS, {"first": done, "last": old[-1]})
        marked = {"key": _PRUNED_TO, "value": str(old[-1])}
        conn.execute(in_place_of(meta, "value")[conn.dialect.name], marked)
    return len(old)


def remove_notices(conn: Connection, *, before: datetime, limit: int = NOTICES) -> int:
    """Remove the oldest notices from before `before` with their deliveries; how many, 0 at the end.

    What is not told or not settled yet stays, and what was sent beside it.
    """
    waiting = (
        select(delivery_notices.c.notice)
        .join(deliveries)
        .where(deliveries.c.due_at.is_not(None), delivery_notices.c.notice == notices.c.id)
    )
    old = conn.execute(
        select(notices.c.id)
        .where(notices.c.at < before, notices.c.due_at.is_(None), ~exists(waiting))
        .order_by(notices.c.id)
        .limit(limit)
    ).scalars()
    numbers = list(old)
    if not numbers:
        return 0
    carrying = delivery_notices.c.notice.in_(numbers)
    carriers = set(conn.execute(select(delivery_notices.c.delivery).where(carrying)).scalars())
    conn.execute(delete(delivery_notices).where(carrying))
    conn.execute(delete(notices).where(notices.c.id.in_(numbers)))
    carriers -= set(
        conn.execute(
            select(delivery_notices.c.delivery).where(delivery_notices.c.delivery.in_(carriers))
        ).scalars()
    )
    conn.execute(delete(attempts).where(attempts.c.delivery.in_(carriers)))
    conn.execute(delete(deliveries).where(deliveries.c.id.in_(carriers)))
    return len(numbers)


def _old(conn: Connection, before: datetime) -> tuple[ColumnElement[bool], ...]:
    revised = exists().where(revisions.c.article == texts.c.article, revisions.c.at >= before)
    return texts.c.article < first_since(conn, before), ~revised


_LENGTH = func.length(texts.c.body) + func.length(texts.c.lead)
_MANY: ColumnElement[int] = bindparam("many", expanding=True)
_PRESENT = (
    select(texts.c.article, articles.c.revision)
    .select_from(texts.join(articles))
    .where(texts.c.article.in_(_MANY))
)
_EMPTY_REVISIONS = update(revisions).where(revisions.c.article.in_(_MANY)).values(lead="", body="")
_REMOVE = delete(texts).where(texts.c.article.in_(_MANY))

_PRUNED_TO = "answers_pruned_to"
"""The delivery up to which answers were emptied: there is nothing to look for below."""
_MARK = select(meta.c.value).where(meta.c.key == _PRUNED_TO)
_NEXT_DELIVERIES = (
    select(deliveries.c.id, deliveries.c.owed_at)
    .where(deliveries.c.id > bindparam("done"))
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
)
_EMPTY_ANSWERS = (
    update(attempts)
    .where(attempts.c.delivery > bindparam("first"), attempts.c.delivery <= bindparam("last"))
    .values(answer=b"")
)
