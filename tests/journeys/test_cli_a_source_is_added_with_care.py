"""What `source add` says beside: a move, a refused password, a busy server, a page to be drawn."""

import json
from pathlib import Path

import pytest
from aiohttp import web

from tests.journeys.newsstand import feed, stand


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_a_feed_that_moved_for_good_is_added_where_it_is_and_that_is_said() -> None:
    moved = web.Response(status=301, headers={"Location": "/new"})
    async with stand({"/old": moved, "/new": feed()}) as site:
        ran = await site.ask("source", "add", site.url("/old"))
        assert f"{site.url('/old')} moved for good to {site.url('/new')}." in ran.err


async def test_a_busy_feed_may_be_added_all_the_same() -> None:
    async with stand({"/rss": 429}) as site:
        ran = await site.ask("source", "add", site.url("/rss"))
        command = f"wirewatch source add {site.url('/rss')} --kind feed --yes"
        assert (ran.code, command in ran.err) == (1, True)
        added = await site.ask(*command.split()[1:])
        assert added.code == 0


async def test_a_password_that_is_refused_is_not_asked_for() -> None:
    async with stand({"/rss": 401}) as site:
        place = site.url("/rss").replace("://", "://jane:wrong@")
        ran = await site.ask("source", "add", place)
        assert "The name and password in the address are refused." in ran.err
        assert "wrong@" not in ran.err
        site.pages["/rss"] = feed()
        await site.ask("source", "add", place)
        again = await site.ask("source", "add", place.replace("wrong", "other"))
        assert "Name and password are those it had, not these." in again.err


async def test_a_page_may_be_added_to_be_drawn() -> None:
    shell = "<html><body><div id=app></div><script src=/app.js></script></body></html>"
    async with stand({"/": shell}) as site:
        tried = await site.ask("source", "try", site.url("/"), "--kind", "list")
        assert "--kind list --render" in tried.out
        never = await site.ask("source", "add", site.url("/"), "--kind", "list")
        assert "all the same" not in never.err
        ran = await site.ask("source", "add", site.url("/"), "--render", "--yes", "--name", "JS")
        assert ran.code == 0
        (one,) = (await site.ask("source", "list", "--json")).out.splitlines()
        assert json.loads(one)["kind"] == "list"
        refused = await site.ask("source", "add", site.url("/"), "--render", "--kind", "feed")
        assert (refused.code, "--render is for list pages" in refused.err) == (2, True)
