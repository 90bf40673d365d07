"""Visits: how each went, and what it means for its source."""

from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy import Connection, bindparam, case, func, insert, update

from archive.columns import CleanText, UtcDateTime
from archive.prepared import Prepared
from archive.schema import sources, visits
from archive.source_rows import moved_columns
from news.cadence import NextVisit
from news.gap import Gap
from news.moved import moved_after
from news.source import DueSource
from news.visit import Failed, Told, Unchanged, Visit


def settle(conn: Connection, source: DueSource, visit: Visit, *, plan: NextVisit) -> bool:
    """Keep what a visit means for its source, and end the claim; False if it is not ours.

    An unchanged visit is by far the most frequent, so each outcome is one prepared statement.
    """
    values: dict[str, Any] = {
        "of_source": source.id,
        "of_claim": source.claim_no,
        "paused_reason": plan.stop,
        "next_visit_at": None if plan.stop else plan.at,
        "planned_at": plan.at,
        "failures": plan.rhythm.failures,
        "empty_visits": plan.rhythm.empty_visits,
        "interval": plan.rhythm.interval,
        "habit": plan.rhythm.habit,
        "learned": source.learned,
        "last_visit_at": visit.at,
        "listed": source.listed,
        **moved_columns(moved_after(source, visit, failures=plan.rhythm.failures), source.settings),
    }
    match visit.outcome:
        case Told(validators=validators, title=title, entries=entries, learned=learned, anew=anew):
            statement = _TOLD if entries else _EMPTY
            values |= {"title": title}
            values["learned"] = source.learned if learned is None else learned or None
            values["listed"] = len(entries) + visit.outcome.dropped
            if anew and source.last_good_at is not None:
                statement = _ANEW
                values["looked_since"] = source.last_good_at + _INSTANT
        case Unchanged(validators=validators, learned=learned):
            statement = _UNCHANGED
            values["learned"] = learned or source.learned
        case Failed(reason=reason, learned=learned):
            validators, statement = source.validators, _FAILED
            values |= {"last_reason": reason, "learned": learned or source.learned}
        case _:
            assert_never(visit.outcome)
    values["etag"] = validators.etag
    values["last_modified"] = validators.last_modified
    values["body_hash"] = validators.body_hash
    return statement.run(conn, values) == 1


def replan(
    conn: Connection, source: DueSource, plan: NextVisit, *, at: datetime, gap: Gap | None
) -> None:
    """Keep another plan, for the visit at `at` told what was unknown, maybe after a gap.

    That is within the transaction that settled the visit.
    """
    said_at = at if gap is not None and not gap.repeated else source.gap_at
    values = {
        "of_source": source.id,
        "at": plan.at,
        "empty": plan.rhythm.empty_visits,
        "chosen": plan.rhythm.interval,
        "habit": plan.rhythm.habit,
        "told_at": at,
        "said_at": said_at,
    }
    _REPLAN.run(conn, values)


def write(
    conn: Connection, source: DueSource, visit: Visit, *, new: int, gap: bool = False
) -> None:
    """Keep a line about a visit."""
    entries = 0
    match visit.outcome:
        case Told() as told:
            outcome, reason = "told", None
            entries = len(told.entries) + told.dropped
        case Unchanged():
            outcome, reason = "unchanged", None
        case Failed(reason=words):
            outcome, reason = "failed", words
        case _:
            assert_never(visit.outcome)
    values = {
        "source": source.id,
        "at": visit.at,
        "outcome": outcome,
        "status": visit.status,
        "ms": visit.ms,
        "size": visit.size,
        "entries": entries,
        "new": new,
        "reason": reason,
        "gap": gap,
    }
    _WRITE.run(conn, values)


def _settled(**more: Any) -> Prepared:  # noqa: ANN401 - what a column may be set to
    names = (
        "paused_reason",
        "next_visit_at",
        "planned_at",
        "failures",
        "empty_visits",
        "interval",
        "habit",
        "learned",
        "last_visit_at",
        "listed",
        "moved_to",
        "moved_times",
        "moved_since",
        "moved_asked_at",
        "limit_key",
        "etag",
        "last_modified",
        "body_hash",
    )
    return Prepared(
        update(sources)
        .where(
            sources.c.id == bindparam("of_source"),
            sources.c.claim_no == bindparam("of_claim"),
            sources.c.claimed_until.is_not(None),
        )
        .values(claimed_until=None, **{name: bindparam(name) for name in names}, **more)
    )


_VISITED: Any = bindparam("last_visit_at", type_=UtcDateTime)
_WELL: dict[str, Any] = {"last_good_at": _VISITED, "failing_since": None, "last_reason": None}
_TITLE: dict[str, Any] = {
    "title": func.coalesce(bindparam("title", type_=CleanText), sources.c.title)
}
_UNCHANGED = _settled(**_WELL)
_EMPTY = _settled(**_WELL, **_TITLE)
_TOLD = _settled(**_WELL, **_TITLE, first_told_at=func.coalesce(sources.c.first_told_at, _VISITED))
_INSTANT = timedelta(microseconds=1)
_SINCE: Any = bindparam("looked_since", type_=UtcDateTime)
# What was published before the last good visit stood there, and was not told: it is no news now.
_ANEW = _settled(
    **_WELL,
    **_TITLE,
    first_told_at=func.coalesce(sources.c.first_told_at, _VISITED),
    looked_since=case((sources.c.looked_since < _SINCE, _SINCE), else_=sources.c.looked_since),
)
_FAILED = _settled(
    last_reason=bindparam("last_reason"),
    failing_since=func.coalesce(sources.c.failing_since, _VISITED),
)
_WRITE = Prepared(insert(visits))
_REPLAN = Prepared(
    update(sources)
    .where(sources.c.id == bindparam("of_source"))
    .values(
        next_visit_at=bindparam("at"),
        planned_at=bindparam("at"),
        empty_visits=bindparam("empty"),
        interval=bindparam("chosen"),
        habit=bindparam("habit"),
        last_new_at=bindparam("told_at"),
        gap_at=bindparam("said_at"),
    )
)
