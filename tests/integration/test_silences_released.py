"""The end of a silence where something is amiss: a fault, a change meanwhile, a correction."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from archive import watches
from archive.database import Database
from news.errors import ArchiveError
from tests.integration.silence_world import (
    digest,
    end,
    gathered,
    release_all,
    silence,
    summaries,
)
from tests.integration.story_world import World, entry, page
from wirewatch import closing, release
from wirewatch.events import HeldTold
from wirewatch.release import Changed, Summaries

URL = "https://yna.test/view/1"
STORY, OTHER = "A story of soldiers. " * 20, "Nothing of the kind. " * 20


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source()
    made.add_channel()
    made.add_watch("story")
    return made


class Failing:
    """Fails for some watches as long as it is to, and counts how often."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
        self.fault: Exception | None = fault
        self.asked: list[int] = []
        self._gathered = closing.gathered
        monkeypatch.setattr(release, "gathered", self.gathered)

    def gathered(self, conn: Any, *, watch: int, **known: Any) -> object:
        self.asked.append(watch)
        if watch == 1 and self.fault is not None:
            raise self.fault
        return self._gathered(conn, watch=watch, **known)


async def looked(pumped: Summaries) -> None:
    """Look once as a tick does, and let what is due be tried; what fails is due still."""
    pump = pumped.pump(then=lambda: None)
    pump.rest = timedelta()
    loop = asyncio.create_task(pump.run())
    pump.wake()
    await pump.idle()
    await pump.drain(timedelta(seconds=5))
    await loop


async def test_a_watch_whose_summary_fails_keeps_no_other_from_being_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add_watch("summary")
    silence(world, None)
    await world.tell(entry())
    world.later(hours=1)
    failing, pumped = Failing(monkeypatch, ValueError("broken")), summaries(world)
    await looked(pumped)
    assert failing.asked == [1, 2]
    assert [one["data"]["watch"]["name"] for one in world.payloads()] == ["summary"]
    failing.fault = None
    await looked(pumped)
    assert failing.asked == [1, 2]  # it is passed over still
    world.later(seconds=5)
    await looked(pumped)
    assert failing.asked == [1, 2, 1]
    assert len(world.payloads()) == 2


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (ValueError("broken"), [5, 10, 20, 40, 80, 160, 300, 300]),
        (ArchiveError("the disk is full"), [5, 5, 5]),
    ],
)
async def test_a_watch_that_fails_is_passed_over_for_longer_each_time(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: Exception, waits: list[int]
) -> None:
    silence(world)
    await world.tell(entry())
    world.later(hours=1)
    failing, pumped = Failing(monkeypatch, fault), summaries(world)
    for count, seconds in enumerate(waits, 1):
        await looked(pumped)
        assert len(failing.asked) == count
        world.later(seconds=seconds - 1)
        await looked(pumped)
        assert len(failing.asked) == count
        world.later(seconds=1)


async def test_what_was_told_after_faults_begins_anew_with_the_shortest_wait(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence(world)
    await world.tell(entry(1))
    world.later(hours=1)
    failing, pumped = Failing(monkeypatch, ValueError("broken")), summaries(world)
    for _ in range(3):
        await looked(pumped)
        world.later(minutes=1)
    failing.fault = None
    await looked(pumped)
    assert len(world.payloads()) == 1
    silence(world)
    await world.tell(entry(2))
    world.later(hours=1)
    failing.fault = ValueError("broken")
    await looked(pumped)
    world.later(seconds=5)
    failing.fault = None
    await looked(pumped)
    assert len(world.payloads()) == 2


async def test_nothing_is_told_by_a_message_that_is_true_no_more(world: World) -> None:
    numbers = [silence(world), silence(world, begin=world.now, hours=2)]
    await world.tell(entry(1))
    world.later(minutes=5)
    end(world, numbers[1])
    world.later(hours=1)
    found = gathered(world)

    def released() -> object:
        with world.archive.writing() as conn:
            return release.release(world.archive, conn, found, now=world.now)

    with world.archive.writing() as conn:
        watches.pause(conn, 1)
    assert isinstance(released(), Changed)  # the watch is another one now
    found = gathered(world)
    number = silence(world)
    assert released() is None  # held on, though there was a message
    end(world, number)
    assert isinstance(released(), HeldTold)
    assert isinstance(released(), Changed)  # another worker told it
    assert len(world.payloads()) == 1


async def test_what_ends_being_held_on_meanwhile_is_gathered_anew(world: World) -> None:
    silence(world)
    await world.tell(entry(1))
    world.later(hours=1)
    number = silence(world)
    found = gathered(world)
    assert found.message is None
    end(world, number)
    with world.archive.writing() as conn:
        told = release.release(world.archive, conn, found, now=world.now)
    assert isinstance(told, Changed)
    await release_all(world)
    assert len(digest(world)["alerts"]) == 1


async def corrected(world: World, text: str) -> None:
    """Have an article held, and revised an hour before it is told."""
    world.pages.pages[URL] = page(URL, STORY, "Headline")
    silence(world, hours=2)
    await world.tell(entry())
    world.later(hours=1)
    world.pages.pages[URL] = page(URL, text, "Headline")
    await world.tell(entry(title="Headline", summary="corrected"))
    world.later(hours=1)


async def test_an_article_that_was_corrected_and_matches_no_more_is_told_as_such(
    world: World,
) -> None:
    await corrected(world, OTHER)
    await release_all(world)
    (told,) = digest(world)["alerts"]
    assert told["data"]["match"] == []
    assert told["data"]["alert"]["corrected"] is True
    assert world.trail_codes(1)[-2:] == ["told", "corrected"]


async def test_an_article_that_was_corrected_and_matches_still_bears_no_mark(world: World) -> None:
    await corrected(world, "A corrected story of soldiers. " * 20)
    await release_all(world)
    (told,) = digest(world)["alerts"]
    assert told["data"]["match"][0]["start"] == len("A corrected ")
    assert "corrected" not in told["data"]["alert"]
    assert world.trail_codes(1)[-1] == "told"


async def test_a_watch_that_rested_is_asked_whether_it_matches_what_was_corrected(
    world: World,
) -> None:
    world.pages.pages[URL] = page(URL, STORY, "Headline")
    silence(world)
    await world.tell(entry())
    with world.archive.writing() as conn:
        watches.pause(conn, 1)
    world.later(minutes=20)
    world.pages.pages[URL] = page(URL, "A corrected story of soldiers. " * 20, "Headline")
    await world.tell(entry(title="Headline", summary="corrected"))
    world.later(hours=1)
    await release_all(world)
    (told,) = digest(world)["alerts"]
    assert told["data"]["match"][0]["start"] == len("A corrected ")
    assert "corrected" not in told["data"]["alert"]
