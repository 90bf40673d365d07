"""Prepared statements: SQLAlchemy's SQL and conversions, without its cost at each use."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    bindparam,
    create_engine,
    insert,
    select,
    update,
)

from archive.columns import CleanText, Duration, Json, UtcDateTime
from archive.prepared import Prepared

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ROW = {
    "id": 1,
    "name": "김정은\x00",
    "at": NOW,
    "span": timedelta(seconds=90),
    "tags": ["a", {"b": 1}],
    "paused": True,
    "payload": b"\x00\xff",
}
KEPT = {**ROW, "name": "김정은 "}

metadata = MetaData()
things = Table(
    "things",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", CleanText),
    Column("at", UtcDateTime),
    Column("span", Duration),
    Column("tags", Json),
    Column("paused", Boolean),
    Column("payload", LargeBinary),
)
ADD = Prepared(insert(things))
BY_ID = Prepared(select(things).where(things.c.id == bindparam("of_thing")))


@pytest.fixture
def conn() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        metadata.create_all(conn)
        yield conn
    engine.dispose()


def test_values_come_back_as_they_went_in(conn: Connection) -> None:
    assert ADD.run(conn, ROW) == 1
    assert BY_ID.row(conn, {"of_thing": 1}) == KEPT
    assert dict(conn.execute(select(things)).mappings().one()) == KEPT


def test_nothing_stays_nothing(conn: Connection) -> None:
    ADD.run(conn, {**dict.fromkeys(ROW), "id": 2})
    assert BY_ID.row(conn, {"of_thing": 2}) == {**dict.fromkeys(ROW), "id": 2}


def test_many_rows_are_written_at_once(conn: Connection) -> None:
    ADD.run_many(conn, [{**ROW, "id": number} for number in range(5)])
    names = Prepared(select(things.c.id).order_by(things.c.id.desc()))
    assert [row["id"] for row in names.rows(conn, {})] == [4, 3, 2, 1, 0]
    assert names.value(conn, {}) == 4


def test_what_is_not_there_is_none(conn: Connection) -> None:
    assert BY_ID.rows(conn, {"of_thing": 9}) == []
    assert BY_ID.row(conn, {"of_thing": 9}) is None
    assert BY_ID.value(conn, {"of_thing": 9}) is None


def test_a_change_says_how_many_rows_it_was(conn: Connection) -> None:
    ADD.run_many(conn, [{**ROW, "id": number} for number in range(3)])
    rename = Prepared(
        update(things).where(things.c.id >= bindparam("first")).values(name=bindparam("to"))
    )
    assert rename.run(conn, {"first": 1, "to": "x"}) == 2
    assert rename.run(conn, {"first": 9, "to": "x"}) == 0


def test_what_the_statement_says_itself_is_converted_too(conn: Connection) -> None:
    ADD.run(conn, ROW)
    fixed = Prepared(
        update(things)
        .where(things.c.at <= NOW, things.c.id == bindparam("of_thing"))
        .values(at=NOW + timedelta(days=1), id=things.c.id + 10)
        .returning(things.c.id, things.c.at)
    )
    assert fixed.row(conn, {"of_thing": 1}) == {"id": 11, "at": NOW + timedelta(days=1)}
    assert fixed.row(conn, {"of_thing": 11}) is None


def test_one_value_may_stand_in_several_places(conn: Connection) -> None:
    ADD.run(conn, ROW)
    moment = bindparam("moment", type_=UtcDateTime)
    twice = Prepared(select(things.c.id).where(things.c.at <= moment, things.c.at >= moment))
    assert twice.value(conn, {"moment": NOW}) == 1


def test_a_list_of_many_values_is_refused(conn: Connection) -> None:
    several = Prepared(select(things).where(things.c.id.in_([1, 2])))
    with pytest.raises(TypeError, match="list of many values"):
        several.rows(conn, {})
