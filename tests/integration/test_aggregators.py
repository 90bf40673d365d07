"""What aggregators tell, beside what the publishers tell themselves: one article, one alert."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from archive import trail
from archive.database import Database
from archive.schema import articles, entries, publishers
from news.entry import Entry
from news.page import Page, Unread
from news.source import Validators
from news.visit import Told
from tests.integration.story_world import NOW, World

OPAQUE = "https://news.google.com/rss/articles/CBMiAU_yqL?oc=5"
OWN = "https://press.test/2026/crane"
TITLE = "Crane falls into the harbour"
TEXT = "The old crane of the harbour fell on Monday, and nobody was hurt, workers said. " * 8
UNSAID = Unread(reason="Google News does not say where its publisher's page stands")
FOUND = Entry(
    own_id="CBMi1", url=OPAQUE, title=TITLE, published=NOW, publisher_url="https://www.press.test"
)
TOLD = Entry(own_id="7", url=OWN, title=TITLE, summary="So the press says.", published=NOW)


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source("Google")
    made.add_channel()
    made.add_watch("crane")
    made.pages.pages = {OPAQUE: UNSAID, OWN: page()}
    return made


def page(url: str = OWN, title: str = TITLE) -> Page:
    return Page(url=url, canonical=None, title=title, text=TEXT)


def kept(world: World) -> list[tuple[str, str, str]]:
    columns = (articles.c.url, publishers.c.domain, articles.c.title)
    with world.archive.reading() as conn:
        found = select(*columns).join(publishers).order_by(articles.c.id)
        return [tuple(row) for row in conn.execute(found)]


def words(world: World) -> str:
    with world.archive.reading() as conn:
        return " ".join(line.reason.words for line in trail.of_article(conn, 1))


async def tell_later(world: World, entry: Entry, **span: float) -> None:
    world.later(**(span or {"hours": 1}))
    await world.tell(entry)


async def test_an_opaque_piece_is_kept_by_its_own_words_for_its_publisher(world: World) -> None:
    await world.tell(FOUND)
    assert kept(world) == [(OPAQUE, "press.test", TITLE)]
    (alert,) = world.payloads()
    assert alert["data"]["article"]["publisher"]["domain"] == "press.test"
    assert "does not say where its publisher's page stands" in words(world)


async def test_the_publishers_own_article_comes_later_and_joins(world: World) -> None:
    await world.tell(FOUND)
    await tell_later(world, TOLD)
    assert kept(world) == [(OWN, "press.test", TITLE)]
    assert len(world.payloads()) == 1
    assert "known by its publisher and title" in words(world)
    await tell_later(world, replace(FOUND, summary="told anew"))
    assert kept(world) == [(OWN, "press.test", TITLE)]
    assert len(world.payloads()) == 1


async def test_the_publishers_own_article_came_before_and_is_joined(world: World) -> None:
    await world.tell(TOLD)
    await tell_later(world, FOUND)
    assert kept(world) == [(OWN, "press.test", TITLE)]
    assert len(world.payloads()) == 1
    assert "known by its publisher and title" not in words(world) or "joined" in words(world)


async def test_two_aggregators_tell_one_piece(world: World) -> None:
    await world.tell(FOUND)
    other = "https://www.msn.com/en-us/news/crane/ar-AA1"
    world.pages.pages[other] = UNSAID
    await tell_later(world, replace(FOUND, url=other, own_id="m1"))
    assert kept(world) == [(OPAQUE, "press.test", TITLE)]
    assert len(world.payloads()) == 1


async def test_a_page_that_leads_on_is_the_publishers(world: World) -> None:
    world.pages.pages[OPAQUE] = page()
    await world.tell(FOUND)
    await tell_later(world, TOLD)
    assert kept(world) == [(OWN, "press.test", TITLE)]
    assert len(world.payloads()) == 1


COLUMN = "Crane prices in the harbours today"
ELSE = "https://press.test/2026/other"
ABROAD = "https://else.test/crane"


@pytest.mark.parametrize(
    ("entry", "read", "after"),
    [
        (replace(TOLD, url=ELSE, title="A crane falls"), page(ELSE, "A crane falls"), 1),
        (replace(TOLD, url=ABROAD), page(ABROAD), 1),
        (replace(TOLD, published=NOW + timedelta(days=4)), page(), 4 * 24),
    ],
    ids=["another title", "another publisher", "another day"],
)
@pytest.mark.parametrize("first", [True, False], ids=["aggregator first", "publisher first"])
async def test_what_is_not_the_same_is_not_joined(
    world: World, entry: Entry, read: Page, after: int, *, first: bool
) -> None:
    world.pages.pages[entry.url or ""] = read
    earlier = FOUND if first else replace(entry, published=NOW)
    later = entry if first else replace(FOUND, published=entry.published)
    await world.tell(earlier)
    await tell_later(world, later, hours=after)
    assert len(kept(world)) == 2


def piece(world: World, own_id: str, title: str) -> Entry:
    url = f"https://news.google.com/rss/articles/CBMiAU_{own_id}?oc=5"
    world.pages.pages[url] = UNSAID
    return replace(FOUND, own_id=own_id, url=url, title=title, published=world.now)


@pytest.mark.parametrize("hours", [13, 23, 24])
@pytest.mark.parametrize("own_too", [False, True], ids=["alone", "beside the publisher's own"])
async def test_a_daily_column_is_not_yesterdays(world: World, hours: int, *, own_too: bool) -> None:
    for day in range(4):
        await world.tell(piece(world, f"day{day}", COLUMN))
        if own_too:
            url = f"https://press.test/column/{day}"
            world.pages.pages[url] = page(url, COLUMN)
            await tell_later(world, replace(TOLD, own_id=url, url=url, title=COLUMN), minutes=9)
        world.later(hours=hours)
    assert len(kept(world)) == len(world.payloads()) == 4


@pytest.mark.parametrize(
    ("published", "same"),
    [
        (NOW - timedelta(hours=11), True),
        (NOW - timedelta(hours=13), False),
        (NOW.replace(hour=0, minute=0, second=0), True),
        (NOW.replace(hour=0, minute=0, second=0) - timedelta(days=1), False),
        (None, True),
    ],
    ids=["hours before", "half a day before", "that day", "the day before", "unsaid"],
)
async def test_one_piece_lies_as_close_as_its_dates_are_exact(
    world: World, published: datetime | None, *, same: bool
) -> None:
    await world.tell(replace(TOLD, published=published))
    await tell_later(world, FOUND)
    assert len(kept(world)) == (1 if same else 2)


async def test_of_several_the_closest_is_meant(world: World) -> None:
    for hours in (0, 11):
        url = f"https://press.test/column/{hours}"
        world.pages.pages[url] = page(url, COLUMN)
        told = replace(TOLD, own_id=url, url=url, title=COLUMN)
        world.pages.pages[url] = replace(page(url, COLUMN), text=f"Edition {hours}: {TEXT}")
        await tell_later(world, replace(told, published=NOW + timedelta(hours=hours)), hours=6)
    found = piece(world, "x", COLUMN)
    await tell_later(world, replace(found, published=NOW + timedelta(hours=4)))
    with world.archive.reading() as conn:
        of = select(articles.c.url).join(entries, entries.c.article == articles.c.id)
        assert conn.scalars(of.where(entries.c.own_id == "x")).all() == [
            "https://press.test/column/0"
        ]


async def test_short_titles_tell_nothing(world: World) -> None:
    await world.tell(replace(FOUND, title="Crane news"))
    world.pages.pages[OWN] = page(title="Crane news")
    await tell_later(world, replace(TOLD, title="Crane news"))
    assert len(kept(world)) == 2


async def test_what_a_new_part_of_a_site_shows_first_is_old_and_later_pieces_are_news(
    world: World,
) -> None:
    await world.tell(replace(TOLD, url="https://press.test/0", title="A quiet day in the town"))
    world.later(days=2)
    shown = [
        Entry(url=f"https://press.test/{number}", title=f"Crane number {number} falls over")
        for number in range(1, 5)
    ]
    shown[1] = replace(shown[1], published=world.now - timedelta(days=1))
    shown[2] = replace(shown[2], published=world.now - timedelta(minutes=5))
    opened = tuple(one.url or "" for one in shown[:3])
    outcome = Told(entries=tuple(shown), validators=Validators(), opened=opened)
    await world.visit(outcome=outcome)
    await world.read_all()
    assert world.titles_told() == ["Crane number 3 falls over", "Crane number 4 falls over"]
    assert world.alert_reasons().count(("dropped", "dropped:old")) == 2
