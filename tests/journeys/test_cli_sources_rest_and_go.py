"""Sources are listed with how they are doing; they rest, go on, and go."""

import asyncio
import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import select, update

from archive import cooldowns
from archive.database import Database
from archive.schema import sources as source_rows
from news.clock import utc_now
from news.cooling import Cooling
from tests.journeys.command_line import wirewatch, write
from tests.journeys.newsstand import feed, stand
from tests.journeys.small_town import line_with, town

OWNED = '[[source]]\nname = "Owned"\nurl = "https://owned.test/rss"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(*options: str) -> list[list[str]]:
    return [row.split("\t") for row in wirewatch("source", "list", *options).out.splitlines()]


def added(name: str, url: str, *options: str) -> None:
    """Add a source that nobody looks at: only its address is known."""
    outline = f'<outline text="{name}" type="rss" xmlUrl="{url}"/>'
    write(f"<opml version='2.0'><body>{outline}</body></opml>", "one.opml")
    assert wirewatch("source", "import", "one.opml", *options).code == 0


def test_without_sources_the_first_step_is_named() -> None:
    write("")
    assert wirewatch("apply").code == 0
    ran = wirewatch("source", "list")
    assert (ran.code, ran.out, "wirewatch source add example.org" in ran.err) == (0, "", True)


def test_a_source_rests_with_a_reason_and_goes_on() -> None:
    added("Yonhap", "https://name:password@yna.test/rss", "--tag", "korea")
    assert rows()[0][:5] == ["so_1", "Yonhap", "feed", "new", "finding out"]
    assert rows()[0][-2:] == ["korea", "https://yna.test/rss"]
    paused = wirewatch("source", "pause", "Yonhap", "--why", "too much of it")
    assert paused.out == '"Yonhap" rests. It goes on with: wirewatch source resume Yonhap\n'
    assert rows()[0][3] == "paused: too much of it"
    assert rows()[0][6] == "-"
    resumed = wirewatch("source", "resume", "so_1", "--json")
    assert json.loads(resumed.out) == {"id": "so_1", "name": "Yonhap", "state": "visited"}
    assert rows()[0][3] == "new"
    assert wirewatch("source", "resume", "Yonhap").out == '"Yonhap" does not rest.\n'


def failing(*, cooled: bool) -> Database:
    """Let the one source wait for a day, since it fails."""
    added("Yonhap", "https://yna.test/rss")
    database = Database.open("sqlite:///wirewatch.db")
    tomorrow = utc_now() + timedelta(days=1)
    with database.writing() as conn:
        fails = {"failing_since": utc_now(), "failures": 9, "next_visit_at": tomorrow}
        conn.execute(update(source_rows).values(**fails, last_reason="HTTP 500"))
        if cooled:
            key = conn.execute(select(source_rows.c.limit_key)).scalar_one()
            cooling = Cooling(until=tomorrow, refusals=1, why="it answered HTTP 429")
            cooldowns.keep(conn, key, cooling)
    return database


def test_a_source_that_fails_is_visited_now() -> None:
    with closing(failing(cooled=False)):
        shown = wirewatch("source", "show", "Yonhap").out
        assert "Visit it now: wirewatch source resume Yonhap" in shown
        assert wirewatch("source", "resume", "Yonhap").out == '"Yonhap" is visited now.\n'
        shown = wirewatch("source", "show", "Yonhap").out
    assert "  next        due\n" in shown
    assert "Visit it now" not in shown


def test_a_source_whose_host_asked_for_rest_gets_it() -> None:
    with closing(failing(cooled=True)):
        resumed = wirewatch("source", "resume", "Yonhap").out
        assert "not visited yet, since its host asked for rest until 20" in resumed
        shown = wirewatch("source", "show", "Yonhap").out
    assert "  next        due\n" not in shown
    assert "Visit it now" not in shown


def test_blanks_in_a_name_are_folded_as_they_were_when_it_was_kept() -> None:
    added("Two  blanks", "https://yna.test/rss")
    assert rows()[0][1] == "Two blanks"
    assert wirewatch("source", "pause", "Two  blanks").code == 0


def test_a_source_goes_when_it_is_said_twice() -> None:
    added("Yonhap", "https://yna.test/rss")
    refused = wirewatch("source", "rm", "Yonhap")
    assert (refused.code, refused.err) == (
        2,
        'This would remove source "Yonhap". Say --yes to do it.\n',
    )
    assert wirewatch("source", "rm", "Yonhap", "--yes").out == '"Yonhap" is gone.\n'
    assert rows() == []
    added("Yonhap", "https://yna.test/rss")  # name and address are free again
    mistyped = wirewatch("source", "rm", "Yonhab", "--yes")
    assert (mistyped.code, 'did you mean "Yonhap"?' in mistyped.err) == (2, True)


def test_what_a_file_owns_rests_but_goes_only_there() -> None:
    write(OWNED)
    assert wirewatch("apply").code == 0
    refused = wirewatch("source", "rm", "Owned", "--yes")
    assert (refused.code, "change it there, then: wirewatch apply" in refused.err) == (2, True)
    assert wirewatch("source", "pause", "Owned").code == 0
    assert rows()[0][3] == "paused: by hand"
    assert wirewatch("source", "resume", "Owned").code == 0
    write("")
    assert wirewatch("apply").code == 0
    left = wirewatch("source", "resume", "Owned")
    assert (left.code, "put it back there" in left.err) == (2, True)


async def test_failing_ones_are_told_apart_with_their_reason() -> None:
    async with stand({"/good": feed(), "/bad": 500}) as site:
        await site.ask("source", "add", site.url("/good"))
        bad = ("source", "add", site.url("/bad"), "--kind", "feed", "--name", "Bad", "--yes")
        assert (await site.ask(*bad)).code == 0
        await site.gather()
        (row,) = [
            line.split("\t")
            for line in (await site.ask("source", "list", "--failing")).out.splitlines()
        ]
        assert row[:2] == ["so_2", "Bad"]
        assert row[3].startswith("failing since ")
        assert row[3].endswith(": the server failed (HTTP 500)")
        told = (await site.ask("source", "list", "--json")).out.splitlines()
        states = {one["name"]: one["state"] for one in map(json.loads, told)}
        assert states == {"Bad": "failing", "The Paper": "ok"}
        await site.ask("source", "pause", "Bad", "--why", "by my leave")
        assert (await site.ask("source", "list", "--failing")).out == ""


async def test_what_is_gone_for_good_still_needs_somebody() -> None:
    async with stand({"/gone": 410}) as site:
        words = ("source", "add", site.url("/gone"), "--kind", "feed", "--name", "Gone", "--yes")
        assert (await site.ask(*words)).code == 0
        await site.gather()
        row = (await site.ask("source", "list", "--failing")).out.split("\t")
        assert row[3].startswith("paused: the feed is gone for good (HTTP 410)")


async def test_a_running_run_takes_up_what_is_added_at_once(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        place.configure()
        place.paper.stories["first"] = ("First story", "Nothing of note.")
        run = await place.start("run")
        try:
            await asyncio.wait_for(line_with(run, "The Paper: 1 new"), 60)
            place.paper.answers["feed2"] = lambda: _rss(place.paper.base)
            ended = await place.wirewatch("source", "add", f"{place.paper.base}/feed2")
            assert (ended.code, "takes it up within a second" in ended.err) == (0, True)
            await asyncio.wait_for(line_with(run, "Second paper: 1 new"), 10)
        finally:
            run.terminate()
            await run.wait()


def _rss(base: str) -> web.Response:

    text = (
        "<rss version='2.0'><channel><title>Second paper</title><item><title>Later story</title>"
        f"<link>{base}/later</link></item></channel></rss>"
    )
    return web.Response(text=text, content_type="application/rss+xml")
