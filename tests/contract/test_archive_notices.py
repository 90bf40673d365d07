"""Notices in the archive: due until told, kept with where they went, pruned with what was sent."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from archive import notices, outbox, prune, sources
from archive.database import Database
from archive.notices import KeptNotice
from archive.schema import sources as source_rows
from archive.schema_telling import attempts, deliveries, delivery_notices
from archive.schema_telling import notices as rows
from news.delivery import Attempt
from news.notice import Hint, Notice, NoticeKind, Party
from tests.contract.archive_world import FEED, LEASE, NOW, add_channel, add_source, claim, within

LATER = NOW + timedelta(seconds=15)


def notice(source: int = 1, kind: NoticeKind = NoticeKind.FAILING, **more: Any) -> Notice:
    values: dict[str, Any] = {
        "kind": kind,
        "at": NOW,
        "since": NOW - timedelta(hours=1),
        "what": "HTTP 503: 3 visits in a row failed",
        "next": "It is tried again in 20 min.",
        "source": Party(id=source, name="Yonhap — 연합", url="https://yna.test/rss"),
        "hints": (Hint("See what it answers", "wirewatch source try Yonhap"),),
        "figures": {"failures": 3, "status": 503, "reason": "HTTP 503", "next_visit_at": None},
    }
    return Notice(**{**values, **more})


def give(archive: Database, one: Notice) -> int:
    return within(archive, lambda conn: notices.add(conn, one, due_at=LATER))


def send(archive: Database, channel: int, *numbers: int) -> int:
    with archive.writing() as conn:
        delivery = outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW)
        notices.carry(conn, delivery, numbers)
        notices.settle(conn, numbers)
    return delivery


def arrive(archive: Database) -> None:
    with archive.writing() as conn:
        while due := outbox.claim_due(conn, now=NOW, lease=LEASE, limit=9):
            done = Attempt(at=NOW, outcome="delivered", status=200)
            assert outbox.delivered(conn, due[0], done)


def listed(archive: Database, **which: Any) -> list[KeptNotice]:
    with archive.reading() as conn:
        return notices.listing(conn, **which)


def count(archive: Database) -> dict[str, int]:
    tables = (rows, delivery_notices, deliveries, attempts)
    with archive.reading() as conn:
        return {
            t.name: conn.execute(select(func.count()).select_from(t)).scalar_one() for t in tables
        }


def test_a_notice_comes_back_as_it_was_given(archive: Database) -> None:
    source = add_source(archive)
    number = give(archive, notice(source, opened=7))
    assert listed(archive) == [KeptNotice(id=number, notice=notice(source, opened=7), due_at=LATER)]


def test_it_is_due_until_it_is_told_and_what_came_meanwhile_stays_due(archive: Database) -> None:
    source, channel = add_source(archive), add_channel(archive)
    with archive.reading() as conn:
        assert notices.first_due(conn) is None
        assert notices.last_message(conn) is None
    first = give(archive, notice(source))
    give(archive, notice(source, NoticeKind.GAP))
    with archive.reading() as conn:
        assert notices.first_due(conn) == LATER
        assert [one.notice.kind for one in notices.untold(conn)] == ["source.failing", "source.gap"]
    send(archive, channel, first)
    with archive.reading() as conn:
        assert [one.notice.kind for one in notices.untold(conn)] == ["source.gap"]
        assert notices.last_message(conn) == NOW


def test_the_list_says_where_each_went_newest_first_and_of_one_source(archive: Database) -> None:
    source, channel = add_source(archive), add_channel(archive)
    one, two = give(archive, notice(source)), give(archive, notice(source, NoticeKind.RECOVERED))
    delivery = send(archive, channel, one, two)
    arrive(archive)
    found = listed(archive)
    assert [kept.id for kept in found] == [two, one]
    assert {(s.channel, s.delivery, s.state, s.last_status) for k in found for s in k.sent} == {
        ("desk", delivery, "delivered", 200)
    }
    assert listed(archive, source=source + 1) == []
    assert listed(archive, since=NOW + timedelta(seconds=1)) == []
    with archive.reading() as conn:
        assert [kept.id for kept in notices.carried_by(conn, delivery)] == [one, two]
        assert [kept.id for kept in notices.after(conn, one)] == [two]
        assert notices.newest(conn) == two


def test_the_notice_that_began_the_trouble_is_found(archive: Database) -> None:
    source = add_source(archive)
    with archive.reading() as conn:
        assert notices.opening(conn, source) is None
    give(archive, notice(source))
    begun = give(archive, notice(source, NoticeKind.OVERDUE))
    give(archive, notice(source, NoticeKind.GAP))
    with archive.reading() as conn:
        found = notices.opening(conn, source)
    assert found is not None
    assert found.id == begun


def test_a_claimed_source_knows_its_trouble_until_a_person_pauses_it(archive: Database) -> None:
    source = add_source(archive)
    within(archive, lambda conn: notices.in_trouble(conn, source, NoticeKind.FAILING))
    assert claim(archive).trouble == NoticeKind.FAILING
    within(archive, lambda conn: sources.pause(conn, source, "for the night"))
    within(archive, lambda conn: sources.resume(conn, source, now=NOW))
    assert claim(archive).trouble is None


def test_whoever_moves_or_leaves_takes_its_trouble_along(archive: Database) -> None:
    source = add_source(archive)
    within(archive, lambda conn: notices.in_trouble(conn, source, NoticeKind.OVERDUE))
    renamed = replace(FEED, name="연합")
    within(archive, lambda conn: sources.change(conn, source, renamed, now=NOW))
    assert claim(archive).trouble == NoticeKind.OVERDUE
    moved = replace(FEED, url="https://yna.test/rss2")
    within(archive, lambda conn: sources.change(conn, source, moved, now=NOW))
    assert claim(archive).trouble is None
    within(archive, lambda conn: notices.in_trouble(conn, source, NoticeKind.FAILING))
    within(archive, lambda conn: sources.remove(conn, source, now=NOW))
    with archive.reading() as conn:
        assert conn.execute(select(source_rows.c.trouble)).scalar_one() is None


def test_old_ones_go_with_what_was_sent_of_them_and_nothing_else(archive: Database) -> None:
    source, channel = add_source(archive), add_channel(archive)
    old = notice(source, at=NOW - timedelta(days=31))
    told = give(archive, old), give(archive, old)
    together = send(archive, channel, *told)
    within(archive, lambda conn: outbox.owe(conn, channel=channel, alerts=[], payload=b"", now=NOW))
    arrive(archive)
    young = give(archive, notice(source))
    shared = give(archive, old)
    stays = send(archive, channel, young, shared)
    arrive(archive)
    before = NOW - timedelta(days=30)
    assert within(archive, lambda conn: prune.remove_notices(conn, before=before)) == 3
    assert within(archive, lambda conn: prune.remove_notices(conn, before=before)) == 0
    assert [kept.id for kept in listed(archive)] == [young]
    assert [sent.delivery for sent in listed(archive)[0].sent] == [stays]
    assert together != stays
    assert count(archive) == {
        "notices": 1,
        "delivery_notices": 1,
        "deliveries": 2,
        "attempts": 2,
    }


def test_what_is_not_told_or_still_on_its_way_is_not_pruned(archive: Database) -> None:
    source, channel = add_source(archive), add_channel(archive)
    old = notice(source, at=NOW - timedelta(days=400))
    send(archive, channel, give(archive, old))
    give(archive, old)
    assert within(archive, lambda conn: prune.remove_notices(conn, before=NOW)) == 0
    assert len(listed(archive)) == 2
