"""A silence holds what would be told, and one message tells it at the end, on both engines."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from alerts.registry import readable
from archive import channels, watches
from archive.database import Database
from archive.schema_telling import deliveries, delivery_alerts
from news.alert import AlertState
from news.channel import ChannelSettings
from news.watch import WatchSettings
from tests.integration.silence_world import (
    digest,
    end,
    gathered,
    listed,
    release_all,
    silence,
)
from tests.integration.story_world import World, entry, page
from wirewatch import closing, release
from wirewatch.events import AlertHeld, AlertTold, HeldTold

HOUR = timedelta(hours=1)
URL = "https://yna.test/view/1"


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source()
    made.add_channel()
    made.add_watch("story")
    return made


async def test_a_silence_holds_a_story_and_its_end_tells_it(world: World) -> None:
    number = silence(world)
    await world.tell(entry())
    assert world.payloads() == []
    assert world.alert_reasons() == [("held", "held:silence")]
    (kept,) = listed(world)
    assert kept.due_at == world.now + HOUR
    assert kept.held_by is not None
    assert kept.held_by.id == number
    (event,) = [one for one in world.events if isinstance(one, AlertHeld | AlertTold)]
    assert isinstance(event, AlertHeld)
    assert (event.watch, event.silence) == ("story", f"silence si_{number} (night desk)")
    await release_all(world)
    assert world.payloads() == []
    world.later(hours=1)
    await release_all(world)
    data = digest(world)
    (told,) = data["alerts"]
    assert told["type"] == "story.matched"
    assert told["data"]["alert"] == {"id": "al_1", "reason": "held:silence", "sample": False}
    assert told["data"]["article"]["title"] == "Story 1"
    assert told["data"]["match"][0]["term"].lower() == "story"
    assert told["data"]["links"]["story"].startswith("https://ww.test/stories/st_")
    assert data["words"] == f"silence si_{number} (night desk) is over and held this"
    assert world.events[-1] == HeldTold(
        watch="story", alerts=1, silence=f"silence si_{number} (night desk)", channels=("desk",)
    )
    (kept,) = listed(world)
    assert (kept.state, kept.reason, kept.due_at) == (AlertState.TOLD, "held:silence", None)
    assert [sent.channel for sent in kept.sent] == ["desk"]
    assert world.trail_codes(1)[-4:] == ["new", "matched", "held:silence", "told"]


async def test_an_ended_silence_without_held_alerts_sends_nothing(world: World) -> None:
    silence(world)
    world.later(hours=2)
    await release_all(world)
    await world.tell(entry(published=world.now))
    assert [one["type"] for one in world.payloads()] == ["story.matched"]


async def test_a_silence_ended_by_hand_tells_at_once(world: World) -> None:
    number = silence(world)
    await world.tell(entry())
    world.later(minutes=5)
    end(world, number)
    await release_all(world)
    assert len(digest(world)["alerts"]) == 1


@pytest.mark.parametrize("after", [False, True], ids=["during", "after"])
async def test_nothing_of_what_was_held_is_told_beside_the_summary(
    world: World, *, after: bool
) -> None:
    world.pages.pages[URL] = page(URL, "Soldiers came home. " * 20, "Story 1")
    silence(world)
    await world.tell(entry())
    world.later(hours=1 if after else 0.5)
    if after:
        await release_all(world)
    world.pages.pages[URL] = page(URL, "Soldiers came home by night. " * 20, "Story 1, updated")
    await world.tell(entry(title="Story 1, updated"))
    world.later(hours=1)
    await release_all(world)
    (told,) = digest(world)["alerts"]
    assert told["data"]["article"]["title"] == ("Story 1" if after else "Story 1, updated")


async def test_an_equal_text_elsewhere_is_of_the_story_that_is_held(world: World) -> None:
    text = "A story of soldiers who came home by night, whose number nobody was told of. " * 8
    other = "https://other.test/1"
    world.pages.pages |= {URL: page(URL, text, "Story 1"), other: page(other, text, "Story 1")}
    silence(world)
    await world.tell(entry(1), entry(2, url=other))
    assert world.alert_reasons() == [("held", "held:silence")]
    world.later(hours=1)
    await release_all(world)
    (told,) = digest(world)["alerts"]
    assert told["data"]["story"]["articles"] == 2


async def test_one_message_a_watch_and_channel(world: World) -> None:
    world.add_watch("summary")
    world.add_channel("mail")
    with world.archive.writing() as conn:
        (first,) = [one for one in watches.listing(conn) if one.id == 1]
        both = replace(first.settings, to=("desk", "mail"))
        watches.change(conn, 1, both, now=world.now)
    silence(world, None)
    silence(world)
    await world.tell(entry(1), entry(2))
    world.later(hours=1)
    await release_all(world)
    payloads = world.payloads()
    assert [one["data"]["watch"]["name"] for one in payloads] == ["story", "story", "summary"]
    assert {len(one["data"]["alerts"]) for one in payloads} == {2}
    assert payloads[0] == payloads[1]
    assert [[sent.channel for sent in one.sent] for one in listed(world)] == [
        ["desk", "mail"],
        ["desk"],
        ["desk", "mail"],
        ["desk"],
    ]


async def test_what_another_silence_covers_is_held_on(world: World) -> None:
    first = silence(world)
    await world.tell(entry(1))
    world.later(minutes=30)
    second = silence(world, None)
    await world.tell(entry(2))
    world.later(minutes=30)
    await release_all(world)
    assert world.payloads() == []
    assert [one.held_by and one.held_by.id for one in listed(world)] == [second, second]
    assert {one.due_at for one in listed(world)} == {world.now + timedelta(minutes=30)}
    assert world.trail_codes(1)[-2:] == ["held:silence", "held:silence"]
    world.later(minutes=30)
    await release_all(world)
    assert len(digest(world)["alerts"]) == 2
    assert first != second


async def test_more_than_fit_are_counted_and_all_are_linked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "LISTED", 3)
    silence(world)
    await world.tell(*(entry(number) for number in range(1, 6)))
    world.later(hours=1)
    await release_all(world)
    data = digest(world)
    assert data["count"] == 5
    assert [one["data"]["alert"]["id"] for one in data["alerts"]] == ["al_3", "al_4", "al_5"]
    with world.archive.reading() as conn:
        linked = select(func.count()).select_from(delivery_alerts)
        assert conn.execute(linked).scalar_one() == 5
    assert {len(one.sent) for one in listed(world)} == {1}


async def test_a_watch_that_was_removed_meanwhile_is_told_nothing_and_the_trail_says_so(
    world: World,
) -> None:
    silence(world)
    await world.tell(entry())
    with world.archive.writing() as conn:
        watches.remove(conn, 1, now=world.now)
    world.later(hours=1)
    await release_all(world)
    assert world.payloads() == []
    assert world.alert_reasons() == [("dropped", "dropped:removed")]
    assert world.trail_codes(1)[-1] == "dropped:removed"


async def test_a_watch_that_was_paused_meanwhile_is_told_what_it_had_matched(world: World) -> None:
    silence(world)
    await world.tell(entry())
    with world.archive.writing() as conn:
        watches.pause(conn, 1)
    world.later(hours=1)
    await release_all(world)
    assert len(digest(world)["alerts"]) == 1


async def test_a_channel_that_was_removed_meanwhile_leaves_nobody_to_tell(world: World) -> None:
    silence(world)
    await world.tell(entry())
    with world.archive.writing() as conn:
        channels.remove(conn, 1, now=world.now)
    world.later(hours=1)
    await release_all(world)
    assert world.payloads() == []
    (kept,) = listed(world)
    assert (kept.state, kept.sent, kept.to) == (AlertState.TOLD, (), ("desk",))
    event = world.events[-1]
    assert isinstance(event, HeldTold)
    assert event.channels == ()


async def test_two_workers_at_once_tell_once(world: World) -> None:
    silence(world)
    await world.tell(*(entry(number) for number in range(1, 9)))
    world.later(hours=1)
    await asyncio.gather(*(release_all(world) for _ in range(4)))
    assert len(digest(world)["alerts"]) == 8


async def test_who_dies_in_between_leaves_it_due_and_the_next_tells_it_once(world: World) -> None:
    silence(world)
    await world.tell(entry(1), entry(2))
    world.later(hours=1)

    class Killed(BaseException):
        pass

    found = gathered(world)

    def told_and_killed() -> None:
        with world.archive.writing() as conn:
            told = release.release(world.archive, conn, found, now=world.now)
            assert isinstance(told, HeldTold)
            raise Killed

    with pytest.raises(Killed):
        told_and_killed()
    assert world.payloads() == []
    assert world.alert_reasons() == [("held", "held:silence")] * 2
    await release_all(world)
    await release_all(world)
    assert len(digest(world)["alerts"]) == 2


async def test_what_was_told_before_stays_told_once(world: World) -> None:
    await world.tell(entry())
    silence(world)
    world.later(minutes=1)
    await world.tell(entry(title="Story 1, updated"))
    world.later(hours=1)
    await release_all(world)
    assert [one["type"] for one in world.payloads()] == ["story.matched"]


async def test_a_mailbox_gets_the_summary_as_a_letter(world: World) -> None:
    settings = ChannelSettings(name="post", url="mailto:desk@example.org")
    with world.archive.writing() as conn:
        channels.add(conn, settings, now=world.now)
        watches.add(conn, WatchSettings(name="mails", query="story", to=("post",)), now=world.now)
    silence(world, 2)
    await world.tell(entry(1), entry(2))
    world.later(hours=1)
    await release_all(world)
    with world.archive.reading() as conn:
        payload = conn.execute(
            select(deliveries.c.payload).order_by(deliveries.c.id.desc()).limit(1)
        ).scalar_one()
    text = readable(settings.url, payload)
    held = "Silence si_1 (night desk) is over and held these."
    for words in ("2 alerts", held, "*Story* 1", "*Story* 2"):
        assert words in text
