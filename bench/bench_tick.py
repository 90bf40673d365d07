"""The tick that looks which sources are due, over 100,000 of them: idle, and with one due.

Both engines claim by the same code. On PostgreSQL most of it is the way to the server and back.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text, update

from archive import sources
from archive.database import Database
from archive.schema import sources as rows
from archive.source_rows import said
from bench.archives import on_postgresql, on_sqlite
from news.source import SourceSettings

SOURCES, HOSTS, TICKS, BATCH = 100_000, 60_000, 2_000, 5_000
NOW = datetime(2026, 11, 23, tzinfo=UTC)
LEASE = timedelta(minutes=3)


def main() -> None:
    print(f"tick: {SOURCES:,} sources at {HOSTS:,} hosts, {TICKS:,} ticks each")
    print(f"{'':14} {'idle':>10} {'p99':>10} {'one due':>10} {'p99':>10}")
    for name, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        with opened() as database:
            _fill(database)
            idle, busy = _spent(database, _nothing), _spent(database, _one_due)
        figures = (*_told(idle), *_told(busy))
        print(f"{name:14} " + " ".join(f"{seconds * 1e6:>7.1f} µs" for seconds in figures))


def _fill(database: Database) -> None:
    """Keep sources that are due tomorrow."""
    with database.writing() as conn:
        for first in range(0, SOURCES, BATCH):
            conn.execute(insert(rows), [_row(number) for number in range(first, first + BATCH)])
    with database.writing() as conn:
        conn.execute(text("ANALYZE"))


def _row(number: int) -> dict[str, Any]:
    url = f"https://site{number % HOSTS}.test/feed/{number}"
    settings = SourceSettings(name=str(number), kind="feed", url=url)
    counts = dict.fromkeys(("claim_no", "failures", "empty_visits"), 0)
    moments = {"added_at": NOW, "looked_since": NOW}
    later = NOW + timedelta(days=1, seconds=number)
    return {**said(settings, None), **counts, **moments, "next_visit_at": later}


def _nothing(conn: Connection, number: int) -> None:
    pass


def _one_due(conn: Connection, number: int) -> None:
    """Let one source be due, and none be under way."""
    conn.execute(update(rows).where(rows.c.id == number).values(claimed_until=None))
    due = update(rows).where(rows.c.id == number + 1)
    conn.execute(due.values(next_visit_at=NOW, claimed_until=None))
    conn.execute(update(rows).where(rows.c.id == number).values(next_visit_at=NOW + LEASE))


def _told(spent: list[float]) -> tuple[float, float]:
    return statistics.median(spent), sorted(spent)[int(0.99 * len(spent))]


def _spent(database: Database, before: Callable[[Connection, int], None]) -> list[float]:
    spent = []
    for number in range(TICKS):
        with database.writing() as conn:
            before(conn, number)
            began = time.perf_counter()
            sources.claim_due(conn, now=NOW, lease=LEASE, limit=64)
            spent.append(time.perf_counter() - began)
    return spent


if __name__ == "__main__":
    main()
