"""One visit right now, shown in full, of which nothing is kept."""

import json
from pathlib import Path

import pytest
from aiohttp import web

from tests.journeys.newsstand import TITLES, allow_only, board, feed, page, stand

ARTICLE = "<html><head><title>Coffins at the quay</title></head><body><article><h1>Coffins at the"
ARTICLE += " quay</h1>" + "<p>Hundreds waited at the quay for the ship until late.</p>" * 12
ARTICLE += "</article></body></html>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answered(text: str, **headers: str) -> web.Response:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.Response(text=text, content_type="application/rss+xml", headers=said)


async def test_a_visit_shows_what_was_said_and_leaves_no_trace(folder: Path) -> None:
    said = {"ETag": '"7"', "Cache_Control": "max-age=900"}
    async with stand({"/rss": answered(feed(items=12), **said)}) as site:
        ran = await site.ask("source", "try", site.url("/rss"))
        assert ran.code == 0
        lines = ran.out.splitlines()
        assert lines[0] == f"feed: {site.url('/rss')}"
        assert lines[1].startswith("  HTTP 200 OK after ")
        assert lines[1].endswith(" bytes")
        assert lines[2:5] == [
            "  calls itself: The Paper",
            "  says by ETag whether anything changed",
            "  asks for 15m between visits",
        ]
        assert lines[5] == "12 entries: 12 new"
        rows = [line.split("\t") for line in lines[6:]]
        assert len(rows) == 10
        assert (rows[0][0], rows[0][2], rows[0][3]) == ("new", "Story 0", site.url("/story/0"))
        assert "… and 2 more; --all shows them." in ran.err
        assert not (folder / "wirewatch.db").exists()


async def test_entries_that_the_archive_knows_are_marked() -> None:
    async with stand({"/rss": feed(items=2)}) as site:
        await site.ask("source", "add", site.url("/rss"))
        await site.gather()
        site.pages["/rss"] = feed(items=3)
        ran = await site.ask("source", "try", "The Paper", "--json")
        told = json.loads(ran.out)
        marks = {one["title"]: one["mark"] for one in told["entries"]}
        assert marks == {"Story 0": "known", "Story 1": "known", "Story 2": "new"}
        assert (told["status"], told["worked"]) == (200, True)
        site.pages["/other"] = feed(items=1)
        other = await site.ask("source", "try", site.url("/other"))
        assert "1 entry: 1 known from another source" in other.out
        assert "\nelsewhere\t" in other.out


async def test_a_move_is_told() -> None:
    pages: dict[str, str | int | web.Response] = {
        "/old": web.Response(status=301, headers={"Location": "/new"}),
        "/new": feed(),
    }
    async with stand(pages) as site:
        ran = await site.ask("source", "try", site.url("/old"))
        assert f"  moved for good to {site.url('/new')}" in ran.out


async def test_a_list_page_shows_what_was_learned() -> None:
    async with stand({"/news": board()}) as site:
        ran = await site.ask("source", "try", site.url("/news"), "--kind", "list", "--json")
        told = json.loads(ran.out)
        assert {one["title"] for one in told["entries"]} == set(TITLES)
        assert any("articles found there" in line for line in told["learned"])
        by_hand = await site.ask("source", "try", site.url("/news"), "--links", "li.item a")
        assert "  taken by the selector: li.item a" in by_hand.out
        assert "5 entries: 5 new" in by_hand.out


async def test_the_first_articles_page_can_be_read_too() -> None:
    async with stand({"/rss": feed(items=1), "/story/0": ARTICLE}) as site:
        ran = await site.ask("source", "try", site.url("/rss"), "--page")
        assert f"The first article's page: {site.url('/story/0')}\n  Coffins at the quay" in ran.out
        assert "characters read" in ran.out
        del site.pages["/story/0"]
        gone = json.loads(
            (await site.ask("source", "try", site.url("/rss"), "--page", "--json")).out
        )
        assert (gone["page"]["read"], "404" in gone["page"]["reason"]) == (False, True)


async def test_a_failure_says_what_next() -> None:
    away = web.Response(status=429, headers={"Retry-After": "90"})
    async with stand({"/": page("/rss"), "/busy": away}) as site:
        web_page = await site.ask("source", "try", site.url())
        assert web_page.code == 1
        assert "It failed: this is a web page, not a feed" in web_page.out
        assert f"Find its feeds: wirewatch source add {site.url()}" in web_page.out
        busy = await site.ask("source", "try", site.url("/busy"))
        assert "(HTTP 429)" in busy.out
        assert "It asks to be left alone for 1m30s." in busy.out
        allow_only("http://10.0.0.1")
        refused = await site.ask("source", "try", site.url("/rss"))
        assert "allow = [" in refused.out
        unknown = await site.ask("source", "try", "nobody")
        assert (unknown.code, "There is no source" in unknown.err) == (2, True)
