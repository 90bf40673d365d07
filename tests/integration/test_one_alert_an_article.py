"""However an article's address, page or entry changes, it stays one article with one alert."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from archive import articles, entries
from archive.database import Database
from archive.schema import articles as article_rows
from archive.schema import texts
from archive.schema_telling import matches
from archive.search.find import find
from news.article import Read
from news.page import Page, PageOutcome, Unread
from news.query.parse import parse
from news.query.tree import Query
from tests.integration.story_world import LEASE, World, entry, page

URL = "https://yna.test/view/1"
REAL = "https://yna.test/real/1"
LONG = "Soldiers came home by night, and nobody was told of their number or their names. " * 8
LATER = Unread(reason="HTTP 503", again=True)


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source()
    made.add_channel()
    made.add_watch("story OR soldiers")
    return made


def addresses(world: World) -> list[str]:
    with world.archive.reading() as conn:
        return list(conn.execute(select(article_rows.c.url).order_by(article_rows.c.id)).scalars())


@pytest.mark.parametrize(
    "read",
    [
        Page(url=REAL, canonical=None, title="Story 1", text=LONG),
        Page(url=URL, canonical=REAL, title="Story 1", text=LONG),
    ],
    ids=["redirected", "canonical"],
)
async def test_a_page_that_is_read_later_at_another_address(world: World, read: Page) -> None:
    world.pages.pages[URL] = LATER
    await world.tell(entry())
    world.pages.pages[URL] = read
    world.later(minutes=2)
    await world.read_all()
    assert addresses(world) == [REAL]
    assert len(world.payloads()) == 1


async def test_an_article_whose_address_and_text_change(world: World) -> None:
    world.pages.pages[URL] = page(URL, LONG, "Story 1")
    await world.tell(entry())
    world.pages.pages[URL] = page(REAL, LONG + " More.", "Story 1, updated")
    world.later(minutes=2)
    await world.tell(entry(title="Story 1, updated"))
    assert addresses(world) == [REAL]
    assert len(world.payloads()) == 1


async def test_a_known_id_whose_link_and_summary_are_new_at_every_visit(world: World) -> None:
    for number in range(3):
        await world.tell(
            entry(url=f"https://yna.test/s/{number}", summary=f"{number} comments on the story")
        )
        world.later(minutes=2)
    assert len(addresses(world)) == 1
    assert len(world.payloads()) == 1


async def test_an_entry_that_turns_out_to_be_a_known_article_is_not_told_again(
    world: World,
) -> None:
    proxy = "https://proxy.test/1"
    world.pages.pages |= {proxy: LATER, REAL: page(REAL, "Nothing of note.", "Quiet")}
    world.add_watch("story", name="told by its title")
    await world.tell(entry(1, url=proxy), entry(2, url=REAL, title="Quiet"))
    before = len(world.payloads())
    world.pages.pages[proxy] = page(REAL, "The story of soldiers.", "Story 1")
    world.later(minutes=2)
    await world.read_all()
    assert len(world.payloads()) == before


async def test_a_text_read_in_full_meanwhile_is_not_replaced_by_a_fallback(world: World) -> None:
    """Another entry leads to the same article, and is owed while this one's page fails."""
    proxy = "https://proxy.test/1"
    await world.visit(entry(1, url=proxy), entry(2, url=REAL, title="Story 2"))
    with world.archive.writing() as conn:
        due = entries.claim_due(conn, now=world.now, lease=LEASE, limit=2)
    first, second = sorted(due, key=lambda one: one.id)
    world.pages.pages |= {proxy: page(REAL, LONG, "Story 1"), REAL: LATER}
    usual = world.pipeline

    class Slow:
        async def read(self, url: str, *, render: bool = False) -> PageOutcome:
            await usual.read(first)
            return await world.pages.read(url)

    await replace(usual, pages=Slow()).read(second)
    with world.archive.reading() as conn:
        (kept,) = [articles.by_url(conn, url) for url in (REAL,)]
        assert kept is not None
        assert kept.read is Read.FULL
        assert conn.execute(select(texts.c.body)).scalar_one() == LONG


async def test_what_is_told_is_what_is_kept_and_found(world: World) -> None:
    world.add_watch("kursk")
    other = "https://yna.test/view/2"
    world.pages.pages |= {
        URL: page(URL, LONG, "Plain headline"),
        other: page(other, LONG, "Kursk: Plain headline"),
    }
    await world.tell(entry(1))
    world.later(minutes=2)
    await world.tell(entry(1), entry(2))
    query = parse("kursk")
    assert isinstance(query, Query)
    with world.archive.reading() as conn:
        found = find(conn, query)
    assert found == []
    assert [p["data"]["watch"]["name"] for p in world.payloads()] == ["story OR soldiers"]


async def test_spans_point_into_the_text_that_is_kept(world: World) -> None:
    world.pages.pages[URL] = page(URL, "Soldiers here. " + LONG, "T")
    await world.tell(entry())
    world.pages.pages[URL] = page(URL, "* *\n--- *** ---\nSoldiers here. " + LONG, "T")
    world.later(minutes=2)
    await world.tell(entry(summary="changed"))
    with world.archive.reading() as conn:
        body = conn.execute(select(texts.c.body)).scalar_one()
        spans = conn.execute(select(matches.c.spans)).scalar_one()
    assert spans
    assert {body[span["start"] : span["end"]].lower() for span in spans} == {"soldiers"}


async def test_a_host_that_asks_for_rest_is_left_alone_by_all_its_pages(world: World) -> None:
    told = [entry(number) for number in range(1, 4)]
    busy = Unread(reason="HTTP 429", again=True, wait=timedelta(hours=2), status=429)
    world.pages.pages |= {one.url or "": busy for one in told}
    await world.visit(*told)
    for _ in range(10):
        await world.read_all()
        world.later(minutes=1)
    assert len(world.pages.asked) == 1


async def test_what_its_publisher_forbids_to_keep_is_matched_and_kept_by_its_title(
    world: World,
) -> None:
    world.pages.pages[URL] = replace(page(URL, LONG, "A title"), noarchive=True)
    await world.tell(entry())
    (payload,) = world.payloads()
    assert payload["data"]["article"]["title"] == "A title"
    assert payload["data"]["article"]["summary"] == ""
    with world.archive.reading() as conn:
        assert conn.execute(select(texts.c.body)).scalar_one() == ""


async def test_secrets_in_a_feeds_address_go_out_to_nobody(archive: Database) -> None:
    world = World(archive)
    world.add_channel()
    world.add_watch("story")
    world.add_source("me:hunter2@feeds")
    await world.tell(entry(url=None))
    (payload,) = world.payloads()
    assert payload["data"]["article"]["url"].startswith("https://feeds.test/rss#")


async def test_a_page_whose_reading_never_ends_goes_on_by_its_entrys_words(world: World) -> None:
    await world.visit(entry())

    class Broken:
        async def read(self, url: str, *, render: bool = False) -> Page:
            raise RuntimeError(url)

    pages, world.pipeline = (
        world.pipeline.pages,
        replace(world.pipeline, pages=Broken()),
    )
    for _ in range(8):
        with pytest.raises(RuntimeError):
            await world.read_all()
        world.later(minutes=3)
    assert await world.read_all() == 1
    assert world.titles_told() == ["Story 1"]
    assert pages is world.pages


async def test_notices_that_share_one_address_are_told_each_by_its_own_words(world: World) -> None:
    board = "https://gov.test/notices"
    first, second, third = (
        entry(number, url=board, own_id=f"n{number}", title=f"Story of notice {number}")
        for number in (1, 2, 3)
    )
    await world.tell(first, second)
    world.later(minutes=2)
    await world.tell(third, first, second)
    world.later(minutes=2)
    await world.tell(third, first, second)
    assert world.titles_told() == [f"Story of notice {number}" for number in (1, 2, 3)]
    assert addresses(world) == [f"{board}#n{number}" for number in (1, 2, 3)]
    assert world.pages.asked == []
