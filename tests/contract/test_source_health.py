"""How sources are doing, on both engines: lag, visits, gaps, what waits, and their hosts' rest."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from archive import entries, gaps, source_figures, source_health, sources
from archive.database import Database
from archive.gaps import PastGap
from archive.schema import sources as source_rows
from archive.schema_limits import cooldowns
from archive.source_health import Doings, Lag, Rest
from news.entry import Entry
from news.gap import Gap, Missed
from news.source import Validators
from news.visit import Failed, Outcome, Told, Unchanged, Visit
from tests.contract.archive_world import (
    MINUTE,
    NOW,
    add_source,
    always,
    claim,
    next_visit,
    within,
)

HOUR = timedelta(hours=1)


def noted(archive: Database, outcome: Outcome, *, at: timedelta, status: int = 200) -> Gap | None:
    """Let the one source be visited so long after the beginning; return the gap before it."""
    due = claim(archive, at=NOW + at)
    seen = Visit(at=NOW + at, outcome=outcome, status=status, ms=40, size=1_000)
    plan = always(next_visit(NOW + at))
    found = within(archive, lambda conn: entries.note(conn, due, seen, plan=plan))
    assert found is not None
    return found.gap


def told(*numbers: int, ago: timedelta | None = None, at: timedelta = timedelta()) -> Told:
    published = None if ago is None else NOW + at - ago
    return Told(
        entries=tuple(
            Entry(url=f"https://yna.test/{n}", title=f"Story {n}", published=published)
            for n in numbers
        ),
        validators=Validators(),
    )


def late(archive: Database, *minutes: float, at: timedelta, first: int) -> None:
    """Let one entry for each of `minutes` be found that long after its publication."""
    many = [
        Entry(
            url=f"https://yna.test/{first + n}",
            title=f"Late {first + n}",
            published=NOW + at - each * MINUTE,
        )
        for n, each in enumerate(minutes)
    ]
    noted(archive, Told(entries=tuple(many), validators=Validators()), at=at)


def lag_of(archive: Database, source: int, *, after: timedelta = HOUR) -> Lag | None:
    with archive.reading() as conn:
        every = source_health.lags(conn, now=NOW + after)
        assert source_health.lags(conn, now=NOW + after, source=source) == every
        return every.get(source)


def test_lag_is_that_of_half_and_of_nearly_all(archive: Database) -> None:
    source = add_source(archive)
    noted(archive, told(1, ago=HOUR), at=timedelta())
    assert lag_of(archive, source) is None
    late(archive, *range(1, 21), at=HOUR, first=10)
    assert lag_of(archive, source) == Lag(p50=10 * MINUTE, p95=19 * MINUTE, entries=20)


@pytest.mark.parametrize("minutes", [-5, 3 * 24 * 60])
def test_dates_ahead_and_far_back_are_no_lag(archive: Database, minutes: int) -> None:
    source = add_source(archive)
    noted(archive, told(1), at=timedelta())
    late(archive, minutes, 7, at=HOUR, first=10)
    assert lag_of(archive, source) == Lag(p50=7 * MINUTE, p95=7 * MINUTE, entries=1)


def test_undated_entries_and_old_weeks_have_no_lag(archive: Database) -> None:
    source = add_source(archive)
    noted(archive, told(1), at=timedelta())
    noted(archive, told(2), at=HOUR)
    assert lag_of(archive, source) is None
    late(archive, 7, at=2 * HOUR, first=10)
    assert lag_of(archive, source, after=timedelta(days=9)) is None


def test_a_gap_is_noticed_said_once_a_day_and_counted(archive: Database) -> None:
    source = add_source(archive)
    assert noted(archive, told(1, 2, 3), at=timedelta()) is None
    assert noted(archive, told(2, 3, 4), at=MINUTE) is None
    gap = noted(archive, told(7, 8, 9), at=16 * MINUTE)
    assert gap is not None
    assert (gap.since, gap.until, gap.entries) == (NOW + MINUTE, NOW + 16 * MINUTE, 3)
    assert gap.repeated is False
    again = noted(archive, told(17, 18, 19), at=HOUR)
    assert again is not None
    assert again.repeated is True
    (kept,) = within(archive, sources.listing)
    assert kept.gap_at == NOW + 16 * MINUTE
    assert kept.last_new_at == NOW + HOUR
    with archive.reading() as conn:
        assert source_health.gaps(conn, now=NOW + HOUR) == {source: 2}
        assert source_health.gaps(conn, now=NOW + timedelta(days=8)) == {}
        visited = source_health.last_visits(conn, source, limit=3)
    assert [(one.gap, one.new, one.entries) for one in visited] == [
        (True, 3, 3),
        (True, 3, 3),
        (False, 1, 3),
    ]


def test_past_gaps_lie_between_two_visits_that_were_good(archive: Database) -> None:
    source = add_source(archive)
    noted(archive, told(1, 2, 3), at=timedelta())
    noted(archive, told(4, 5, 6), at=MINUTE)
    noted(archive, Failed(reason="HTTP 500"), at=2 * MINUTE)
    noted(archive, told(7, 8, 9), at=3 * MINUTE)
    lost = (
        PastGap(since=NOW + MINUTE, until=NOW + 3 * MINUTE),
        PastGap(since=NOW, until=NOW + MINUTE),
    )
    with archive.reading() as conn:
        assert gaps.past(conn, [source]) == {source: lost}
        (figures,) = source_figures.of(conn, [source], now=NOW + HOUR)
    assert figures.gaps == lost


def test_entries_left_out_as_known_make_no_gap_and_count_as_standing_there(
    archive: Database,
) -> None:
    source = add_source(archive)
    noted(archive, told(1, 2, 3), at=timedelta())
    assert noted(archive, replace(told(4, 5), dropped=1), at=MINUTE) is None
    with archive.reading() as conn:
        (last,) = source_health.last_visits(conn, source, limit=1)
    assert (last.entries, last.new) == (3, 2)


def test_after_an_empty_document_nothing_was_lost(archive: Database) -> None:
    add_source(archive)
    noted(archive, told(1, 2, 3), at=timedelta())
    noted(archive, told(), at=MINUTE)
    assert noted(archive, told(4, 5, 6), at=2 * MINUTE) is None


def test_links_that_change_at_each_look_are_no_gap(archive: Database) -> None:
    add_source(archive)

    def under(path: str) -> Told:
        found = [Entry(url=f"https://yna.test/{path}/{n}", title=f"Story {n}") for n in range(9)]
        return Told(entries=tuple(found), validators=Validators())

    noted(archive, under("a"), at=timedelta())
    assert noted(archive, under("b"), at=MINUTE) is None


def test_what_rolled_over_while_it_failed_or_rested_says_so(archive: Database) -> None:
    add_source(archive)
    noted(archive, told(1, 2, 3), at=timedelta())
    noted(archive, Failed(reason="HTTP 500"), at=MINUTE, status=500)
    failed = noted(archive, told(4, 5, 6), at=2 * MINUTE)
    assert failed is not None
    assert failed.because is Missed.UNANSWERED
    away = noted(archive, told(7, 8, 9), at=timedelta(days=7))
    assert away is not None
    assert (away.because, away.since) == (Missed.AWAY, NOW + 2 * MINUTE)


def test_a_feed_of_its_newest_entry_alone_shows_no_gap(archive: Database) -> None:
    add_source(archive)
    assert [noted(archive, told(day), at=timedelta(days=day)) for day in range(5)] == [None] * 5


@pytest.mark.parametrize("how", ["resumed", "changed", "put off"])
def test_what_is_due_anew_was_not_in_time(archive: Database, how: str) -> None:
    source = add_source(archive)
    noted(archive, told(1, 2, 3), at=timedelta())
    back = NOW + timedelta(days=30)
    (kept,) = within(archive, sources.listing)
    if how == "resumed":
        within(archive, lambda conn: sources.pause(conn, source, "by hand"))
        within(archive, lambda conn: sources.resume(conn, source, now=back))
    elif how == "changed":
        within(archive, lambda conn: sources.change(conn, source, kept.settings, now=back))
    else:
        due = claim(archive, at=back)
        within(archive, lambda conn: sources.put_off(conn, due, until=back))
    gap = noted(archive, told(4, 5, 6), at=timedelta(days=30))
    assert gap is not None
    assert (gap.because, gap.since) == (Missed.AWAY, NOW)


def test_visits_are_added_up(archive: Database) -> None:
    source = add_source(archive)
    noted(archive, told(1, 2, 3), at=timedelta())
    noted(archive, Unchanged(validators=Validators()), at=MINUTE, status=304)
    noted(archive, Failed(reason="HTTP 500"), at=HOUR, status=500)
    with archive.reading() as conn:
        everything = source_health.doings(conn, source, since=NOW)
        later = source_health.doings(conn, source, since=NOW + 2 * HOUR)
        last = source_health.last_answers(conn)[source]
        assert source_health.waiting(conn, source) == 3
    assert everything == Doings(
        visits=3, told=1, unchanged=1, failed=1, new=3, gaps=0, size=3_000, ms=40
    )
    assert later == Doings()
    assert (last.outcome, last.status, last.reason) == ("failed", 500, "HTTP 500")


def test_the_rest_of_a_host_is_that_of_its_sources(archive: Database) -> None:
    source = add_source(archive)
    with archive.writing() as conn:
        conn.execute(update(source_rows).values(limit_key="yna.test"))
        values = {"key": "yna.test", "until": NOW + HOUR, "refusals": 1, "why": "HTTP 429"}
        conn.execute(insert(cooldowns), values)
    with archive.reading() as conn:
        assert source_health.rests(conn, now=NOW) == {
            source: Rest(until=NOW + HOUR, why="HTTP 429")
        }
        assert source_health.rests(conn, now=NOW + 2 * HOUR) == {}
