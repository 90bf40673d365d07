"""What was forgotten is nowhere any more, and does not come back, whoever tells it."""

from dataclasses import replace
from typing import Any

import pytest

from archive import articles, forgotten, replay
from archive.database import Database
from archive.forgotten import Erased
from archive.replay import Wanted
from archive.search.find import find
from news.article import Article
from news.entry import Entry
from news.page import Page, PageOutcome
from news.query.parse import parse
from news.query.tree import Query
from tests.integration.everything_kept import places_of
from tests.integration.silence_world import silence
from tests.integration.story_world import NOW, World, entry, page

URL = "https://yna.test/view/1"
TWIN = "http://m.yna.test/view/1?utm_source=rss"
SECRET = "Zebulon"
TEXT = f"Six coffins stood on a stage, and {SECRET} spoke to the widows. " * 8


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source()
    made.add_channel()
    made.add_watch("coffins", alert=("article", "edit"))
    made.pages.pages[URL] = secret_page()
    return made


def secret_page(text: str = TEXT) -> Page:
    told = page(URL, text, f"{SECRET} at the coffins")
    return replace(told, authors=(SECRET,), topics=(SECRET,), image=f"https://yna.test/{SECRET}")


def secret_entry(number: int = 1, **changed: Any) -> Entry:
    said = {"title": f"{SECRET} speaks", "summary": f"{SECRET} said it.", "authors": (SECRET,)}
    return entry(number, **{**said, "content": SECRET, **changed})


def forget(world: World, *urls: str, article: int | None = None, why: str = "law") -> Erased:
    with world.archive.writing() as conn:
        return forgotten.forget(conn, urls, article=article, why=why, now=world.now)


def searched(world: World, text: str) -> list[int]:
    query = parse(text)
    assert isinstance(query, Query)
    with world.archive.reading() as conn:
        return find(conn, query)


def kept(world: World, number: int = 1) -> Article:
    with world.archive.reading() as conn:
        article = articles.get(conn, number)
    assert article is not None
    return article


async def told_and_revised(world: World) -> None:
    await world.tell(secret_entry())
    world.later(minutes=10)
    world.pages.pages[URL] = secret_page(TEXT + "It rained.")
    await world.tell(secret_entry(title=f"{SECRET} speaks again"))
    assert places_of(world.archive, SECRET) >= {
        "articles.title", "articles.authors", "texts.body", "revisions.body", "entries.summary",
        "deliveries.payload",
    }  # fmt: skip


async def test_nothing_of_it_stays_anywhere(world: World) -> None:
    await told_and_revised(world)
    erased = forget(world, article=1)
    assert erased.addresses == (URL,)
    assert erased.messages == erased.stopped > 0
    assert places_of(world.archive, SECRET) == set()
    assert places_of(world.archive, "coffins") <= QUERYS
    assert (kept(world).title, kept(world).url) == (forgotten.TITLE, URL)
    assert searched(world, "coffins") == []


QUERYS = {"watches.name", "watches.settings", "watch_versions.settings", "trail.words"}
"""They hold the words of the query, which are the watch's and not the article's."""


async def test_its_messages_are_stopped_and_cannot_be_sent_again(world: World) -> None:
    await told_and_revised(world)
    erased = forget(world, article=1)
    assert world.payloads() == [{}] * erased.messages
    with world.archive.reading() as conn:
        assert replay.find(conn, Wanted()) == []


@pytest.mark.parametrize("url", [URL, TWIN])
async def test_it_does_not_come_back_whoever_tells_it(world: World, url: str) -> None:
    await told_and_revised(world)
    forget(world, article=1)
    before = world.alert_reasons()
    asked = len(world.pages.asked)
    world.add_source("Other")
    world.later(minutes=20)
    await world.tell(secret_entry(url=url, title=f"{SECRET} once more", own_id=None))
    assert places_of(world.archive, SECRET) == set()
    assert world.alert_reasons() == before
    assert world.pages.asked[asked:] == []
    assert world.trail_codes(1)[-2] == "forgotten"
    assert "joined" in world.trail_codes(1)


async def test_an_address_is_barred_before_it_is_known(world: World) -> None:
    assert forget(world, TWIN) == Erased(addresses=(TWIN,))
    await world.tell(secret_entry())
    assert places_of(world.archive, SECRET) == set()
    assert world.alert_reasons() == []
    assert world.trail_codes(1) == ["forgotten", "new"]
    world.later(minutes=10)
    await world.tell(secret_entry(title=f"{SECRET} changed"))
    assert places_of(world.archive, SECRET) == set()


async def test_an_address_that_leads_to_a_barred_one_brings_nothing(world: World) -> None:
    forget(world, URL)
    short = "https://short.test/x"
    world.pages.pages[short] = replace(secret_page(), canonical=URL)
    await world.tell(secret_entry(url=short))
    assert places_of(world.archive, SECRET) == set()
    assert world.alert_reasons() == []


async def test_what_waits_to_be_read_is_emptied_at_once(world: World) -> None:
    await world.visit(secret_entry())
    forget(world, URL)
    assert places_of(world.archive, SECRET) == set()
    await world.read_all()
    assert world.trail_codes(1) == ["forgotten", "new"]


async def test_what_was_being_read_is_not_kept_either(world: World) -> None:
    class Meanwhile(dict[str, PageOutcome]):
        def get(self, url: str, default: Any = None) -> Any:
            forget(world, URL)
            return super().get(url, default)

    world.pages.pages = Meanwhile(world.pages.pages)
    await world.tell(secret_entry())
    assert places_of(world.archive, SECRET) == set()
    assert world.trail_codes(1) == ["forgotten", "new"]


async def test_what_was_held_is_dropped(world: World) -> None:
    silence(world)
    await world.tell(secret_entry())
    assert [state for state, _ in world.alert_reasons()] == ["held"]
    forget(world, article=1)
    assert world.alert_reasons() == [("dropped", "dropped:forgotten")]


async def test_what_is_allowed_again_comes_with_its_next_change_and_is_not_told_twice(
    world: World,
) -> None:
    await told_and_revised(world)
    forget(world, article=1)
    with world.archive.writing() as conn:
        assert forgotten.allow(conn, TWIN) == [URL]
        assert forgotten.allow(conn, TWIN) == []
        assert forgotten.listing(conn) == []
    world.later(minutes=20)
    await world.tell(secret_entry(title="Allowed"))
    assert kept(world).title == f"{SECRET} at the coffins"
    assert [reason for _, reason in world.alert_reasons()].count("told") == 1
    assert searched(world, "coffins") == [1]


async def test_others_are_left_alone(world: World) -> None:
    other = "https://yna.test/view/2"
    world.pages.pages[other] = page(other, "Other coffins came by sea. " * 20, "Others")
    await world.tell(secret_entry(), entry(2))
    erased = forget(world, article=1)
    assert erased.messages == 1
    assert kept(world, 2).title == "Others"
    assert searched(world, "coffins") == [2]
    assert len([payload for payload in world.payloads() if payload]) == 1


async def test_it_is_said_when_and_why(world: World) -> None:
    forget(world, URL, why="court order 12/26")
    world.later(hours=1)
    forget(world, TWIN, why="again")
    with world.archive.reading() as conn:
        (barred,) = forgotten.listing(conn)
    assert (barred.url, barred.at, barred.why) == (URL, NOW, "court order 12/26")
