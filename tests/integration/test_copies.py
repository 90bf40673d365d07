"""One agency's text in five outlets is told once; a report of every day each day."""

import random

import pytest
from sqlalchemy import select

from archive import trail
from archive.database import Database
from archive.schema import articles
from bench.copy_edits import EDITS, sentences
from news.entry import Entry
from tests.integration.story_world import World, entry, page
from tests.unit.news.test_likeness import made

TEXT = "Soldiers crossed the river at dawn. " + made(1, of=250)
KINDS = (
    "cut by 40 %",
    "sentences reordered",
    "boilerplate around",
    "dateline and small rewrites",
)


@pytest.fixture
def world(archive: Database) -> World:
    world = World(archive)
    world.add_source()
    world.add_channel()
    world.add_watch("soldiers")
    return world


def told(world: World, number: int, body: str) -> Entry:
    url = f"https://outlet{number}.test/view/{number}"
    world.pages.pages[url] = page(url, body, f"Headline {number}")
    return entry(number, url=url, title=f"Headline {number}")


def carriers(world: World) -> list[Entry]:
    chance, lines = random.Random(3), sentences(TEXT)
    entries = [told(world, 1, TEXT)]
    for number, kind in enumerate(KINDS, 2):
        copy = EDITS[kind](chance, lines, sentences(made(40 + number)))
        entries.append(told(world, number, copy if "Soldiers" in copy else f"Soldiers. {copy}"))
    return entries


def kept(world: World) -> list[tuple[int, int | None, int | None]]:
    with world.archive.reading() as conn:
        rows = conn.execute(
            select(articles.c.story, articles.c.copy_of, articles.c.copied).order_by(articles.c.id)
        )
        return [(row.story, row.copy_of, row.copied) for row in rows]


async def test_an_agencys_text_in_five_outlets_is_one_alert(world: World) -> None:
    await world.tell(*carriers(world))
    assert world.titles_told() == ["Headline 1"]
    first, *copies = kept(world)
    assert first[1:] == (None, None)
    assert all((story, of) == (first[0], 1) for story, of, _ in copies)
    assert all(per_cent is not None and 60 <= per_cent <= 100 for _, _, per_cent in copies)
    for number in range(2, 6):
        assert world.trail_codes(number) == ["full", "copy", "matched", "folded:copy"]
    with world.archive.reading() as conn:
        words = [line.reason.words for line in trail.of_article(conn, 2)]
    assert "a copy: 100 % of its words are those of ar_1, by outlet1.test" in words


async def test_a_report_that_comes_every_day_is_told_each_day(world: World) -> None:
    for day in range(3):
        count = random.Random(day)
        figures = [count.randint(100, 9_999) for _ in range(6)]
        report = (
            "Soldiers reported losses on Monday as on every day of the week. Enemy shelling of {} "
            "settlements wounded {} people and killed {} others, the regional administration said "
            "in its daily summary. Engineers restored power to {} households over the past day and "
            "cleared {} hectares of farmland near the front line. The administration asks people "
            "to stay in shelters during alarms, {} of which were sounded in the region."
        ).format(*figures)
        await world.tell(told(world, day + 1, report))
        world.later(days=1)
    assert world.titles_told() == ["Headline 1", "Headline 2", "Headline 3"]
    assert [(of, per_cent) for _, of, per_cent in kept(world)] == [(None, None)] * 3


async def test_articles_one_by_one_are_the_same_stories(world: World) -> None:
    """Nothing but the archive is remembered between them."""
    for one in carriers(world):
        await world.tell(one)
        world.later(minutes=30)
    assert [(story, of) for story, of, _ in kept(world)] == [(1, None), *[(1, 1)] * 4]
    assert world.titles_told() == ["Headline 1"]


FIRST = """Rescue workers in Dovehaven pulled eleven soldiers from a collapsed barracks on Sunday
after a gas explosion tore through the building, mayor Ilse Brandt said. Two of the injured are in a
critical state at the Saint Anna hospital. Investigators believe that a leaking pipe below the
kitchen caused the explosion, which shattered windows across the Dovehaven harbour district."""
SECOND = """A gas explosion has destroyed a barracks in the harbour district of Dovehaven. According
to mayor Ilse Brandt, eleven soldiers were rescued from the rubble, and Saint Anna hospital treats
two of them for critical injuries. The explosion is thought to have begun in the kitchen, where
investigators found a leaking pipe. Windows broke in many houses around the harbour."""


async def test_an_account_in_words_of_its_own_joins_the_story(world: World) -> None:
    await world.tell(told(world, 1, FIRST), told(world, 2, made(7)))
    world.later(minutes=20)
    await world.tell(told(world, 3, SECOND))
    assert [(story, of) for story, of, _ in kept(world)] == [(1, None), (2, None), (1, None)]
    assert world.trail_codes(3) == ["full", "account", "matched", "folded:story"]
    assert world.titles_told() == ["Headline 1"]


async def test_an_account_of_a_story_may_be_copied_in_turn(world: World) -> None:
    longer = f"{SECOND} Soldiers from the whole region came to help."
    for number, text in enumerate((FIRST, SECOND, longer), 1):
        await world.tell(told(world, number, text))
        world.later(minutes=20)
    assert [(story, of) for story, of, _ in kept(world)] == [(1, None), (1, None), (1, 2)]
    assert world.trail_codes(3)[-1] == "folded:copy"


BACKGROUND = made(55, of=130)
NEWS = (
    ("Northfield names its chief", "Northfield soldiers on and names Carla Weiss its chief. "),
    ("Northfield to buy Ostrava Robotics", "Northfield soldiers on and buys Ostrava Robotics. "),
)


async def test_other_news_above_the_same_background_is_told(world: World) -> None:
    """It is neither a copy nor an account in words of its own, which they are not."""
    for number, (title, lead) in enumerate(NEWS, 1):
        url = f"https://firm.test/view/{number}"
        body = lead + made(number, of=40) + " " + BACKGROUND
        world.pages.pages[url] = page(url, body, title)
        await world.tell(entry(number, url=url, title=title))
        world.later(hours=2)
    assert [(story, of) for story, of, _ in kept(world)] == [(1, None), (2, None)]
    assert world.titles_told() == [title for title, _ in NEWS]
