"""What people split and join holds for all that comes later, and nobody is told twice."""

import pytest
from sqlalchemy import select

from archive import articles, trail
from archive.database import Database
from archive.schema import articles as article_rows
from news.article import Article
from tests.integration.story_world import World, entry, page
from wirewatch import regrouped

ONE = "Soldiers came home by night, and nobody was told of their number or their names. " * 8
OTHER = "A bridge over the river was opened by soldiers with drums and a ribbon of red silk. " * 8
EDITED = "Prisoners of two wars met at a table in the mountains and spoke of their horses. " * 8


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source()
    made.add_channel()
    made.add_watch("soldiers OR prisoners")
    return made


async def told(world: World, number: int, text: str, *, host: str) -> Article:
    """Let the source tell an article of a publisher; return it as it is kept."""
    url = f"https://{host}/view/{number}"
    title = f"Title {number} of {host}"
    world.pages.pages[url] = page(url, text, title)
    world.later(minutes=2)
    summary = f"{text[:40]} as {host} has it"
    await world.tell(entry(number, url=url, title=title, summary=summary, published=world.now))
    world.later(minutes=15)  # a known page waits behind new ones
    await world.read_all()
    with world.archive.reading() as conn:
        found = articles.by_url(conn, url)
    assert found is not None
    return found


def split(world: World, one: Article) -> int:
    with world.archive.writing() as conn:
        done = regrouped.split(world.archive, conn, [one.id], story=one.story, at=world.now)
    assert done is not None
    return done.story


def stories(world: World) -> list[int]:
    with world.archive.reading() as conn:
        return list(conn.scalars(select(article_rows.c.story).order_by(article_rows.c.id)))


async def test_a_split_article_stays_what_it_is_when_it_is_revised(world: World) -> None:
    first = await told(world, 1, ONE, host="first.test")
    copy = await told(world, 2, ONE, host="second.test")
    assert copy.story == first.story
    own = split(world, copy)
    again = await told(world, 2, EDITED, host="second.test")
    assert (again.id, again.story, again.revision) == (copy.id, own, 2)
    assert stories(world) == [first.story, own]
    assert len(world.payloads()) == 1


async def test_later_copies_follow_the_article_that_was_split_off(world: World) -> None:
    first = await told(world, 1, ONE, host="first.test")
    copy = await told(world, 2, ONE, host="second.test")
    own = split(world, copy)
    await told(world, 2, EDITED, host="second.test")
    later = await told(world, 3, EDITED, host="third.test")
    assert later.story == own
    assert (await told(world, 4, ONE, host="fourth.test")).story == first.story
    # Both halves were told by the one alert that was told of the whole.
    assert len(world.payloads()) == 1


async def test_what_is_like_either_lands_in_the_joined_story(world: World) -> None:
    one = await told(world, 1, ONE, host="first.test")
    other = await told(world, 2, OTHER, host="second.test")
    assert len(world.payloads()) == 2
    with world.archive.writing() as conn:
        done = regrouped.join(world.archive, conn, other.story, one.story, at=world.now)
    assert done is not None
    for number, text in ((3, ONE), (4, OTHER)):
        assert (await told(world, number, text, host=f"p{number}.test")).story == one.story
    assert len(world.payloads()) == 2


async def test_a_watch_that_was_told_of_nothing_is_told_of_each_half(world: World) -> None:
    await told(world, 1, ONE, host="first.test")
    copy = await told(world, 2, ONE, host="second.test")
    split(world, copy)
    world.add_watch("prisoners", "Another")
    await told(world, 2, EDITED, host="second.test")
    assert [one["data"]["watch"]["name"] for one in world.payloads()] == [
        "soldiers OR prisoners",
        "Another",
    ]


async def test_the_trail_tells_what_was_decided(world: World) -> None:
    first = await told(world, 1, ONE, host="first.test")
    copy = await told(world, 2, ONE, host="second.test")
    split(world, copy)
    with world.archive.reading() as conn:
        (line,) = [
            each for each in trail.of_article(conn, copy.id) if "person" in each.reason.words
        ]
    assert line.reason.code == "story:split"
    assert line.reason.words == f"a person split it off from st_{first.story}"
