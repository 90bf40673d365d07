"""Sources in trouble, from their visits to the messages that tell of it, in real archives."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import update
from standardwebhooks import Webhook

from alerts.dispatch import Dispatcher
from archive import sources
from archive.database import Database
from archive.schema import sources as source_rows
from news.visit import Failed
from tests.contract.archive_world import within
from tests.integration.notice_world import DOWN, GONE, Dying, KilledError, NoticeWorld, names_in
from tests.integration.outbox_of import SECRET, Webhooks, pump_of, running
from tests.integration.receivers import receiver, says
from tests.integration.story_world import entry
from wirewatch.threads import ThreadedOutbox

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def world(archive: Database) -> NoticeWorld:
    return NoticeWorld(archive, "desk")


async def test_a_source_that_fails_on_is_told_once_and_its_end_once(world: NoticeWorld) -> None:
    number = world.add_source()
    world.answers.outcomes["Yonhap"] = DOWN
    await world.live(until=3 * HOUR)
    assert world.kinds() == ["source.failing"]
    (failing,) = world.payloads()
    assert failing["type"] == "source.failing"
    assert failing["data"]["source"] == {
        "id": f"so_{number}",
        "name": "Yonhap",
        "url": "https://Yonhap.test/rss",
    }
    assert failing["data"]["figures"]["status"] == 503
    assert failing["data"]["notice"]["what"].startswith("HTTP 503 Service Unavailable: ")
    del world.answers.outcomes["Yonhap"]
    await world.live(until=10 * HOUR)
    assert world.kinds() == ["source.failing", "source.recovered"]
    recovered = world.payloads()[1]
    assert recovered["data"]["notice"]["opened"] == failing["data"]["notice"]["id"]
    assert recovered["data"]["notice"]["since"] == failing["data"]["notice"]["since"]
    assert recovered["data"]["figures"]["failures"] >= 4
    assert len(world.said()) == 2


async def test_one_failure_and_a_quarter_of_an_hour_of_them_are_no_trouble(
    world: NoticeWorld,
) -> None:
    world.add_source()
    world.answers.outcomes["Yonhap"] = DOWN
    await world.live(until=timedelta(minutes=14))
    del world.answers.outcomes["Yonhap"]
    await world.live(until=HOUR)
    assert world.kinds() == []
    assert world.payloads() == []


async def test_it_is_told_when_the_quarter_of_an_hour_is_over_and_not_at_a_later_visit(
    world: NoticeWorld,
) -> None:
    world.add_source()
    await world.live(until=timedelta(minutes=1))
    with world.archive.writing() as conn:
        conn.execute(update(source_rows).values(every=timedelta(minutes=2)))
    world.answers.outcomes["Yonhap"] = DOWN
    began = world.now
    while not world.payloads() and world.now < began + HOUR:
        await world.live(until=MINUTE, step=timedelta(seconds=20))
    (one,) = world.payloads()
    (kept,) = within(world.archive, sources.listing)
    assert one["type"] == "source.failing"
    assert kept.failing_since is not None
    assert kept.next_visit_at is not None
    assert timedelta(minutes=15) <= world.now - kept.failing_since <= timedelta(minutes=17)
    assert kept.next_visit_at > world.now
    await world.live(until=3 * HOUR)
    assert world.kinds() == ["source.failing"]


async def test_what_is_gone_for_good_is_told_at_once(world: NoticeWorld) -> None:
    world.add_source()
    world.answers.outcomes["Yonhap"] = GONE
    await world.live(until=timedelta(minutes=1), step=timedelta(seconds=5))
    (message,) = world.payloads()
    assert message["data"]["figures"]["stopped"] is True
    assert "gone for good" in message["data"]["notice"]["what"]
    await world.live(until=HOUR)
    assert world.kinds() == ["source.failing"]


async def test_what_was_our_own_fault_or_the_networks_is_no_trouble(world: NoticeWorld) -> None:
    names = [f"paper-{number}" for number in range(5)]
    for name in names:
        world.add_source(name)
    await world.live(until=timedelta(minutes=2))
    world.answers.outcomes = dict.fromkeys(names, Failed(reason="no answer", unreachable=True))
    await world.live(until=6 * HOUR)
    assert world.pipeline.reach.down
    world.answers.outcomes = dict.fromkeys(names, Failed(reason="a fault here", ours=True))
    await world.live(until=6 * HOUR)
    assert world.kinds() == []


async def test_fifty_sources_on_one_dead_host_are_one_message(world: NoticeWorld) -> None:
    names = [f"Feed {number}" for number in range(50)]
    for name in names:
        world.add_source(name, every=timedelta(minutes=5))
    world.answers.outcomes = dict.fromkeys(names, DOWN)
    await world.live(until=HOUR)
    (message,) = world.payloads()
    assert message["type"] == "notices.ready"
    assert message["data"]["count"] == 50
    assert sorted(names_in(message)) == sorted(names)
    assert all(len(one.sent) == 1 for one in world.kept())


async def test_what_arises_one_by_one_is_six_messages_an_hour_and_none_is_lost(
    world: NoticeWorld,
) -> None:
    for number in range(120):
        world.add_source(f"Feed {number}")
    for number in range(120):
        world.answers.outcomes[f"Feed {number}"] = GONE
        with world.archive.writing() as conn:  # each is due when its turn comes
            sources.pause(conn, number + 1, "its turn is to come")
    for number in range(120):
        with world.archive.writing() as conn:
            sources.resume(conn, number + 1, now=world.now)
        await world.live(until=timedelta(seconds=30), step=timedelta(seconds=10))
    await world.live(until=timedelta(minutes=20))
    messages = world.payloads()
    assert len(messages) <= 8
    named = [name for message in messages for name in names_in(message)]
    assert sorted(named) == sorted(f"Feed {number}" for number in range(120))


async def test_several_channels_hear_the_same_and_nobody_is_told_without(
    archive: Database,
) -> None:
    world = NoticeWorld(archive, "desk", "night desk")
    world.add_source()
    world.answers.outcomes["Yonhap"] = GONE
    await world.live(until=timedelta(minutes=2))
    assert [sent.channel for sent in world.kept()[0].sent] == ["desk", "night desk"]
    world.to = ()
    world.add_source("TASS")
    world.answers.outcomes["TASS"] = GONE
    await world.live(until=HOUR)
    assert [len(one.sent) for one in world.kept()] == [2, 0]
    assert [one.due_at for one in world.kept()] == [None, None]


async def test_a_channel_that_is_gone_is_said_once(
    world: NoticeWorld, caplog: pytest.LogCaptureFixture
) -> None:
    world.to = ("desk", "no such desk")
    for name in ("Yonhap", "TASS"):
        world.add_source(name)
        world.answers.outcomes[name] = GONE
        await world.live(until=HOUR)
    assert world.told() == {"source.failing": 2}
    assert caplog.text.count('there is no channel "no such desk"') == 1


async def test_a_gap_is_told_and_a_day_of_gaps_is_one_notice(world: NoticeWorld) -> None:
    world.add_source(every=timedelta(minutes=10))
    for visit in range(12):
        told = tuple(entry(100 * visit + number) for number in range(20))
        await world.visit_telling(*told)
    assert world.kinds() == ["source.gap"]
    (notice,) = world.kept()
    assert notice.notice.figures["because"] == "rolled"
    assert notice.notice.figures["entries"] == 20


async def test_a_rhythm_that_breaks_off_is_overdue_until_it_brings_something(
    sqlite_archive: Database,
) -> None:
    world = NoticeWorld(sqlite_archive, "desk")
    world.add_source(every=timedelta(minutes=20))
    number = 0
    for _ in range(24 * 8):
        number += 1
        await world.visit_telling(*(entry(n, published=None) for n in range(number, number + 3)))
    last = (entry(number, published=None), entry(number + 1, published=None))
    for _ in range(24 * 12):
        await world.visit_telling(*last)
    assert world.kinds() == ["source.overdue"]
    await world.visit_telling(entry(99_999), *last)
    assert world.kinds() == ["source.overdue", "source.recovered"]
    assert "of silence" in world.kept()[1].notice.what


async def test_a_kill_between_leaves_either_all_or_nothing(world: NoticeWorld) -> None:
    """Undo the transaction of a visit, and that of a message: what follows tells it once."""
    world.add_source()
    world.answers.outcomes["Yonhap"] = GONE
    dying = Dying(world.archive)
    with pytest.raises(KilledError):
        await world.visit_due(replace(world.pipeline, database=dying))
    assert world.kinds() == []
    world.later(minutes=5)
    await world.visit_due()
    assert world.kinds() == ["source.failing"]
    world.later(minutes=5)
    with pytest.raises(KilledError):
        await replace(world.board, database=dying).look()
    assert world.payloads() == []
    await world.board.look()
    await world.another_board().look()
    assert world.told() == {"source.failing": 1}


async def test_whoever_was_paused_while_it_failed_begins_anew(world: NoticeWorld) -> None:
    number = world.add_source()
    world.answers.outcomes["Yonhap"] = DOWN
    await world.live(until=2 * HOUR)
    with world.archive.writing() as conn:
        sources.pause(conn, number, "a person said so")
        sources.resume(conn, number, now=world.now)
    del world.answers.outcomes["Yonhap"]
    await world.live(until=HOUR)
    assert world.kinds() == ["source.failing"]


async def test_a_round_alone_waits_for_no_others(world: NoticeWorld) -> None:
    world.add_source()
    world.answers.outcomes["Yonhap"] = GONE
    await world.visit_due()
    await world.board.look()
    assert world.payloads() == []
    await world.another_board(at_once=True).look()
    assert world.told() == {"source.failing": 1}


async def test_what_was_given_while_the_clock_stood_ahead_is_told_now(world: NoticeWorld) -> None:
    world.add_source()
    world.answers.outcomes["Yonhap"] = GONE
    world.later(days=400)
    await world.visit_due()
    world.later(days=-400)
    await world.board.look()
    assert world.told() == {"source.failing": 1}


async def test_a_receiver_verifies_a_trouble_and_its_end(world: NoticeWorld) -> None:
    """Send what is owed as `run` does; the public library verifies it."""
    async with receiver(says("200 OK")) as hook, httpx.AsyncClient() as http:
        ways = Webhooks(world.archive, http)
        await ways.add("hook", hook.url, world.now)
        world.to = ("hook",)
        outbox = ThreadedOutbox(world.archive)
        dispatcher = Dispatcher(outbox=outbox, ways=ways, clock=lambda: world.now)
        world.add_source()
        world.answers.outcomes["Yonhap"] = DOWN
        await world.live(until=HOUR)
        del world.answers.outcomes["Yonhap"]
        await world.live(until=2 * HOUR)
        pump = pump_of(world.archive, dispatcher)
        async with asyncio.timeout(20), running(pump):
            await pump.idle()
    got = [Webhook(SECRET).verify(one.body, dict(one.headers)) for one in hook.got]
    assert [body["type"] for body in got] == ["source.failing", "source.recovered"]
