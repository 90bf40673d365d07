"""From an empty folder to a signed message, and what may go wrong on the way."""

import asyncio
import json
import signal
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from tests.journeys.small_town import Town, line_with, town

COFFINS = ("Six coffins on a screen", "Six coffins draped in flags were shown on a screen.")
HARBOUR = ("Harbour opens", "The harbour was opened with a speech and a song on Monday.")


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    """Give a paper with two stories, a desk, and a configured folder."""
    async with town(tmp_path) as made:
        made.paper.stories |= {"coffins": COFFINS, "harbour": HARBOUR}
        made.configure()
        yield made


async def test_one_round_tells_the_matching_story_once(place: Town) -> None:
    first = await place.wirewatch("run", "--once")
    assert first.code == 0, first.err
    assert "The Paper: 2 new" in first.out
    assert "ALERT Coffins: Six coffins on a screen" in first.out
    assert first.out.splitlines()[-1] == (
        "Done: 1 visit finished, 2 articles kept, 0 deliveries waiting."
    )
    ((webhook_id, body),) = place.desk.got
    assert webhook_id == "dl_1"
    assert body["type"] == "story.matched"
    assert body["data"]["article"]["url"] == f"{place.paper.base}/coffins"
    second = await place.wirewatch("run", "--once")
    assert second.code == 0
    assert len(place.desk.got) == 1


async def test_words_around_the_story_raise_nothing(place: Town) -> None:
    place.configure(query="football")
    assert (await place.wirewatch("run", "--once")).code == 0
    assert place.desk.got == []


async def test_what_the_desk_turns_away_comes_again_under_the_same_id(place: Town) -> None:
    place.desk.statuses = [500]
    child = await place.start("run")
    async with asyncio.timeout(40):
        for _ in range(2):
            await place.desk.arrived.acquire()
        took = await line_with(child, "took dl_1 at attempt 2")
    assert "desk" in took
    child.send_signal(signal.SIGTERM)
    out, err = await child.communicate()
    assert child.returncode == 0, err
    assert out.decode().splitlines()[-1].startswith("Stopping: ")
    assert [webhook_id for webhook_id, _ in place.desk.got] == ["dl_1", "dl_1"]
    assert place.desk.got[0][1] == place.desk.got[1][1]


async def test_a_second_run_on_the_same_file_is_refused_and_a_watch_is_changed_beside_the_first(
    place: Town,
) -> None:
    child = await place.start("run", "--log", "json")
    async with asyncio.timeout(40):
        await place.desk.arrived.acquire()
        refused = await place.wirewatch("run")
        assert refused.code == 1
        assert "another" in refused.err
        assert "Traceback" not in refused.err
        place.configure(query="bridge")
        assert (await place.wirewatch("apply")).code == 0
        place.paper.stories["bridge"] = ("A bridge", "The bridge to the island was closed.")
        await place.desk.arrived.acquire()
        event = json.loads(await line_with(child, '"AlertTold", "at"'))
    assert event["title"] in {"Six coffins on a screen", "A bridge"}
    assert place.desk.titles() == ["Six coffins on a screen", "A bridge"]
    child.send_signal(signal.SIGINT)
    await child.communicate()
    assert child.returncode == 0


async def test_a_feed_that_is_none_is_said_and_harms_no_other(place: Town) -> None:
    page = "<html><head><title>Front page</title></head><body>No feed.</body></html>"
    place.paper.answers["page"] = lambda: web.Response(text=page, content_type="text/html")
    more = f'[[source]]\nname = "Not a feed"\nurl = "{place.paper.base}/page"\nevery = "1s"'
    place.configure(more=more)
    ended = await place.wirewatch("run", "--once")
    assert ended.code == 0
    failing = next(line for line in ended.out.splitlines() if "Not a feed" in line)
    assert "web page" in failing
    assert "Try: wirewatch source try " in failing
    assert place.desk.titles() == ["Six coffins on a screen"]


async def test_a_page_that_cannot_be_read_is_matched_by_its_title(place: Town) -> None:
    place.paper.answers["coffins"] = lambda: web.Response(status=500)
    ended = await place.wirewatch("run", "--once")
    assert "Six coffins on a screen [HTTP 500]" in ended.out
    assert place.desk.titles() == ["Six coffins on a screen"]
    why = await place.wirewatch("why", f"{place.paper.base}/coffins")
    assert why.code == 0
    assert "HTTP 500" in why.out
    assert "told" in why.out


async def test_a_wrong_configuration_names_file_and_line_and_starts_nothing(place: Town) -> None:
    place.configure(query='"six coffins')
    ended = await place.wirewatch("run")
    assert ended.code == 1
    assert "wirewatch.toml:" in ended.err
    assert '[[watch]] "Coffins"' in ended.err
    assert "never closed" in ended.err
    assert not (place.folder / "wirewatch.db").exists()


async def test_an_archive_from_the_future_is_refused_and_left_untouched(place: Town) -> None:
    await place.wirewatch("run", "--once")
    file = place.folder / "wirewatch.db"
    conn = sqlite3.connect(file)
    conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.commit()
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()
    before = file.read_bytes()
    ended = await place.wirewatch("run")
    assert ended.code == 1
    assert "newer wirewatch" in ended.err
    assert file.read_bytes() == before


async def test_without_a_file_it_starts_on_defaults_and_says_what_to_do(tmp_path: Path) -> None:
    async with town(tmp_path) as made:
        ended = await made.wirewatch("run", "--once")
    assert ended.code == 0, ended.err
    assert "No sources yet. Try: wirewatch source add example.org" in ended.out


async def test_what_is_private_and_not_listed_is_not_reached(place: Town) -> None:
    file = place.folder / "wirewatch.toml"
    text = file.read_text("utf-8")
    start = text.index("allow = ")
    file.write_text(text[:start] + "allow = []" + text[text.index("\n", start) :], "utf-8")
    ended = await place.wirewatch("run", "--once")
    assert "is a loopback address" in ended.out
    assert "[network] allow" in ended.out
    assert place.desk.got == []
