"""Deliveries sent again: the same id and bytes, ten attempts more, and a log that stays whole."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from archive import alerts, channels, outbox, replay, stats
from archive.alerts import NewAlert
from archive.database import Database
from archive.replay import Found, Wanted
from archive.schema_telling import attempts
from news.alert import AlertKind, AlertState
from news.delivery import Attempt, DeliveryState, DueDelivery
from tests.contract.archive_world import (
    LEASE,
    MINUTE,
    NOW,
    add_article,
    add_channel,
    add_watch,
    new_article,
    within,
)

LATER = NOW + timedelta(hours=1)
FINE = Attempt(at=NOW, outcome="delivered", status=204)
BUSY = Attempt(at=NOW, outcome="HTTP 503", status=503)


def owe(archive: Database, channel: int, *carried: int, at: datetime = NOW) -> int:
    def do(conn: Connection) -> int:
        return outbox.owe(conn, channel=channel, alerts=carried, payload=b'{"n": 1}', now=at)

    return within(archive, do)


def alert(archive: Database, number: int, watch: int) -> int:
    article = add_article(archive, new_article(number))
    new = NewAlert(
        watch=watch,
        story=article.story,
        article=article.id,
        kind=AlertKind.STORY,
        reason="told",
        state=AlertState.TOLD,
        at=NOW,
    )
    made = within(archive, lambda conn: alerts.add(conn, new))
    assert made is not None
    return made


def claim(archive: Database, at: datetime = NOW) -> list[DueDelivery]:
    with archive.writing() as conn:
        return outbox.claim_due(conn, now=at, lease=LEASE, limit=9)


def find(archive: Database, wanted: Wanted) -> list[Found]:
    with archive.reading() as conn:
        return replay.find(conn, wanted)


def numbers(archive: Database, wanted: Wanted) -> list[int]:
    return [one.id for one in find(archive, wanted)]


def again(archive: Database, *wanted: int, at: datetime = LATER) -> int:
    return within(archive, lambda conn: replay.send_again(conn, wanted, now=at))


def remains(archive: Database) -> bool:
    with archive.reading() as conn:
        return stats.round_remains(conn)


def test_what_arrived_is_sent_again_under_its_id(archive: Database) -> None:
    number = owe(archive, add_channel(archive))
    (first,) = claim(archive)
    within(archive, lambda conn: outbox.delivered(conn, first, FINE))
    assert claim(archive, LATER) == []
    assert not remains(archive)
    assert again(archive, number) == 1
    assert remains(archive)
    (second,) = claim(archive, LATER)
    assert second.delivery == first.delivery
    assert (second.attempt, second.attempts_before) == (2, 1)
    assert within(archive, lambda conn: outbox.delivered(conn, second, FINE))
    with archive.reading() as conn:
        assert list(conn.execute(select(attempts.c.n).order_by(attempts.c.n)).scalars()) == [1, 2]


def test_a_late_finisher_finds_that_it_was_asked_for_anew(archive: Database) -> None:
    number = owe(archive, add_channel(archive))
    (slow,) = claim(archive)
    assert again(archive, number, at=NOW + MINUTE) == 0  # it is being sent
    assert again(archive, number, at=NOW + 2 * LEASE) == 1  # whoever had it is gone
    assert not within(archive, lambda conn: outbox.delivered(conn, slow, FINE))
    (anew,) = claim(archive, NOW + 2 * LEASE)
    assert anew.attempt == 1


def test_what_waits_is_tried_now(archive: Database) -> None:
    number = owe(archive, add_channel(archive))
    (due,) = claim(archive)
    far = NOW + timedelta(days=1)
    within(archive, lambda conn: outbox.postpone(conn, due, BUSY, until=far))
    assert claim(archive, LATER) == []
    assert again(archive, number) == 1
    (due,) = claim(archive, LATER)
    assert (due.attempt, due.attempts_before) == (2, 1)


def test_they_are_found_by_id_alert_time_channel_and_fate(archive: Database) -> None:
    desk, mail = add_channel(archive), add_channel(archive, "mail")
    watch = add_watch(archive)
    one, two = alert(archive, 1, watch), alert(archive, 2, watch)
    early = owe(archive, desk, one)
    both = owe(archive, desk, one, two, at=NOW + MINUTE)
    post = owe(archive, mail, two, at=NOW + 2 * MINUTE)
    assert numbers(archive, Wanted(deliveries=[early])) == [early]
    assert numbers(archive, Wanted(alerts=[one])) == [early, both]
    assert numbers(archive, Wanted(alerts=[two], deliveries=[early])) == [early, both, post]
    assert numbers(archive, Wanted(alerts=[two], channels=[mail])) == [post]
    assert numbers(archive, Wanted(since=NOW + MINUTE)) == [both, post]
    span = Wanted(since=NOW, until=NOW + MINUTE, channels=[desk])
    assert numbers(archive, span) == [early]
    assert numbers(archive, Wanted(deliveries=[99])) == []
    assert numbers(archive, Wanted(failed=True)) == []
    first, second = claim(archive, LATER)[:2]
    within(archive, lambda conn: outbox.delivered(conn, first, FINE))
    within(archive, lambda conn: outbox.bury(conn, second, BUSY, disable=False))
    failed = find(archive, Wanted(failed=True))
    assert [one.state for one in failed] == [DeliveryState.DEAD]


def test_a_channel_that_takes_nothing_is_told_with_what_is_found(archive: Database) -> None:
    desk, gone = add_channel(archive), add_channel(archive, "gone")
    owe(archive, desk)
    owe(archive, desk)
    owe(archive, gone)
    first = next(due for due in claim(archive) if due.channel == desk)
    within(archive, lambda conn: outbox.bury(conn, first, BUSY, disable=True))
    within(archive, lambda conn: channels.remove(conn, gone, now=NOW))
    found = find(archive, Wanted())
    assert [(one.channel, one.disabled, one.removed) for one in found] == [
        ("desk", True, False),
        ("desk", True, False),
        ("gone", False, True),
    ]


def test_a_round_does_not_wait_for_a_channel_that_is_disabled(archive: Database) -> None:
    desk = add_channel(archive)
    number = owe(archive, desk)
    owe(archive, desk)
    assert remains(archive)
    (first,) = claim(archive)
    within(archive, lambda conn: outbox.bury(conn, first, BUSY, disable=True))
    assert not remains(archive)
    assert again(archive, number) == 1
    assert not remains(archive)
    within(archive, lambda conn: channels.enable(conn, desk))
    assert remains(archive)


@pytest.mark.parametrize("count", [0, 1, 1203])
def test_any_number_is_sent_again(archive: Database, count: int) -> None:
    desk = add_channel(archive)

    def owe_all(conn: Connection) -> list[int]:
        return [
            outbox.owe(conn, channel=desk, alerts=[], payload=b"{}", now=NOW) for _ in range(count)
        ]

    assert again(archive, *within(archive, owe_all)) == count
