"""Silences in the archive: in force when they should be, and what they hold until then."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, select

from archive import alerts, held, outbox, silences, trail, watches
from archive.alerts import NewAlert
from archive.database import Database
from archive.held import Lot
from archive.schema_telling import delivery_alerts
from archive.silences import KeptSilence, NewSilence
from news.alert import AlertKind, AlertState
from news.article import Article
from news.silence import Silence
from news.trail import Reason, Step, TrailLine
from tests.contract.archive_world import (
    MINUTE,
    NOW,
    add_article,
    add_channel,
    add_watch,
    new_article,
    within,
)

HOUR = timedelta(hours=1)
END = NOW + HOUR


def silence(
    archive: Database,
    watch: int | None,
    *,
    begin: datetime = NOW,
    end: datetime = END,
    why: str = "night desk",
) -> int:
    new = NewSilence(watch=watch, why=why, from_at=begin, until_at=end)
    return within(archive, lambda conn: silences.add(conn, new, now=NOW))


def in_force(archive: Database, watch: int, at: datetime = NOW) -> Silence | None:
    with archive.reading() as conn:
        return silences.active_for(conn, watch=watch, now=at)


def hold(archive: Database, watch: int, article: Article, number: int, until: datetime) -> int:
    new = NewAlert(
        watch=watch,
        story=article.story,
        article=article.id,
        kind=AlertKind.STORY,
        reason="held:silence",
        state=AlertState.HELD,
        at=NOW,
        held_by=Silence(id=number, until=until, why="night desk"),
    )
    alert = within(archive, lambda conn: alerts.add(conn, new))
    assert alert is not None
    return alert


def lot_of(conn: Connection, watch: int, at: datetime) -> Lot:
    found = held.lot(conn, watch=watch, now=at)
    assert found is not None
    return found


def due_of(archive: Database, watch: int, at: datetime) -> list[int]:
    with archive.reading() as conn:
        lot = held.lot(conn, watch=watch, now=at)
        return [] if lot is None else [one.id for one in held.newest(conn, lot, limit=99)]


def watches_due(archive: Database, at: datetime) -> list[int]:
    with archive.reading() as conn:
        return held.watches_due(conn, now=at)


def running(archive: Database, at: datetime = NOW) -> list[KeptSilence]:
    with archive.reading() as conn:
        return silences.running(conn, now=at)


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (NOW - MINUTE, False),
        (NOW, True),
        (END - MINUTE, True),
        (END, False),
        (END + MINUTE, False),
    ],
)
def test_a_silence_holds_from_its_beginning_to_its_end(
    archive: Database, at: datetime, *, holds: bool
) -> None:
    watch, other = add_watch(archive), add_watch(archive, "other")
    number = silence(archive, watch)
    found = in_force(archive, watch, at)
    assert found == (Silence(id=number, until=END, why="night desk") if holds else None)
    assert in_force(archive, other, at) is None


def test_of_several_the_one_that_ends_last_holds(archive: Database) -> None:
    watch = add_watch(archive)
    silence(archive, watch)
    everywhere = silence(archive, None, end=END + HOUR)
    silence(archive, watch, end=END - MINUTE)
    silence(archive, watch, begin=NOW + MINUTE, end=END + 2 * HOUR)
    found = in_force(archive, watch)
    assert found is not None
    assert found.id == everywhere
    assert str(found) == f"silence si_{everywhere} (night desk)"
    assert str(replace(found, why="")) == f"silence si_{everywhere}"


def test_a_silence_that_is_ended_holds_nothing_and_makes_what_it_held_due(
    archive: Database,
) -> None:
    watch, article = add_watch(archive), add_article(archive)
    number, other = silence(archive, watch), silence(archive, None)
    mine = hold(archive, watch, article, number, END)
    hold(archive, watch, add_article(archive, new_article(2)), other, END)
    assert watches_due(archive, NOW + MINUTE) == []
    due = within(archive, lambda conn: silences.end(conn, number, now=NOW + MINUTE))
    assert due == 1
    assert watches_due(archive, NOW + MINUTE) == [watch]
    assert due_of(archive, watch, NOW + MINUTE) == [mine]
    assert [one.id for one in running(archive, NOW + MINUTE)] == [other]
    found = in_force(archive, watch, NOW + MINUTE)
    assert found is not None
    assert found.id == other


def test_an_end_stands_once_it_is_there(archive: Database) -> None:
    watch = add_watch(archive)
    number = silence(archive, watch)
    for at in (NOW + MINUTE, NOW + 2 * MINUTE):
        within(archive, partial(silences.end, silence=number, now=at))
    late = silence(archive, watch)
    within(archive, lambda conn: silences.end(conn, late, now=END + HOUR))
    with archive.reading() as conn:
        ended = silences.past(conn, now=END, limit=9)
    assert [(one.id, one.ended_at, one.over_at) for one in ended] == [
        (late, None, END),
        (number, NOW + MINUTE, NOW + MINUTE),
    ]


def test_a_planned_silence_may_be_called_off(archive: Database) -> None:
    watch = add_watch(archive)
    number = silence(archive, watch, begin=NOW + HOUR, end=NOW + 2 * HOUR)
    assert [one.id for one in running(archive)] == [number]
    within(archive, lambda conn: silences.end(conn, number, now=NOW))
    assert running(archive) == []
    assert in_force(archive, watch, NOW + HOUR + MINUTE) is None


def test_a_list_tells_how_much_was_held_and_how_much_waits(archive: Database) -> None:
    watch = add_watch(archive)
    number = silence(archive, watch)
    everywhere = silence(archive, None, end=END - MINUTE, why="")
    for n, until in ((1, END - MINUTE), (2, END), (3, END)):
        hold(archive, watch, add_article(archive, new_article(n)), number, until)
    with archive.writing() as conn:
        held.settle(conn, lot_of(conn, watch, END - MINUTE), AlertState.TOLD)
    first, second = running(archive)
    assert (first.id, first.watch_name, first.held, first.waiting) == (everywhere, None, 0, 0)
    assert (second.watch_name, second.why) == ("DPRK troops", "night desk")
    assert (second.held, second.waiting) == (3, 2)
    within(archive, lambda conn: watches.remove(conn, watch, now=NOW))
    with archive.reading() as conn:
        kept = silences.by_number(conn, number)
        assert kept is not None
        assert kept.watch_name == "DPRK troops"
        assert silences.by_number(conn, 99) is None
        assert [one.id for one in silences.past(conn, now=END, limit=1)] == [everywhere]


def test_what_is_settled_or_held_on_is_due_no_more(archive: Database) -> None:
    watch, further = add_watch(archive), add_watch(archive, "other")
    number, other = silence(archive, None), silence(archive, None, end=END + HOUR)

    def held_until(of: int, n: int, until: datetime) -> int:
        return hold(archive, of, add_article(archive, new_article(n)), number, until)

    some = [held_until(watch, n, END + n * MINUTE) for n in (1, 2, 3)]
    mine = held_until(further, 4, END)
    with archive.writing() as conn:
        held.settle(conn, lot_of(conn, watch, END + MINUTE), AlertState.TOLD)
        until = Silence(id=other, until=END + HOUR)
        held.hold_on(conn, lot_of(conn, watch, END + 2 * MINUTE), until)
        gone = lot_of(conn, watch, END + 3 * MINUTE)
        held.settle(conn, gone, AlertState.DROPPED, "dropped:removed")
    assert due_of(archive, watch, END + 3 * MINUTE) == []
    assert due_of(archive, watch, END + HOUR) == [some[1]]
    assert due_of(archive, further, END) == [mine]
    with archive.reading() as conn:
        listed = {one.id: one for one in alerts.listing(conn)}
    assert [(listed[n].state, listed[n].reason, listed[n].due_at) for n in some] == [
        (AlertState.TOLD, "held:silence", None),
        (AlertState.HELD, "held:silence", END + HOUR),
        (AlertState.DROPPED, "dropped:removed", None),
    ]
    holders = [one.held_by.id for n in some if (one := listed[n]).held_by]
    assert holders == [number, other, number]


def test_a_lot_is_what_is_due_of_one_watch_and_who_held_it(archive: Database) -> None:
    watch, further = add_watch(archive), add_watch(archive, "other")
    first, second = silence(archive, watch), silence(archive, None, why="")
    articles = [add_article(archive, new_article(n)) for n in (1, 2, 3)]
    numbers = [
        hold(archive, watch, article, by, END)
        for article, by in zip(articles, (second, first, second), strict=True)
    ]
    hold(archive, further, articles[0], second, END - MINUTE)
    hold(archive, watch, add_article(archive, new_article(4)), first, END + MINUTE)
    with archive.reading() as conn:
        lot = lot_of(conn, watch, END)
        assert lot == Lot(watch=watch, now=END, count=3, first=numbers[0], last=numbers[-1])
        assert [one.id for one in held.newest(conn, lot, limit=2)] == numbers[1:]
        assert [str(one) for one in held.held_by(conn, lot)] == [
            f"silence si_{second}",
            f"silence si_{first} (night desk)",
        ]
        assert held.lot(conn, watch=watch, now=END - MINUTE) is None
    assert watches_due(archive, END) == [further, watch]


def test_a_lot_is_carried_and_explained_whole(archive: Database) -> None:
    watch, further = add_watch(archive), add_watch(archive, "other")
    number, channel = silence(archive, None), add_channel(archive)
    articles = [add_article(archive, new_article(n)) for n in (1, 2)]
    numbers = [hold(archive, watch, article, number, END) for article in articles]
    hold(archive, further, articles[0], number, END)
    reason = Reason(step=Step.DECIDED, code="told", words="told: together", watch=watch)
    with archive.writing() as conn:
        lot = lot_of(conn, watch, END)
        delivery = outbox.owe(conn, channel=channel, alerts=(), payload=b"{}", now=END)
        held.carry(conn, lot, delivery=delivery)
        held.explain(conn, lot, reason, at=END)
    with archive.reading() as conn:
        carried = conn.execute(select(delivery_alerts).order_by(delivery_alerts.c.alert))
        assert [tuple(row) for row in carried] == [(delivery, one) for one in numbers]
        for article in articles:
            (line,) = trail.of_article(conn, article.id)
            assert line == TrailLine(at=END, reason=reason, article=article.id)
