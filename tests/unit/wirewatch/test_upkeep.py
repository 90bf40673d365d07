"""The archive looked after by `run`: a little at a time, and only what it was told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select

from archive import notices
from archive.database import Database
from archive.schema import texts, visits
from archive.schema_likeness import sketches
from archive.schema_telling import notices as notice_rows
from news.likeness import Sketch
from tests.contract.archive_world import NOW, add_article, add_source, new_article, tell
from tests.contract.test_archive_notices import give, notice
from wirewatch.upkeep import MOST_BATCHES, Upkeep

LATER = NOW + timedelta(days=100)


def rows(archive: Database, table: Table) -> int:
    with archive.reading() as conn:
        return conn.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.fixture
def grown(archive: Database) -> Database:
    """Have ten articles and a visit of a hundred days ago."""
    add_source(archive)
    tell(archive)
    for number in range(1, 11):
        add_article(archive, new_article(number))
    return archive


def looking(archive: Database, keep: timedelta | None) -> Upkeep:
    return Upkeep(database=archive, keep=keep, clock=lambda: LATER)


async def test_texts_are_kept_for_as_long_as_is_said(grown: Database) -> None:
    await looking(grown, timedelta(days=101)).look()
    assert rows(grown, texts) == 10
    await looking(grown, timedelta(days=99)).look()
    assert rows(grown, texts) == 0


async def test_where_nothing_is_said_only_visits_go(grown: Database) -> None:
    await looking(grown, None).look()
    assert (rows(grown, texts), rows(grown, visits)) == (10, 0)


async def test_a_look_takes_few_and_the_next_goes_on(grown: Database) -> None:
    small = Upkeep(database=grown, keep=timedelta(days=99), batch=1, clock=lambda: LATER)
    await small.look()
    assert rows(grown, texts) == 10 - MOST_BATCHES
    await small.look()
    assert rows(grown, texts) == 0


async def test_notices_stay_for_thirty_days_or_as_long_as_is_said(grown: Database) -> None:
    number = give(grown, notice())
    await looking(grown, None).look()
    assert rows(grown, notice_rows) == 1  # nobody was told of it yet
    with grown.writing() as conn:
        notices.settle(conn, [number])
    await looking(grown, timedelta(days=101)).look()
    assert rows(grown, notice_rows) == 1
    await looking(grown, None).look()
    assert rows(grown, notice_rows) == 0


async def test_sketches_go_with_the_window_in_which_a_copy_is_known(archive: Database) -> None:
    for number, day in enumerate((0, 85, 87), 1):
        new = new_article(number, owed_at=NOW + timedelta(days=day))
        add_article(archive, replace(new, sketch=Sketch((number, 99))))
    await looking(archive, None).look()
    with archive.reading() as conn:
        left = conn.execute(select(sketches.c.article).distinct()).scalars().all()
    assert left == [3]
