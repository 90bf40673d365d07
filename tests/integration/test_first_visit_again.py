"""A source that is read another way than before tells what stood there for long: it is no news."""

from dataclasses import replace
from datetime import timedelta

import pytest

from archive import sources
from archive.database import Database
from news.entry import Entry
from news.source import SourceSettings, Spider, Validators
from news.visit import Told
from tests.integration.story_world import NOW, World, entry

LIST = SourceSettings(name="Yonhap", kind="list", url="https://yna.test/news")


class Lists(World):
    """A list, told by the same source as feeds are."""

    def __init__(self, archive: Database) -> None:
        super().__init__(archive)
        self.pipeline = replace(
            self.pipeline, readers=dict.fromkeys(("feed", "list", "auto"), self.source)
        )
        with archive.writing() as conn:
            self.number = sources.add(conn, LIST, now=NOW)
        self.add_channel()
        self.add_watch("story", alert=("article",))

    def change(self, settings: SourceSettings) -> None:
        with self.archive.writing() as conn:
            sources.change(conn, self.number, settings, now=self.now)


@pytest.fixture
def world(archive: Database) -> Lists:
    return Lists(archive)


def links(*numbers: int) -> list[Entry]:
    """Return entries as a list page tells them: without ids, without dates."""
    return [entry(number, own_id=None, published=None) for number in numbers]


def told(world: World) -> list[int]:
    return [int(title.removeprefix("Story ")) for title in world.titles_told()]


CHANGES = (
    replace(LIST, spider=Spider(links="h3 > a")),
    replace(LIST, kind="auto"),
    replace(LIST, url="https://yna.test/all"),
)


@pytest.mark.parametrize("settings", CHANGES, ids=["selector", "kind", "address"])
async def test_what_another_way_of_reading_finds_at_first_is_old(
    world: Lists, settings: SourceSettings
) -> None:
    world.later(hours=5)
    await world.tell(*links(1, 2))
    world.later(days=30)
    world.change(settings)
    await world.tell(*links(*range(10, 30)))
    assert told(world) == []
    world.later(hours=1)
    await world.tell(*links(*range(11, 31)))
    assert told(world) == [30]


@pytest.mark.parametrize("settings", CHANGES[:2], ids=["selector", "kind"])
async def test_of_dated_articles_those_since_the_last_good_visit_are_news(
    world: Lists, settings: SourceSettings
) -> None:
    world.later(days=5)
    await world.tell(*links(1))
    seen = world.now
    world.later(hours=9)
    world.change(settings)
    before, after = seen - timedelta(hours=2), seen + timedelta(hours=2)
    await world.tell(entry(2, published=before), entry(3, published=after))
    assert told(world) == [3]


async def test_what_was_noted_before_the_change_is_judged_as_it_was(world: Lists) -> None:
    world.later(days=2)
    await world.tell(*links(1))
    world.later(hours=1)
    hours_old = world.now - timedelta(hours=5)
    await world.visit(entry(2, published=hours_old))
    world.change(CHANGES[0])
    await world.read_all()
    assert told(world) == [2]


async def test_other_tags_and_times_change_nothing(world: Lists) -> None:
    named = replace(LIST, spider=Spider(links="h3 > a", sections=("/world",)))
    world.change(named)
    await world.tell(*links(1, 2))
    world.later(hours=1)
    world.change(replace(named, tags=("x",), every=timedelta(minutes=5)))
    await world.tell(*links(2, 3))
    assert told(world) == [3]


async def test_a_reader_that_finds_anew_says_so_and_it_is_a_first_visit_again(
    world: Lists,
) -> None:
    world.later(days=5)
    await world.tell(*links(1))
    world.later(hours=5)
    old, fresh = world.now - timedelta(days=1), world.now - timedelta(minutes=5)
    found = (*links(2, 3), entry(4, published=old), entry(5, published=fresh))
    anew = Told(entries=found, validators=Validators(), anew=True)
    await world.visit(outcome=anew)
    await world.read_all()
    assert told(world) == [5]
    world.later(hours=1)
    await world.tell(*links(3, 6))
    assert told(world) == [5, 6]
