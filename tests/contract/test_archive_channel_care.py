"""Channels looked after: what waits and what was given up, opened again, signed anew."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from archive import channel_figures, channels, outbox, set_number
from archive.channel_figures import ChannelFigures
from archive.database import Database
from news.channel import ChannelState, KeptChannel
from news.delivery import Attempt, DueDelivery
from tests.contract.archive_world import LEASE, MINUTE, NOW, add_channel, within

LATER = NOW + timedelta(hours=1)
FAR = NOW + timedelta(days=1)
FINE = Attempt(at=NOW + MINUTE, outcome="delivered", status=204)
GONE = Attempt(at=NOW, outcome="HTTP 410", status=410)


def owe(archive: Database, channel: int, count: int = 1) -> None:
    def do(conn: Connection) -> None:
        for _ in range(count):
            outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW)

    within(archive, do)


def claim(archive: Database, at: datetime = NOW) -> list[DueDelivery]:
    with archive.writing() as conn:
        return outbox.claim_due(conn, now=at, lease=LEASE, limit=9)


def figures(archive: Database, channel: int) -> ChannelFigures:
    with archive.reading() as conn:
        return channel_figures.of_all(conn)[channel]


def kept(archive: Database, channel: int) -> KeptChannel:
    with archive.reading() as conn:
        return next(one for one in channels.listing(conn) if one.id == channel)


def test_each_channel_has_its_figures(archive: Database) -> None:
    desk, mail, idle = (add_channel(archive, name, concurrency=9) for name in ("a", "b", "c"))
    owe(archive, desk, 4)
    owe(archive, mail)
    mine = [due for due in claim(archive) if due.channel == desk]
    for due in mine[:2]:
        within(archive, partial(outbox.delivered, due=due, attempt=FINE))
    within(archive, lambda conn: outbox.bury(conn, mine[2], GONE, disable=False))
    assert figures(archive, desk) == ChannelFigures(
        waiting=1, dead=1, last_delivered_at=NOW + MINUTE
    )
    assert figures(archive, mail) == ChannelFigures(waiting=1)
    assert figures(archive, idle) == ChannelFigures()


def test_a_channel_says_what_is_wrong_with_it_and_since_when(archive: Database) -> None:
    desk = add_channel(archive)
    assert (kept(archive, desk).state_reason, kept(archive, desk).failing_since) == (None, None)
    owe(archive, desk)
    (due,) = claim(archive)
    within(archive, lambda conn: outbox.bury(conn, due, GONE, disable=True))
    one = kept(archive, desk)
    assert (one.state, one.state_reason, one.failing_since) == (
        ChannelState.DISABLED,
        "HTTP 410",
        NOW,
    )


def test_an_opened_channel_sends_what_waits_at_once(archive: Database) -> None:
    desk, other = add_channel(archive, concurrency=9), add_channel(archive, "other")
    owe(archive, desk, 3)
    owe(archive, other)
    first, second, third, foreign = claim(archive)
    within(archive, lambda conn: outbox.postpone(conn, first, GONE, until=FAR))
    within(archive, lambda conn: outbox.postpone(conn, foreign, GONE, until=FAR))
    within(archive, lambda conn: outbox.bury(conn, second, GONE, disable=True))
    assert claim(archive, LATER) == []
    waiting = within(archive, lambda conn: channels.open_again(conn, desk, now=LATER))
    assert waiting == 2
    assert [due.number for due in claim(archive, LATER)] == [first.number, third.number]
    one = kept(archive, desk)
    assert (one.state, one.state_reason, one.failing_since) == (ChannelState.OK, None, None)


def closed_after_nine_attempts(archive: Database) -> tuple[int, int]:
    """Return a channel that its receiver closed, and a delivery with one attempt left."""
    desk = add_channel(archive)
    owe(archive, desk)
    for until in (*[NOW] * 8, FAR):
        within(archive, partial(outbox.postpone, due=claim(archive)[0], attempt=GONE, until=until))
    owe(archive, desk)
    (other,) = claim(archive)
    within(archive, partial(outbox.bury, due=other, attempt=GONE, disable=True))
    return desk, other.number - 1


def left(archive: Database, at: datetime, number: int) -> tuple[int, int]:
    """Return which attempt is next, by the log and by the count of ten."""
    (due,) = [each for each in claim(archive, at) if each.number == number]
    return due.attempt, due.attempt - due.attempts_before


def test_what_waited_behind_a_closed_channel_has_all_its_attempts_again(archive: Database) -> None:
    desk, waits = closed_after_nine_attempts(archive)
    within(archive, lambda conn: channels.open_again(conn, desk, now=LATER))
    assert left(archive, LATER, waits) == (10, 1)


def test_at_another_address_it_has_them_again_too(archive: Database) -> None:
    desk, waits = closed_after_nine_attempts(archive)
    elsewhere = replace(kept(archive, desk).settings, url="https://hook.test/new")
    within(archive, lambda conn: channels.change(conn, desk, elsewhere))
    assert left(archive, FAR, waits) == (10, 1)


def test_what_is_being_sent_keeps_its_claim_when_a_channel_opens(archive: Database) -> None:
    desk = add_channel(archive)
    owe(archive, desk)
    (due,) = claim(archive)
    within(archive, lambda conn: channels.open_again(conn, desk, now=NOW))
    assert claim(archive, NOW + MINUTE) == []
    assert within(archive, lambda conn: outbox.delivered(conn, due, FINE))


def test_new_secrets_are_seen_by_whoever_holds_the_set(archive: Database) -> None:
    desk = add_channel(archive)
    with archive.reading() as conn:
        before = set_number.read(conn)
    within(archive, lambda conn: channels.sign_with(conn, desk, ("whsec_new", "whsec_old")))
    assert kept(archive, desk).settings.secrets == ("whsec_new", "whsec_old")
    with archive.reading() as conn:
        assert set_number.read(conn) > before
