"""The way of a story over a real archive: what an entry becomes, and what that sets off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from archive import articles, entries, sources, watches
from archive.database import Database
from archive.schema import articles as article_rows
from archive.schema import entries as entry_rows
from archive.schema import sources as source_rows
from archive.schema import texts
from archive.schema_telling import alerts, deliveries, matches
from news.article import Read
from news.page import Unread
from news.source import Validators
from news.visit import Failed, Unchanged
from tests.integration.story_world import NOW, World, entry, page
from wirewatch.desk import Desk
from wirewatch.events import (
    AlertTold,
    ArticleOwed,
    EntryGivenUp,
    NetworkTurned,
    SourceRecovered,
    SourceVisited,
    VisitFailed,
)

URL = "https://yna.test/view/1"
WIRE = "Six coffins draped in flags stood on the stage while the screen showed him. " * 8


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source()
    made.add_channel()
    return made


async def test_a_story_is_noted_read_matched_and_owed(world: World) -> None:
    world.add_watch("coffins stage")
    world.pages.pages[URL] = page(URL, "Six coffins\nstood on a stage.", "Coffins shown")
    await world.tell(entry())
    (payload,) = world.payloads()
    data = payload["data"]
    assert payload["type"] == "story.matched"
    assert data["article"]["title"] == "Coffins shown"
    assert data["article"]["url"] == URL
    assert data["article"]["summary"] == "Six coffins"
    assert data["story"]["articles"] == 1
    spans = {(span["field"], span["term"]) for span in data["match"]}
    assert spans == {("title", "coffins"), ("body", "coffins"), ("body", "stage")}
    assert world.trail_codes(1) == ["full", "new", "matched", "told"]
    kinds = [type(event) for event in world.events]
    assert kinds == [SourceVisited, ArticleOwed, AlertTold]


async def test_an_article_that_no_watch_holds_for_is_kept_and_raises_nothing(world: World) -> None:
    world.add_watch("football")
    world.pages.pages[URL] = page(URL, "Six coffins.")
    await world.tell(entry())
    assert world.payloads() == []
    assert world.trail_codes(1) == ["full", "new"]


async def test_a_page_that_cannot_be_read_leaves_the_entrys_own_words(world: World) -> None:
    world.add_watch("summary")
    await world.tell(entry())
    (payload,) = world.payloads()
    assert payload["data"]["article"]["title"] == "Story 1"
    with world.archive.reading() as conn:
        kept = articles.get(conn, 1)
    assert kept is not None
    assert kept.read is Read.FALLBACK
    assert world.trail_codes(1)[0] == "fallback"


async def test_a_page_that_may_be_readable_later_is_told_now_and_read_again(world: World) -> None:
    world.add_watch("summary")
    world.add_watch("diary")
    world.pages.pages[URL] = Unread(reason="HTTP 503", again=True, wait=timedelta(minutes=3))
    await world.tell(entry(content="The whole content, a summary too."))
    assert world.titles_told() == ["Story 1"]
    world.later(minutes=2)
    assert await world.read_all() == 0
    world.pages.pages[URL] = page(URL, "The summary of a diary.", "Story 1")
    world.later(minutes=1)
    assert await world.read_all() == 1
    assert world.titles_told() == ["Story 1", "Story 1"]
    assert [p["data"]["watch"]["name"] for p in world.payloads()] == ["summary", "diary"]
    assert "known:told" in world.trail_codes(1)


async def test_a_page_that_never_becomes_readable_is_tried_five_times_in_all(world: World) -> None:
    world.pages.pages[URL] = Unread(reason="HTTP 503", again=True)
    await world.tell(entry())
    for _ in range(10):
        world.later(hours=12)
        await world.read_all()
    assert len(world.pages.asked) == 5
    with world.archive.reading() as conn:
        assert conn.execute(select(entry_rows.c.state)).scalar_one() == "done"


async def test_an_entry_with_nothing_to_read_is_given_up_with_a_reason(world: World) -> None:
    await world.tell(entry(title="", summary=""))
    (_, given_up) = world.events
    assert isinstance(given_up, EntryGivenUp)
    with world.archive.reading() as conn:
        state, reason = conn.execute(select(entry_rows.c.state, entry_rows.c.reason)).one()
    assert state == "given_up"
    assert "neither title nor summary" in reason


async def test_an_edited_entry_becomes_a_revision_and_is_matched_anew(world: World) -> None:
    world.add_watch("coffins")
    world.pages.pages[URL] = page(URL, "Nothing of note.", "Story 1")
    await world.tell(entry())
    assert world.payloads() == []
    world.pages.pages[URL] = page(URL, "Six coffins, it turns out.", "Story 1, updated")
    world.later(minutes=2)
    await world.tell(entry(title="Story 1, updated"))
    assert world.titles_told() == ["Story 1, updated"]
    assert "revised" in world.trail_codes(1)
    with world.archive.reading() as conn:
        kept = articles.get(conn, 1)
    assert kept is not None
    assert kept.revision == 2


async def test_a_text_once_read_in_full_is_not_lost_when_its_page_goes(world: World) -> None:
    world.add_watch("coffins")
    world.pages.pages[URL] = page(URL, "Six coffins.", "Story 1")
    await world.tell(entry())
    del world.pages.pages[URL]
    world.later(minutes=2)
    await world.tell(entry(title="Story 1, gone"))
    with world.archive.reading() as conn:
        assert conn.execute(select(texts.c.body)).scalar_one() == "Six coffins."
        assert conn.execute(select(article_rows.c.title)).scalar_one() == "Story 1, gone"
        assert conn.execute(select(article_rows.c.read)).scalar_one() == "full"
    assert len(world.payloads()) == 1


async def test_a_further_source_joins_the_article_and_its_page_is_not_read_again(
    archive: Database,
) -> None:
    world = World(archive)
    world.add_channel()
    world.add_source("yna")
    world.add_watch("coffins", alert=("article",))
    world.pages.pages[URL] = page(URL, "Six coffins.", "Story 1")
    await world.tell(entry())
    world.add_source("korea")
    world.later(seconds=1)
    await world.tell(entry(url=f"{URL}?utm_source=rss", own_id="other"))
    assert world.pages.asked == [URL]
    assert len(world.payloads()) == 1
    assert "joined" in world.trail_codes(1)
    with world.archive.reading() as conn:
        assert articles.sources_of(conn, 1) == [1, 2]
        assert conn.execute(select(func.count()).select_from(article_rows)).scalar_one() == 1


async def test_a_copy_elsewhere_is_one_story_and_one_alert(world: World) -> None:
    world.add_watch("coffins")
    world.add_watch("coffins", name="every one", alert=("article",))
    other = "https://herald.test/wire"
    world.pages.pages[URL] = page(URL, WIRE, "Coffins on a screen")
    world.pages.pages[other] = page(other, WIRE, "A rare admission")
    await world.tell(entry(1))
    world.later(minutes=2)
    await world.tell(entry(1), entry(2, url=other))
    told = [(p["type"], p["data"]["article"]["title"]) for p in world.payloads()]
    assert told == [
        ("story.matched", "Coffins on a screen"),
        ("article.matched", "Coffins on a screen"),
        ("article.matched", "A rare admission"),
    ]
    assert "folded:copy" in world.trail_codes(2)
    assert world.payloads()[2]["data"]["story"]["publishers"] == 2


async def test_old_news_of_a_new_source_raises_nothing(world: World) -> None:
    world.add_watch("summary")
    await world.tell(
        entry(1, published=NOW - timedelta(hours=2)),
        entry(2, published=None),
        entry(3, published=NOW - timedelta(minutes=50)),
        entry(4, published=NOW + timedelta(days=400)),
    )
    assert sorted(world.titles_told()) == ["Story 3", "Story 4"]
    assert world.alert_reasons().count(("dropped", "dropped:old")) == 2
    with world.archive.reading() as conn:
        newest = conn.execute(select(func.max(article_rows.c.published_at))).scalar_one()
    assert newest == NOW  # a date in the future counts as the moment it was seen


async def test_a_watch_that_changed_after_matching_is_matched_anew(world: World) -> None:
    number = world.add_watch("football")
    world.pages.pages[URL] = page(URL, "Six coffins.")
    stale = await world.desk.current()

    class Slow:
        """Gives the old picture once, as if the watch had changed right after it was taken."""

        asked = 0

        async def current(self) -> Desk:
            self.asked += 1
            return stale if self.asked == 1 else await world.desk.current()

    with world.archive.writing() as conn:
        (watch,) = watches.listing(conn)
        watches.change(conn, number, replace(watch.settings, query="coffins"), now=NOW)
    world.pipeline = replace(world.pipeline, desks=Slow())
    await world.tell(entry())
    assert [p["data"]["watch"]["query"] for p in world.payloads()] == ["coffins"]


async def test_whoever_finishes_after_its_lease_writes_nothing(world: World) -> None:
    world.add_watch("summary")
    await world.visit(entry())
    with world.archive.writing() as conn:
        (late,) = entries.claim_due(conn, now=NOW, lease=timedelta(seconds=1), limit=1)
    world.later(seconds=2)
    await world.read_all()
    before = _counts(world)
    await world.pipeline.read(late)
    assert _counts(world) == before
    assert len(world.payloads()) == 1


def _counts(world: World) -> list[int]:
    tables = (article_rows, alerts, deliveries, matches)
    with world.archive.reading() as conn:
        return [
            conn.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        ]


async def test_no_article_without_its_alerts_when_owing_breaks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add_watch("summary")
    await world.visit(entry())

    def broken(*_: object, **__: object) -> int:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("wirewatch.telling.outbox.owe", broken)
        with pytest.raises(OSError, match="the disk is full"):
            await world.read_all()
    assert _counts(world) == [0, 0, 0, 0]
    world.later(minutes=3)  # the lease runs out
    await world.read_all()
    assert _counts(world) == [1, 1, 1, 1]


async def test_a_host_rests_between_two_pages(world: World) -> None:
    world.rest = timedelta(seconds=5)
    await world.visit(entry(1), entry(2))
    assert await world.read_all() == 1
    world.later(seconds=4)
    assert await world.read_all() == 0
    world.later(seconds=1)
    assert await world.read_all() == 1


async def test_visits_that_fail_and_recover_are_told(world: World) -> None:
    await world.visit(outcome=Failed(reason="HTTP 500"))
    world.later(minutes=2)
    await world.visit(outcome=Unchanged(validators=Validators()))
    assert [type(event) for event in world.events] == [VisitFailed]
    failed = world.events[0]
    assert isinstance(failed, VisitFailed)
    assert failed.next_at == NOW + timedelta(minutes=1)


async def test_a_source_that_answers_again_says_so(world: World) -> None:
    with world.archive.writing() as conn:
        conn.execute(source_rows.update().values(failures=3))
    await world.visit(outcome=Unchanged(validators=Validators()))
    assert world.events == [SourceRecovered(source="Yonhap", failures=3)]


async def test_an_outage_is_told_once_and_its_end_too(world: World) -> None:
    for name in ("Herald", "Times", "Post"):
        world.add_source(name)
    await world.visit(outcome=Unchanged(validators=Validators()))
    world.later(minutes=2)
    await world.visit(outcome=Failed(reason="no way", unreachable=True))
    told = [type(event) for event in world.events]
    assert told == [VisitFailed, VisitFailed, NetworkTurned]
    world.events.clear()
    world.later(minutes=2)
    await world.visit(outcome=Failed(reason="no way", unreachable=True))
    assert world.events == []
    world.later(minutes=2)
    await world.visit(outcome=Unchanged(validators=Validators()))
    assert world.events[0] == NetworkTurned(down=False)


async def test_what_an_outage_made_miss_is_made_up_for(world: World) -> None:
    for name in ("Herald", "Times", "Post"):
        world.add_source(name)
    await world.visit(outcome=Unchanged(validators=Validators()))
    world.later(minutes=2)
    await world.visit(outcome=Failed(reason="no way", unreachable=True))
    with world.archive.writing() as conn:
        last = source_rows.c.name == "Post"
        conn.execute(source_rows.update().values(next_visit_at=world.now + timedelta(hours=9)))
        conn.execute(source_rows.update().where(last).values(next_visit_at=world.now))
    await world.visit(outcome=Unchanged(validators=Validators()))
    with world.archive.writing() as conn:
        due = sources.claim_due(conn, now=world.now, lease=timedelta(minutes=2), limit=9)
    assert {one.settings.name for one in due} == {"Yonhap", "Herald", "Times"}


async def test_after_a_list_its_host_rests_and_its_crawl_delay_is_kept(world: World) -> None:
    world.source.rest = timedelta(minutes=20)
    await world.visit(entry(url="https://yonhap.test/view/1"))
    assert await world.read_all() == 0  # the list was the host's own page
    with world.archive.reading() as conn:
        (kept,) = sources.listing(conn)
    assert kept.next_visit_at == NOW + timedelta(minutes=20)
    world.later(minutes=20)
    assert await world.read_all() == 1


async def test_after_a_feed_no_page_waits(world: World) -> None:
    world.rest = timedelta(seconds=5)
    await world.visit(entry())
    assert await world.read_all() == 1
