"""What keeping costs: an article batched and alone, an unchanged visit, a tick that finds nothing.

CPU is that of our own process; PostgreSQL's own is in the time that passes. The articles are of
2.6 kB, their words drawn as a language draws them: few often, many seldom.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from statistics import median

from sqlalchemy import Connection, insert, text

from archive import (
    alerts,
    articles,
    channels,
    entries,
    matches,
    outbox,
    recognition,
    sources,
    standing,
    stats,
    stories,
    trail,
    watches,
)
from archive.alerts import NewAlert
from archive.articles import NewArticle
from archive.database import Database
from archive.entries import NotedEntries
from archive.schema import sources as source_rows
from bench.archive_material import NOW, article, entry, idle_source, line
from bench.archives import on_postgresql, on_sqlite
from news.alert import AlertKind, AlertState
from news.cadence import NextVisit
from news.channel import ChannelSettings
from news.entry import DueEntry
from news.match import Match, Span
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.trail import Step
from news.visit import Told, Unchanged, Visit
from news.watch import WatchSettings

LEASE = timedelta(minutes=2)
BATCH = 500
ALONE = 300
VISITS = 500
TICKS = 500
IDLE_SOURCES = 100_000
PAYLOAD = b'{"type": "story.matched"}' * 60


def main() -> None:
    print(f"{'':46} {'CPU ms':>8} {'p50 ms':>8} {'p99 ms':>8}")
    for name, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        with opened() as archive:
            _measure(archive, name)


def _measure(archive: Database, name: str) -> None:
    with archive.writing() as conn:
        sources.add(conn, SourceSettings(name="one", kind="feed", url="https://a.test/"), now=NOW)
        channels.add(conn, ChannelSettings(name="desk", url="https://hook.test/"), now=NOW)
        watches.add(conn, WatchSettings(name="w", query="x", to=("desk",)), now=NOW)
    _batched(archive, name)
    _table(f"{name}: an unchanged visit noted", _unchanged(archive))
    _table(f"{name}: a visit with one new of 30 noted", _one_new(archive))
    _table(f"{name}: the whole owe step, one article alone", _owing(archive))
    with archive.writing() as conn:
        conn.execute(insert(source_rows), [idle_source(number) for number in range(IDLE_SOURCES)])
    if archive.dialect == "postgresql":
        with archive.writing() as conn:
            conn.execute(text("ANALYZE"))
    for kind, claim in _CLAIMS.items():
        _table(f"{name}: idle claim of {kind}, {IDLE_SOURCES:,} sources", _ticks(archive, claim))


def _timed(steps: Iterator[Callable[[], object]]) -> tuple[float, list[float]]:
    """Return CPU in all and the time of each step; making a step is not counted."""
    cpu, took = 0.0, []
    for step in steps:
        began, used = time.perf_counter(), time.process_time()
        step()
        cpu += time.process_time() - used
        took.append(time.perf_counter() - began)
    return cpu, sorted(took)


def _table(line: str, measured: tuple[float, list[float]]) -> None:
    cpu, took = measured
    worst = took[int(len(took) * 0.99)]
    print(f"{line:46} {cpu / len(took) * 1e3:8.3f} {median(took) * 1e3:8.3f} {worst * 1e3:8.3f}")


def _batched(archive: Database, name: str) -> None:
    made = [article(number) for number in range(BATCH)]
    size = sum(len(new.reading.body.encode()) for new in made)
    before = _size(archive)
    with archive.writing() as conn:
        began, used = time.perf_counter(), time.process_time()
        for new in made:
            articles.add(conn, new)
        cpu, took = time.process_time() - used, time.perf_counter() - began
    grown = _size(archive) - before
    print(
        f"{f'{name}: rows and index of one of {BATCH}':46} {cpu / BATCH * 1e3:8.3f} "
        f"{took / BATCH * 1e3:8.3f} {'':8}   {grown / size:.2f} x its text on disk"
    )


def _size(archive: Database) -> int:
    with archive.reading() as conn:
        return stats.count(conn).size


def _claimed(archive: Database) -> DueSource:
    with archive.writing() as conn:
        (due,) = sources.claim_due(conn, now=NOW, lease=LEASE, limit=1)
    return due


def _plan(_noted: NotedEntries) -> NextVisit:
    return NextVisit(at=NOW, rhythm=Rhythm())


def _noting(archive: Database, visit: Visit) -> Callable[[], object]:
    due = _claimed(archive)

    def step() -> None:
        with archive.writing() as conn:
            entries.note(conn, due, visit, plan=_plan)

    return step


def _unchanged(archive: Database) -> tuple[float, list[float]]:
    same = Visit(at=NOW, outcome=Unchanged(validators=Validators(etag="e")), status=304)
    return _timed(_noting(archive, same) for _ in range(VISITS))


def _one_new(archive: Database) -> tuple[float, list[float]]:
    def visit(first: int) -> Visit:
        told = tuple(entry(number) for number in range(first, first + 30))
        return Visit(at=NOW, outcome=Told(entries=told, validators=Validators()), status=200)

    return _timed(_noting(archive, visit(number)) for number in range(VISITS))


def _owing(archive: Database) -> tuple[float, list[float]]:
    def steps() -> Iterator[Callable[[], object]]:
        for number in range(BATCH, BATCH + ALONE):
            with archive.writing() as conn:
                due = entries.claim_due(conn, now=NOW, lease=LEASE, limit=1)[0]
            new = article(number)
            yield partial(_owe, archive, due, new)

    return _timed(steps())


def _owe(archive: Database, due: DueEntry, new: NewArticle) -> None:
    """Take the steps of transaction 2 for a new article that one watch wants told."""
    with archive.writing() as conn:
        archive.alone(conn)
        watches.set_version(conn)
        recognition.recognise(conn, new)
        article = articles.add(conn, new)
        articles.join(conn, article.id, due.source)
        span = Span("title", 0, 5, "title")
        match = Match(watch=1, version=1, spans=(span, span))
        matches.add(conn, match, article=article.id, revision=1)
        standing.of(conn, watch=1, story=article.story, article=article.id, now=NOW)
        stories.of(conn, article.story)
        told = NewAlert(
            watch=1,
            story=article.story,
            article=article.id,
            kind=AlertKind.STORY,
            reason="told",
            state=AlertState.TOLD,
            at=NOW,
        )
        alert = alerts.add(conn, told)
        outbox.owe(conn, channel=1, alerts=[alert or 0], payload=PAYLOAD, now=NOW)
        trail.write(conn, [line(step, due.id, article.id) for step in Step])
        entries.finish(conn, due, article=article.id)


_CLAIMS: dict[str, Callable[[Connection], object]] = {
    "sources": lambda conn: sources.claim_due(conn, now=NOW, lease=LEASE, limit=50),
    "entries": lambda conn: entries.claim_due(conn, now=NOW, lease=LEASE, limit=50),
    "deliveries": lambda conn: outbox.claim_due(conn, now=NOW, lease=LEASE, limit=50),
}


def _ticks(archive: Database, claim: Callable[[Connection], object]) -> tuple[float, list[float]]:
    def tick() -> None:
        with archive.writing() as conn:
            claim(conn)

    tick()  # takes what is due, so that the others find nothing
    return _timed(tick for _ in range(TICKS))


if __name__ == "__main__":
    main()
