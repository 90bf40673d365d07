"""What `source add` says where nothing can be added, or not what was meant: never a silent yes."""

import shlex
from pathlib import Path

import pytest
from aiohttp import web

from tests.journeys.newsstand import Stand, board, feed, page, stand

SITE = {
    "/": page(),
    "/rss": feed(),
    "/board": board(),
    "/empty": "",
    "/login": "<html><body>Login</body></html>",
}
CLOSED = "User-agent: *\nDisallow: /closed\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def many(site: Stand) -> int:
    return len((await site.ask("source", "list")).out.splitlines())


async def test_a_page_that_names_no_feed_is_offered_as_a_list_with_all_that_was_said() -> None:
    async with stand(SITE) as site:
        await site.ask("source", "add", site.url("/rss"))
        words = ("source", "add", site.url("/board"), "--name", "The Board", "--every", "5m")
        offered = await site.ask(*words)
        assert offered.code == 2
        assert 'names no feed, and its site\'s is read already, as "The Paper".' in offered.out
        assert "it links to 5 articles" in offered.out
        command = offered.err.strip().removeprefix("To add it so: wirewatch ")
        assert (await site.ask(*shlex.split(command))).out.startswith('Added "The Board" (so_2)')


async def test_yes_takes_the_list_where_the_feed_is_read_already() -> None:
    async with stand(SITE) as site:
        await site.ask("source", "add", site.url("/rss"))
        added = await site.ask("source", "add", site.url("/board"), "--name", "B", "--yes")
        assert (added.code, added.out.partition(":")[0]) == (0, 'Added "B" (so_2), as a list page')


async def test_a_page_with_neither_is_told() -> None:
    async with stand(SITE) as site:
        await site.ask("source", "add", site.url("/rss"))
        ran = await site.ask("source", "add", site.url("/login"), "--tag", "x")
        assert (ran.code, await many(site)) == (1, 1)
        assert "names no feed" in ran.err
        assert f"{site.url('/login')} --tag x --kind list --links 'CSS selector'" in ran.err
        assert "links =" not in ran.err  # the words of the file are not those of the command line


async def test_the_front_page_of_a_site_that_is_read_stays_no_fault() -> None:
    async with stand(SITE) as site:
        await site.ask("source", "add", site.url())
        again = await site.ask("source", "add", site.url())
        assert (again.code, again.out.startswith("Nothing to add: the source")) == (0, True)


async def test_what_is_no_page_is_told() -> None:
    photo = web.Response(body=b"\x89PNG\r\n" + bytes(range(256)), content_type="image/png")
    async with stand({**SITE, "/photo": photo}) as site:
        ran = await site.ask("source", "add", site.url("/empty"))
        assert (ran.code, "cannot be read: the answer is empty" in ran.err) == (1, True)
        await site.ask("source", "add", site.url("/rss"))
        for path, words in (("/empty", "the answer is empty"), ("/photo", "it is an image")):
            ran = await site.ask("source", "add", site.url(path), "--yes")
            assert (ran.code, words in ran.err, await many(site)) == (1, True, 1)


@pytest.mark.parametrize("path", ["/rss", "/"])
async def test_what_was_said_of_a_known_source_is_not_dropped_in_silence(path: str) -> None:
    async with stand(SITE) as site:
        await site.ask("source", "add", site.url("/rss"))
        ran = await site.ask("source", "add", site.url(path), "--every", "3m")
        assert (ran.code, ran.out) == (2, "")
        assert 'The source "The Paper" reads' in ran.err
        assert "nothing was added, nor is it changed by --every" in ran.err


@pytest.mark.parametrize(
    "options", [[], ["--yes"], ["--kind", "list"], ["--kind", "list", "--yes"]]
)
async def test_a_page_that_robots_txt_closes_is_not_offered(options: list[str]) -> None:
    async with stand({"/robots.txt": CLOSED, "/closed/board": board()}) as site:
        ran = await site.ask("source", "add", site.url("/closed/board"), *options)
        assert (ran.code, await many(site)) == (1, 0)
        assert "does not allow it" in ran.err
        assert "wirewatch obeys" in ran.err
        assert "wirewatch source add" not in ran.err
