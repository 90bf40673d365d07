"""From an address to a source: feeds are found, named, chosen and added."""

import json
import re
from pathlib import Path

import pytest
from aiohttp import web

from tests.journeys.command_line import Ran, wirewatch, write
from tests.journeys.newsstand import Stand, board, feed, page, stand

THREE = {
    "/": page("/comments/feed", "/sport", "/rss"),
    "/rss": feed("The Paper", items=8, hours=2),
    "/sport": feed("The Paper: Sport", mark="s", hours=48),
    "/comments/feed": feed("Comments on The Paper", mark="c", hours=1),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sources() -> list[dict[str, object]]:
    return [json.loads(line) for line in wirewatch("source", "list", "--json").out.splitlines()]


async def kept(site: Stand) -> list[str]:
    rows = (await site.ask("source", "list")).out.splitlines()
    return [row.split("\t")[1] for row in rows]


async def test_a_feed_is_added_at_once() -> None:
    async with stand({"/rss": feed()}) as site:
        ran = await site.ask("source", "add", site.url("/rss"), "--tag", "korea", "--every", "2m")
        assert ran.code == 0
        head, figures, newest = ran.out.splitlines()
        assert head == f'Added "The Paper" (so_1): {site.url("/rss")}'
        assert re.fullmatch(r"  4 items, about \d+ a day, en", figures)
        assert newest == "  newest, 5 h ago: Story 0"
        assert "start it with: wirewatch run" in ran.err
        assert "Next, say what you wait for: wirewatch watch add" in ran.err
        one = json.loads((await site.ask("source", "list", "--json")).out)
        assert (one["tags"], one["every_seconds"], one["state"]) == (["korea"], 120.0, "ok")
        assert one["visited_because"] == "as every or cron says"


async def test_a_page_with_one_feed_is_that_feed() -> None:
    async with stand({"/": page("/rss"), "/rss": feed()}) as site:
        ran = await site.ask("source", "add", site.url())
        assert (ran.code, ran.out.splitlines()[0]) == (
            0,
            f'Added "The Paper" (so_1): {site.url("/rss")}',
        )


async def test_comments_alone_beside_it_need_no_question() -> None:
    pages = {"/": page("/c", "/rss"), "/rss": feed(), "/c": feed("Comments", mark="c")}
    async with stand(pages) as site:
        assert (await site.ask("source", "add", site.url())).code == 0
        assert await kept(site) == ["The Paper"]


async def test_of_several_the_choice_is_listed_and_the_command_named() -> None:
    async with stand(THREE) as site:
        ran = await site.ask("source", "add", site.url())
        assert ran.code == 2
        rows = [row.split("\t") for row in ran.out.splitlines()]
        assert [row[:3] for row in rows] == [
            ["1", "The Paper", site.url("/rss")],
            ["2", "The Paper: Sport", site.url("/sport")],
            ["3", "Comments on The Paper", site.url("/comments/feed")],
        ]
        assert rows[0][4] == "newest, 5 h ago: Story 0"
        assert f"wirewatch source add {site.url()} --feed 1" in ran.err
        assert await kept(site) == []


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--feed", "2"], ["The Paper: Sport"]),
        (["--feed", "3", "--feed", "1"], ["Comments on The Paper", "The Paper"]),
        (["--all"], ["The Paper", "The Paper: Sport"]),
        (["--yes"], ["The Paper"]),
        (["--yes", "--name", "News"], ["News"]),
    ],
)
async def test_a_choice_can_be_said_beforehand(options: list[str], names: list[str]) -> None:
    async with stand(THREE) as site:
        assert (await site.ask("source", "add", site.url(), *options)).code == 0
        assert await kept(site) == names


async def test_what_is_there_already_is_told_and_not_added() -> None:
    async with stand(THREE) as site:
        assert (await site.ask("source", "add", site.url("/rss"))).code == 0
        asked = len(site.asked)
        again = await site.ask("source", "add", site.url("/rss") + "?utm_source=x")
        assert again.code == 0
        assert again.out.startswith('Nothing to add: the source "The Paper" reads ')
        assert len(site.asked) == asked  # known without looking
        rest = await site.ask("source", "add", site.url())
        assert (rest.code, rest.out.startswith('Added "The Paper: Sport"')) == (0, True)
        everything = json.loads(
            (await site.ask("source", "add", site.url(), "--all", "--json")).out
        )
        assert everything["added"] == []
        assert [one["name"] for one in everything["known"]] == ["The Paper", "The Paper: Sport"]


async def test_two_feeds_of_one_title_get_two_names() -> None:
    async with stand({"/a": feed(), "/b": feed(mark="b")}) as site:
        await site.ask("source", "add", site.url("/a"))
        second = await site.ask("source", "add", site.url("/b"))
        assert second.out.startswith('Added "The Paper (2)" (so_2)')
        taken = await site.ask("source", "add", site.url("/c"), "--name", "The Paper")
        assert (taken.code, 'There is a source "The Paper" already' in taken.err) == (2, True)


async def test_a_page_without_a_feed_is_offered_as_a_list() -> None:
    async with stand({"/news": board()}) as site:
        offered = await site.ask("source", "add", site.url("/news"))
        assert offered.code == 2
        assert f'There is no feed at {site.url("/news")} ("The Board")' in offered.out
        assert "it links to 5 articles" in offered.out
        assert "  Soldiers come home from Kursk after a year at the front" in offered.out
        command = f"wirewatch source add {site.url('/news')} --kind list"
        assert command in offered.err
        added = await site.ask(*command.split()[1:])
        assert (added.code, ", as a list page: " in added.out) == (0, True)
        assert await kept(site) == ["The Board"]


async def test_a_selector_says_which_links_are_articles() -> None:
    async with stand({"/news": board()}) as site:
        ran = await site.ask("source", "add", site.url("/news"), "--links", "li.item a", "--json")
        (added,) = json.loads(ran.out)["added"]
        assert (added["kind"], added["items"]) == ("list", 5)


async def test_where_nothing_is_it_says_what_can_be_done() -> None:
    async with stand({"/": "<html><title>Closed</title><p>Nothing here.</p></html>"}) as site:
        ran = await site.ask("source", "add", site.url())
        assert ran.code == 1
        assert "There is no feed at" in ran.err
        assert "--kind list --links" in ran.err
        assert await kept(site) == []


@pytest.mark.parametrize(
    ("answer", "words", "help_with"),
    [
        (403, "the server refuses us (HTTP 403)", "look for its address in a browser"),
        (404, "there is nothing at this address (HTTP 404)", "Is the address right?"),
        (401, "the server asks for a password (HTTP 401)", "https://name:password@"),
        (500, "the server failed (HTTP 500)", "Its server has a fault"),
        (503, "the server is not available for now (HTTP 503)", "Try again later"),
    ],
)
async def test_failures_are_told_in_words(answer: int, words: str, help_with: str) -> None:
    async with stand({"/": answer}) as site:
        ran = await site.ask("source", "add", site.url())
        assert ran.code == 1
        assert f"cannot be read: {words}" in ran.err
        assert help_with in ran.err


async def test_how_long_a_server_wants_to_be_left_alone_is_told() -> None:
    for options in ([], ["--kind", "feed"]):
        busy = web.Response(status=429, headers={"Retry-After": "120"})
        async with stand({"/rss": busy}) as site:
            ran = await site.ask("source", "add", site.url("/rss"), *options)
            assert (ran.code, "It asks to be left alone for 2m." in ran.err) == (1, True)


async def test_a_private_address_is_refused_with_the_line_to_write() -> None:
    async with stand({"/rss": feed()}) as site:
        write("[network]\nallow = ['10.1.2.3']\n")
        ran = await site.ask("source", "add", site.url("/rss"))
        assert ran.code == 1
        place = site.base.removeprefix("http://")
        line = f'  [network]\n  allow = ["10.1.2.3", "{place}"]\n'
        assert line in ran.err
        assert site.asked == []
        write(line)
        assert (await site.ask("source", "add", site.url("/rss"))).code == 0


async def test_a_redirect_into_the_network_is_refused_too() -> None:
    away = web.Response(status=302, headers={"Location": "http://10.0.0.1/feed"})
    async with stand({"/": away}) as site:
        ran = await site.ask("source", "add", site.url())
        assert (ran.code, "10.0.0.1 is a private address" in ran.err) == (1, True)


async def test_an_address_without_its_scheme_is_found_out() -> None:
    async with stand({"/rss": feed()}) as site:
        ran = await site.ask("source", "add", site.url("/rss").removeprefix("http://"))
        assert f"(so_1): {site.url('/rss')}" in ran.out


async def test_a_feed_that_cannot_be_read_now_can_be_added_all_the_same() -> None:
    async with stand({"/rss": 503}) as site:
        words = ("source", "add", site.url("/rss"), "--kind", "feed")
        refused = await site.ask(*words)
        assert (refused.code, "--kind feed --yes" in refused.err) == (1, True)
        added = await site.ask(*words, "--yes")
        assert (added.code, "cannot be read just now" in added.err) == (0, True)
        assert await kept(site) == [site.base.removeprefix("http://")]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--every", "2"], 'every: "2" is no duration'),
        (["--cron", "x"], "cron:"),
        (["--every", "2m", "--cron", "* * * * *"], "exclude each other"),
        (["--feed", "1", "--all"], "exclude each other"),
        (["--kind", "feed", "--links", "a"], "--links is for list pages"),
        (["--name", "so_3"], "choose another name"),
        (["--tag", ""], "tags: must not be empty"),
    ],
)
def test_what_is_said_wrongly_is_told_before_anything_is_asked(
    options: list[str], words: str
) -> None:
    ran = wirewatch("source", "add", "https://paper.invalid/", *options)
    assert (ran.code, words in ran.err) == (2, True)


def refused(text: str) -> Ran:
    return wirewatch("source", "add", text)


def test_what_is_no_address_is_told() -> None:
    assert "is no address; write one like https://example.org" in refused("two words").err
    assert refused("mailto:a@b.test").code == 2


async def test_strangers_titles_steer_no_terminal() -> None:
    title = "Paper&#27;[2J&#x202e;evil"
    async with stand({"/rss": feed(title)}) as site:
        ran = await site.ask("source", "add", site.url("/rss"))
        assert ran.code == 0
        assert not {"\x1b", "\u202e"} & set(ran.out + str(await kept(site)))
