"""A preview tells what a watch then tells: the same figures out of the same decisions."""

from datetime import date, timedelta

import pytest

from archive.database import Database
from news.entry import Entry
from news.query.parse import parse
from news.query.tree import Query
from news.watch import WatchSettings
from tests.integration.story_world import NOW, World, entry, page
from wirewatch.preview import Asked, Preview, preview
from wirewatch.preview_change import change
from wirewatch.shares import MOST_PARTS

LONG = "Soldiers were honoured in the square while the band played a slow march again. " * 6
ALERTS = [("story",), ("article",), ("story", "article")]


@pytest.fixture
def world(archive: Database) -> World:
    return World(archive)


def asked(
    query: str, days: int = 60, zone: str = "UTC", alert: tuple[str, ...] = ("story",)
) -> Asked:
    parsed = parse(query)
    assert isinstance(parsed, Query)
    settings = WatchSettings(name="w", query=query, alert=alert)
    return Asked(settings=settings, query=parsed, days=days, zone=zone)


def tried(world: World, what: Asked) -> Preview:
    with world.archive.reading() as conn:
        return preview(conn, what, now=world.now)


async def a_busy_month(world: World) -> None:
    """Let two sources tell: old news at first, then new stories, copies, and other things."""
    world.add_source("Yonhap")
    await world.tell(
        entry(1, title="Soldiers of long ago", published=NOW - timedelta(days=9)),
        entry(2, title="Soldiers just now", published=NOW - timedelta(minutes=5)),
        entry(3, title="Soldiers without a date", published=None),
    )
    for number in range(10, 30):
        world.later(hours=11)
        host = f"copies{number}.test" if number in {19, 25} else "yna.test"
        url = f"https://{host}/view/{number}"
        text = LONG if number in {13, 19, 25} else f"Soldiers of day {number} marched."
        if number % 4 == 0:
            text = f"Football of day {number}."
        world.pages.pages[url] = page(url, text, title=f"Story {number}")
        await world.tell(entry(number, url=url, title=f"Story {number}", published=world.now))


@pytest.mark.parametrize("alert", ALERTS)
async def test_a_preview_counts_what_was_told(world: World, alert: tuple[str, ...]) -> None:
    world.add_channel()
    world.add_watch("soldiers -football", alert=alert)
    await a_busy_month(world)
    told = world.alert_reasons().count(("told", "told"))
    dropped = world.alert_reasons().count(("dropped", "dropped:old"))
    seen = tried(world, asked("soldiers -football", alert=alert))
    assert (seen.alerts, seen.old) == (told, dropped)
    assert told > 10
    assert dropped == 2
    assert seen.alerts + seen.old + seen.folded == seen.articles
    assert seen.folded == (0 if "article" in alert else 2)
    assert seen.stories == seen.articles - 2


async def test_days_are_those_of_the_zone_and_all_of_them(world: World) -> None:
    world.add_source()
    world.later(hours=10)  # 16:00 UTC, the next day in Seoul
    await world.tell(entry(1, title="Soldiers", published=world.now))
    for zone, expected in (("UTC", date(2026, 11, 23)), ("Asia/Seoul", date(2026, 11, 24))):
        seen = tried(world, asked("soldiers", days=3, zone=zone))
        assert [day.date for day in seen.days] == [expected - timedelta(days=n) for n in (2, 1, 0)]
        assert [(day.articles, day.alerts) for day in seen.days] == [(0, 0), (0, 0), (1, 1)]
        assert seen.covered == 1.0
    world.later(days=2)
    seen = tried(world, asked("soldiers", days=2))
    assert (seen.articles, seen.known, seen.samples) == (0, True, ())


async def test_the_mean_is_over_what_the_archive_knows(world: World) -> None:
    world.add_source()
    for number in range(1, 9):
        await world.tell(entry(number, title=f"Soldiers {number}", published=world.now))
        world.later(days=0.5)
    seen = tried(world, asked("soldiers"))
    assert seen.covered == pytest.approx(4)
    assert seen.alerts_a_day == pytest.approx(2)
    assert not seen.noisy
    assert sum(day.articles for day in seen.days) == 8


def test_an_empty_archive_says_so(world: World) -> None:
    seen = tried(world, asked("soldiers"))
    assert (seen.known, seen.articles, seen.alerts, seen.alerts_a_day) == (False, 0, 0, 0)
    assert len(seen.days) == 60


async def test_samples_are_the_newest_with_what_made_them_match(world: World) -> None:
    await a_busy_month(world)
    seen = tried(world, asked("soldiers -football"))
    assert len(seen.samples) == 5
    ids = [sample.article.id for sample in seen.samples]
    assert ids == sorted(ids, reverse=True)
    newest = seen.samples[0]
    assert newest.article.title == "Story 29"
    (span,) = newest.spans
    assert newest.body[span.start : span.end] == "Soldiers"
    folded = next(one for one in seen.samples if one.article.title == "Story 25")
    words = "its words are another's, and their story was told before"
    assert (folded.verdict, folded.words) == ("folded", words)


async def test_the_shares_say_which_part_brings_most(world: World) -> None:
    world.add_source()
    told: list[Entry] = [
        entry(n, title=title, published=NOW)
        for n, title in enumerate(
            ["Kim", "Kim", "Kim", "Kim Kursk", "Kursk", "Kim football", "Treaty"], start=1
        )
    ]
    await world.tell(*told)

    def shares(query: str) -> list[tuple[str, int, int]]:
        return [(one.term, one.articles, one.alone) for one in tried(world, asked(query)).shares]

    assert shares("kim OR kursk OR nobody") == [("kim", 5, 4), ("kursk", 2, 1), ("nobody", 0, 0)]
    assert shares("(kursk OR kim) -football") == [("kim", 4, 3), ("kursk", 2, 1)]
    assert shares("kim") == []
    assert shares(" OR ".join(["kim", *(f"w{n}" for n in range(MOST_PARTS))])) == []


async def test_an_edit_wins_and_loses(world: World) -> None:
    world.add_source()
    titles = ["Coffins on a screen", "Coffins and football", "Troops leave", "Nothing"]
    await world.tell(*(entry(n, title=title) for n, title in enumerate(titles, start=1)))
    old, new = asked("coffins"), asked("(coffins OR troops) -football")
    with world.archive.reading() as conn:
        before = preview(conn, old, now=world.now)
        after = preview(conn, new, now=world.now)
        told = change(conn, (old, before), (new, after))
        same = change(conn, (old, before), (old, before))
    assert (told.won, told.lost) == (1, 1)
    assert [one.article.title for one in told.won_samples] == ["Troops leave"]
    assert [one.article.title for one in told.lost_samples] == ["Coffins and football"]
    assert told.lost_samples[0].spans[0].term == "coffins"
    assert (same.won, same.lost, same.won_samples) == (0, 0, ())
