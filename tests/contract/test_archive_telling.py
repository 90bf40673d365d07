"""Telling: nothing twice, every attempt on record, channels as they fare."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from archive import alerts, articles, channels, matches, outbox, recognition, standing, trail
from archive.alerts import NewAlert
from archive.database import Database
from archive.schema_telling import attempts
from archive.sent_to import SentTo
from news.alert import AlertKind, AlertState, Standing
from news.article import Article
from news.channel import ChannelState
from news.delivery import Attempt, DeliveryState, DueDelivery
from news.match import Match, Span
from news.trail import Reason, Step, TrailLine
from tests.contract.archive_world import (
    LEASE,
    LONG,
    MINUTE,
    NOW,
    add_article,
    add_channel,
    add_watch,
    new_article,
    within,
)

FINE = Attempt(at=NOW, outcome="delivered", status=204, ms=12, answer=b"ok")
BUSY = Attempt(at=NOW + MINUTE, outcome="HTTP 503", status=503, ms=40)


def told(
    watch: int,
    article: Article,
    *,
    kind: AlertKind = AlertKind.STORY,
    state: AlertState = AlertState.TOLD,
    detail: int = 0,
) -> NewAlert:
    return NewAlert(
        watch=watch,
        story=article.story,
        article=article.id,
        kind=kind,
        reason="told",
        state=state,
        at=NOW,
        detail=detail,
    )


def add_alert(archive: Database, new: NewAlert) -> int | None:
    return within(archive, lambda conn: alerts.add(conn, new))


def stands_at(archive: Database, watch: int, article: Article) -> Standing:
    with archive.reading() as conn:
        return standing.of(conn, watch=watch, story=article.story, article=article.id, now=NOW)


def claim_delivery(archive: Database) -> DueDelivery:
    late = NOW + timedelta(days=9)
    with archive.writing() as conn:
        (due,) = outbox.claim_due(conn, now=late, lease=LEASE, limit=9)
    return due


def test_a_watch_stands_where_it_was_told_before(archive: Database) -> None:
    watch, other = add_watch(archive), add_watch(archive, "other")
    first = add_article(archive)
    second = add_article(archive, new_article(2, story=first.story))
    elsewhere = add_article(archive, new_article(3))

    def stands(watch: int, article: Article) -> Standing:
        return stands_at(archive, watch, article)

    assert stands(watch, first) == Standing()
    add_alert(archive, told(watch, first))
    assert stands(watch, first) == Standing(told_story=True, told_article=True)
    assert stands(watch, second) == Standing(told_story=True, told_article=False)
    assert stands(watch, elsewhere) == stands(other, first) == Standing()


def test_what_is_dropped_once_more_stays_one_alert(archive: Database) -> None:
    watch, article = add_watch(archive), add_article(archive)
    dropped = told(watch, article, state=AlertState.DROPPED)
    number = add_alert(archive, dropped)
    assert add_alert(archive, dropped) == number
    assert add_alert(archive, replace(dropped, reason="dropped:muted")) != number
    assert add_alert(archive, replace(dropped, watch=add_watch(archive, "other"))) != number
    with archive.reading() as conn:
        assert len(alerts.listing(conn)) == 3


def test_what_was_dropped_leaves_no_standing(archive: Database) -> None:
    watch, article = add_watch(archive), add_article(archive)
    assert add_alert(archive, told(watch, article, state=AlertState.DROPPED)) is not None
    assert stands_at(archive, watch, article) == Standing()
    assert add_alert(archive, told(watch, article)) is not None


def test_what_is_held_stands_as_told(archive: Database) -> None:
    watch, article = add_watch(archive), add_article(archive)
    assert add_alert(archive, told(watch, article, state=AlertState.HELD)) is not None
    assert stands_at(archive, watch, article) == Standing(told_story=True, told_article=True)
    assert add_alert(archive, told(watch, article)) is None
    assert add_alert(archive, told(watch, article, state=AlertState.HELD)) is None


def test_nothing_is_told_twice(archive: Database) -> None:
    watch, article = add_watch(archive), add_article(archive)
    assert add_alert(archive, told(watch, article)) is not None
    assert add_alert(archive, told(watch, article)) is None
    assert add_alert(archive, told(watch, article, kind=AlertKind.EDIT, detail=2)) is not None
    assert add_alert(archive, told(watch, article, kind=AlertKind.EDIT, detail=2)) is None
    assert add_alert(archive, told(watch, article, kind=AlertKind.EDIT, detail=3)) is not None
    with archive.reading() as conn:
        assert len(alerts.listing(conn)) == 3


def test_two_that_tell_at_once_tell_once(archive: Database) -> None:
    watch, channel = add_watch(archive), add_channel(archive)
    some = [add_article(archive, new_article(number)) for number in range(15)]
    start = threading.Barrier(2)

    def tell_all() -> int:
        number = 0
        for article in some:
            start.wait(timeout=10)
            with archive.writing() as conn:
                alert = alerts.add(conn, told(watch, article))
                if alert is not None:
                    outbox.owe(conn, channel=channel, alerts=[alert], payload=b"{}", now=NOW)
                    number += 1
        return number

    with ThreadPoolExecutor(2) as threads:
        one, other = [threads.submit(tell_all) for _ in range(2)]
        assert one.result(timeout=30) + other.result(timeout=30) == len(some)
    assert within(archive, outbox.waiting) == len(some)


def test_the_owe_step_is_one_at_a_time(archive: Database) -> None:
    """Two workers that read the same text at once agree on which of them tells a new story."""
    start = threading.Barrier(2)

    def owe(publisher: str) -> int:
        new = new_article(publisher=publisher, body=LONG)
        start.wait(timeout=10)
        with archive.writing() as conn:
            archive.alone(conn)
            found = recognition.recognise(conn, new)
            assert isinstance(found, recognition.Unknown)
            story = None if found.copy is None else found.copy.story
            with_story = new_article(publisher=publisher, body=LONG, story=story)
            return articles.add(conn, with_story).story

    with ThreadPoolExecutor(2) as threads:
        one, other = [threads.submit(owe, name) for name in ("a.test", "b.test")]
        assert one.result(timeout=30) == other.result(timeout=30)


def test_a_message_keeps_its_id_and_bytes_over_all_its_attempts(archive: Database) -> None:
    channel = add_channel(archive)
    payload = '{"title": "Гроб"}'.encode()
    number = within(
        archive,
        lambda conn: outbox.owe(conn, channel=channel, alerts=[], payload=payload, now=NOW),
    )
    first = claim_delivery(archive)
    assert (first.delivery.id, first.delivery.payload) == (f"dl_{number}", payload)
    assert (first.number, first.attempt, first.channel) == (number, 1, channel)
    assert within(archive, lambda conn: outbox.postpone(conn, first, BUSY, until=NOW + MINUTE))
    with archive.writing() as conn:
        assert outbox.claim_due(conn, now=NOW, lease=LEASE, limit=9) == []
    second = claim_delivery(archive)
    assert (second.delivery, second.attempt) == (first.delivery, 2)
    assert within(archive, lambda conn: outbox.delivered(conn, second, FINE))
    assert not within(archive, lambda conn: outbox.delivered(conn, second, FINE))
    assert within(archive, outbox.waiting) == 0


def test_a_channel_fails_recovers_and_is_disabled_for_good(archive: Database) -> None:
    channel = add_channel(archive)

    def state() -> ChannelState:
        with archive.reading() as conn:
            (kept,) = channels.listing(conn)
        return kept.state

    with archive.writing() as conn:
        for _ in range(3):
            outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW)
    assert state() is ChannelState.OK
    due = claim_delivery(archive)
    within(archive, lambda conn: outbox.postpone(conn, due, BUSY, until=NOW + 99 * LEASE))
    assert state() is ChannelState.FAILING
    due = claim_delivery(archive)
    within(archive, lambda conn: outbox.delivered(conn, due, FINE))
    assert state() is ChannelState.OK
    due = claim_delivery(archive)
    within(archive, lambda conn: outbox.bury(conn, due, BUSY, disable=True))
    assert state() is ChannelState.DISABLED
    with archive.writing() as conn:
        assert outbox.claim_due(conn, now=NOW + 999 * LEASE, lease=LEASE, limit=9) == []
        channels.enable(conn, channel)
        assert len(outbox.claim_due(conn, now=NOW + 999 * LEASE, lease=LEASE, limit=9)) == 1


@pytest.mark.parametrize("before", [ChannelState.OK, ChannelState.FAILING])
def test_a_message_that_is_not_wanted_says_nothing_of_its_channel(
    archive: Database, before: ChannelState
) -> None:
    channel = add_channel(archive)
    with archive.writing() as conn:
        for _ in range(2):
            outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW)
    if before is ChannelState.FAILING:
        due = claim_delivery(archive)
        within(archive, lambda conn: outbox.postpone(conn, due, BUSY, until=NOW + 99 * LEASE))
    unwanted = claim_delivery(archive)
    assert within(archive, lambda conn: outbox.set_aside(conn, unwanted, BUSY))
    assert not within(archive, lambda conn: outbox.set_aside(conn, unwanted, BUSY))
    with archive.reading() as conn:
        (kept,) = channels.listing(conn)
        assert kept.state is before
        assert outbox.waiting(conn) == 1


def test_alerts_are_listed_with_their_outcome_at_each_channel(archive: Database) -> None:
    watch, article = add_watch(archive), add_article(archive)
    desk, mail = add_channel(archive, "desk"), add_channel(archive, "mail")
    alert = add_alert(archive, told(watch, article))
    assert alert is not None
    with archive.writing() as conn:
        first, second = [
            outbox.owe(conn, channel=channel, alerts=[alert], payload=b"{}", now=NOW)
            for channel in (desk, mail)
        ]
        due, other = outbox.claim_due(conn, now=NOW, lease=LEASE, limit=9)
        outbox.delivered(conn, due, FINE)
        outbox.bury(conn, other, BUSY, disable=False)
        (kept,) = alerts.listing(conn)
        assert alerts.listing(conn, since=NOW + MINUTE) == []
    assert (kept.id, kept.at, kept.kind, kept.state) == (alert, NOW, "story", "told")
    assert (kept.watch_name, kept.title, kept.url) == ("DPRK troops", article.title, article.url)
    assert kept.sent == (
        SentTo(
            channel="desk",
            delivery=first,
            state=DeliveryState.DELIVERED,
            attempts=1,
            last_outcome="delivered",
            last_status=204,
        ),
        SentTo(
            channel="mail",
            delivery=second,
            state=DeliveryState.DEAD,
            attempts=1,
            last_outcome="HTTP 503",
            last_status=503,
        ),
    )


def test_the_newest_alert_is_listed_first(archive: Database) -> None:
    watch = add_watch(archive)
    made = [
        add_alert(archive, told(watch, add_article(archive, new_article(number))))
        for number in range(3)
    ]
    with archive.reading() as conn:
        assert [kept.id for kept in alerts.listing(conn)] == made[::-1]
        assert [kept.id for kept in alerts.listing(conn, limit=1)] == made[-1:]


def test_a_match_takes_the_place_of_the_one_before(archive: Database) -> None:
    watch, article = add_watch(archive), add_article(archive)
    with archive.writing() as conn:
        for version in (1, 2):
            span = Span("title", 0, version, "troops")
            match = Match(watch=watch, version=version, spans=(span,))
            matches.add(conn, match, article=article.id, revision=version)


def test_a_trail_is_kept_line_by_line(archive: Database) -> None:
    article = add_article(archive)
    watch = add_watch(archive)
    lines = [
        TrailLine(
            at=NOW, reason=Reason(step=Step.READ, code="full", words="read"), article=article.id
        ),
        TrailLine(
            at=NOW,
            reason=Reason(step=Step.DECIDED, code="told", words="told", watch=watch),
            article=article.id,
        ),
    ]
    with archive.writing() as conn:
        trail.write(conn, lines)
        trail.write(conn, [])
        assert trail.of_article(conn, article.id) == lines
        assert trail.of_article(conn, article.id + 1) == []


def test_an_answer_is_cut(archive: Database) -> None:
    channel = add_channel(archive)
    within(
        archive,
        lambda conn: outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW),
    )
    due = claim_delivery(archive)
    long = Attempt(at=NOW, outcome="delivered", status=200, answer=b"x" * 99_999)
    within(archive, lambda conn: outbox.delivered(conn, due, long))
    with archive.reading() as conn:
        assert conn.execute(select(attempts.c.answer)).scalar_one() == b"x" * 65_536
