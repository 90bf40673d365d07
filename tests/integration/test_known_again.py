"""An article that is kept already and told again: in which words, and never without end."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from archive import articles
from archive.database import Database, Transaction
from archive.schema import articles as article_rows
from news.page import Unread
from tests.integration.story_world import World, entry, page
from wirewatch import owe as owes
from wirewatch import owing
from wirewatch.owing import MOST_ROUNDS

URL = "https://yna.test/view/1"
TEXT = "Soldiers crossed the river at dawn, and nobody saw where they went after that. " * 8
RESERVED = replace(page(URL, TEXT, "At the river"), noarchive=True)


@pytest.fixture
def world(archive: Database, monkeypatch: pytest.MonkeyPatch) -> World:
    made, real = World(archive), owes.owe
    made.add_source()
    made.add_channel()
    made.add_watch("soldiers")
    rounds: list[object] = []

    def counted(database: Database, conn: Transaction, *given: Any) -> owes.Outcome:
        rounds.append(given)
        assert len(rounds) < 50, "it never ends"
        return real(database, conn, *given)

    monkeypatch.setattr(owing, "owe", counted)
    return made


async def told_anew(world: World, summary: str) -> None:
    """Let its entry change, and wait until that is read."""
    await world.visit(entry(summary=summary))
    world.later(minutes=20)
    await world.read_all()


async def test_what_may_not_be_kept_is_told_by_a_further_source(world: World) -> None:
    world.pages.pages[URL] = RESERVED
    await world.tell(entry())
    world.add_source("Second")
    world.later(minutes=5)
    await world.tell(entry())
    assert world.trail_codes(1)[-4:] == ["full", "joined", "matched", "known:told"]
    assert len(world.titles_told()) == 1


async def test_what_may_not_be_kept_stays_while_its_page_cannot_be_read(world: World) -> None:
    world.pages.pages[URL] = RESERVED
    await world.tell(entry())
    for page_now, code in ((Unread(reason="HTTP 503"), "fallback"), (RESERVED, "full")):
        world.later(minutes=20)
        world.pages.pages[URL] = page_now
        await told_anew(world, f"Told anew: {code}.")
        with world.archive.reading() as conn:
            kept, reading = articles.get(conn, 1), articles.reading_of(conn, 1)
        assert kept is not None
        assert reading is not None
        assert (kept.revision, reading.noarchive, reading.body) == (1, True, "")
        assert code in world.trail_codes(1)
    assert "revised" not in world.trail_codes(1)


async def test_words_counted_by_other_rules_are_no_other_text(world: World) -> None:
    """As after an upgrade that takes words apart in another way."""
    world.pages.pages[URL] = page(URL, TEXT, "At the river")
    await world.tell(entry())
    with world.archive.writing() as conn:
        conn.execute(update(article_rows).values(text_hash=b"by other rules"))
    world.add_source("Second")
    world.later(minutes=5)
    await world.tell(entry())
    assert world.trail_codes(1)[-3:] == ["joined", "matched", "known:told"]
    assert len(world.titles_told()) == 1


async def test_words_that_are_never_settled_on_leave_an_article_as_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pages.pages[URL] = page(URL, TEXT, "At the river")
    await world.tell(entry())
    others: list[int] = []

    def another(conn: Transaction, found: object, reading: object) -> object:
        others.append(1)
        kept = articles.reading_of(conn, 1)
        assert kept is not None
        return replace(kept, title=f"At the river {len(others)}")

    monkeypatch.setattr(owes, "_rather_kept", another)
    world.later(minutes=20)
    world.pages.pages[URL] = page(URL, TEXT + "It rained.", "At the river")
    await told_anew(world, "Told anew.")
    assert len(others) == MOST_ROUNDS
    with world.archive.reading() as conn:
        kept = articles.get(conn, 1)
    assert kept is not None
    assert (kept.title, kept.revision) == ("At the river", 1)


OTHER = "Ministers met in the capital to speak of the harbour and of nothing else at all. " * 8
FIRST_AT, SECOND_AT = "https://yna.test/view/1", "https://yna.test/view/2"


async def found_to_be_one(world: World) -> None:
    """Keep two articles, which an upgrade then finds to be at one address: the first has it."""
    for number, text in ((1, TEXT), (2, OTHER)):
        url = f"https://yna.test/view/{number}"
        world.pages.pages[url] = page(url, text, f"Piece {number}")
        await world.tell(entry(number))
        world.later(minutes=2)
    spelt = "http://www.yna.test/view/1"
    with world.archive.writing() as conn:
        second = update(article_rows).where(article_rows.c.id == 2)
        conn.execute(second.values(url=spelt, url_hash=b"2"))


def bodies(world: World) -> list[str]:
    with world.archive.reading() as conn:
        kept = [articles.reading_of(conn, number) for number in (1, 2)]
    return [one.body if one else "" for one in kept]


async def test_of_two_at_one_address_each_is_known_by_its_own_entry(world: World) -> None:
    await found_to_be_one(world)
    corrected = f"{OTHER} It was corrected."
    world.pages.pages[SECOND_AT] = page(FIRST_AT, corrected)
    await world.visit(entry(2, summary="Told anew."))
    world.later(minutes=20)
    await world.read_all()
    assert bodies(world) == [TEXT, corrected]
    with world.archive.reading() as conn:
        found = articles.by_url(conn, FIRST_AT)
    assert found is not None
    assert found.id == 1


async def test_of_two_at_one_address_the_words_of_one_are_never_the_others(world: World) -> None:
    await found_to_be_one(world)
    third = "https://yna.test/view/3"
    world.pages.pages[third] = page(third, OTHER, "Piece 2")
    await world.tell(entry(3))
    assert bodies(world) == [TEXT, OTHER]
    assert world.trail_codes(2)[-1] == "known"
