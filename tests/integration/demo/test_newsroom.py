"""The newsroom over sockets: validators, and each kind of trouble that the script calls for."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape

import feedparser
import httpx
import pytest

from news.clock import utc_now
from tests.integration.demo.stages import client
from wirewatch.demo.newsroom import Newsroom, Stand
from wirewatch.demo.press import MAIN_FEED, address_of, feed_paths
from wirewatch.demo.script import Edit, Happening, Outage, PageFate, Publish, Repeat, Way, load

SCRIPT = load()
BEAT = timedelta(seconds=1)


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    newsroom = Newsroom(SCRIPT, utc_now)
    await newsroom.open()
    yield newsroom
    await newsroom.close()


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as http:
        yield http


def happening(piece_id: str, way: Way | None = None) -> Happening:
    return next(
        each
        for each in SCRIPT.happenings
        if (isinstance(each, Publish) and way is None and each.piece.id == piece_id)
        or (isinstance(each, Repeat) and each.way is way and each.piece.id == piece_id)
    )


def publish_all(newsroom: Newsroom) -> None:
    for each in SCRIPT.happenings:
        if isinstance(each, Publish):
            newsroom.perform(each, beat=BEAT)


async def keep(http: httpx.AsyncClient, stand: Stand, feed: str = MAIN_FEED) -> int:
    """Read a feed twice, the second time with what the first look gave; return the last status."""
    url = stand.press.base + address_of(stand.outlet, feed)
    first = await http.get(url)
    headers = {
        "if-none-match": first.headers.get("etag", ""),
        "if-modified-since": first.headers.get("last-modified", ""),
    }
    return (await http.get(url, headers={k: v for k, v in headers.items() if v})).status_code


async def test_every_outlet_has_an_address_of_its_own(newsroom: Newsroom) -> None:
    assert len({stand.press.base for stand in newsroom.stands.values()}) == 9


async def test_old_news_is_there_from_the_start(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    answer = await http.get(newsroom.stands["courier"].press.base + MAIN_FEED)
    (entry,) = feedparser.parse(answer.content).entries
    assert entry.title == "Pyongyang prepares a gala for the treaty's first anniversary"


@pytest.mark.parametrize(
    ("outlet", "status"), [("courier", 304), ("hanbit", 304), ("vestnik", 304), ("lowland", 200)]
)
async def test_who_knows_the_feed_is_told_that_nothing_is_new(
    newsroom: Newsroom, http: httpx.AsyncClient, outlet: str, status: int
) -> None:
    assert await keep(http, newsroom.stands[outlet]) == status


@pytest.mark.parametrize("outlet", ["observer", "vestnik"])
async def test_a_change_ends_what_the_validator_says(
    newsroom: Newsroom, http: httpx.AsyncClient, outlet: str
) -> None:
    stand = newsroom.stands[outlet]
    first = await http.get(stand.press.base + MAIN_FEED)
    publish_all(newsroom)
    pairs = {"etag": "if-none-match", "last-modified": "if-modified-since"}
    headers = {pairs[name]: first.headers[name] for name in pairs if name in first.headers}
    again = await http.get(stand.press.base + MAIN_FEED, headers=headers)
    assert again.status_code == 200
    assert again.content != first.content


async def test_a_feed_bears_its_media_type_and_encoding(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    types = {
        name: (await http.get(stand.press.base + MAIN_FEED)).headers["content-type"]
        for name, stand in newsroom.stands.items()
    }
    assert types["meridian"] == "application/feed+json; charset=utf-8"
    assert types["vestnik"] == "application/rss+xml; charset=windows-1251"
    assert types["hanbit"] == "application/atom+xml; charset=utf-8"


async def test_every_link_of_every_feed_leads_where_the_script_says(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    publish_all(newsroom)
    for stand in newsroom.stands.values():
        for listing in stand.press.listings(MAIN_FEED):
            if listing.piece.fate is PageFate.HANGS:
                continue
            answer = await http.get(listing.url)
            missing = listing.piece.fate is PageFate.MISSING
            assert answer.status_code == (404 if missing else 200)
            assert (listing.piece.paragraphs[0] in unescape(answer.text)) is not missing
            assert newsroom.article_at(listing.url) == listing.piece.id


async def test_nothing_else_stands_anywhere(newsroom: Newsroom, http: httpx.AsyncClient) -> None:
    base = newsroom.stands["courier"].press.base
    assert (await http.get(f"{base}/most_read/1")).status_code == 404
    assert newsroom.article_at(f"{base}/most_read/1") is None
    assert newsroom.article_at("https://elsewhere.example/news/six-coffins.html") is None


async def test_an_outage_says_when_to_come_back(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    newsroom.perform(Outage(0, "lowland", 5), beat=BEAT)
    base = newsroom.stands["lowland"].press.base
    for path in (MAIN_FEED, "/robots.txt", "/artikel/orchestra-visit/"):
        answer = await http.get(base + path)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert (await http.get(newsroom.stands["courier"].press.base + MAIN_FEED)).is_success


async def test_an_outage_ends(newsroom: Newsroom, http: httpx.AsyncClient) -> None:
    newsroom.perform(Outage(0, "lowland", 0), beat=BEAT)
    assert (await http.get(newsroom.stands["lowland"].press.base + MAIN_FEED)).is_success


async def test_a_page_hangs_until_the_newsroom_closes(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    newsroom.perform(happening("hospital-train"), beat=BEAT)
    url = newsroom.stands["observer"].press.listings(MAIN_FEED)[0].url
    with pytest.raises(httpx.ReadTimeout):
        await http.get(url, timeout=0.1)
    hanging = asyncio.create_task(http.get(url))
    await http.get(newsroom.stands["observer"].press.base + MAIN_FEED)
    await newsroom.close()
    assert (await hanging).status_code == 503


async def test_robots_may_not_read_what_is_for_members(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    answer = await http.get(newsroom.stands["courier"].press.base + "/robots.txt")
    assert "Disallow: /members/" in answer.text
    newsroom.perform(happening("members-briefing"), beat=BEAT)
    listing = newsroom.stands["courier"].press.listings(MAIN_FEED)[0]
    assert "/members/" in listing.url


async def test_an_article_found_elsewhere_is_the_same_article(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    newsroom.perform(happening("h-six-coffins"), beat=BEAT)
    stand = newsroom.stands["hanbit"]
    first = stand.press.listings(MAIN_FEED)[0].url
    newsroom.perform(happening("h-six-coffins", Way.REDIRECT), beat=BEAT)
    second = stand.press.listings(MAIN_FEED)[0].url
    answer = await http.get(second, follow_redirects=True)
    assert second != first == str(answer.url)
    assert newsroom.article_at(second) == newsroom.article_at(first) == "h-six-coffins"


async def test_the_opening_is_over_when_every_feed_was_kept(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    for stand in newsroom.stands.values():
        for feed in feed_paths(stand.outlet):
            assert not newsroom.read_once()
            await keep(http, stand, feed)
    assert newsroom.read_once()


async def test_nothing_leaves_a_feed_before_a_reader_has_kept_it(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    leave = happening("h-kursk-diary", Way.WITHDRAW)
    stand = newsroom.stands["hanbit"]
    await keep(http, stand)
    newsroom.perform(happening("h-kursk-diary"), beat=BEAT)
    assert not newsroom.may_happen(leave)
    await http.get(stand.press.base + MAIN_FEED)
    assert not newsroom.may_happen(leave)
    await keep(http, stand)
    assert newsroom.may_happen(leave)


async def test_answers_are_counted(newsroom: Newsroom, http: httpx.AsyncClient) -> None:
    await keep(http, newsroom.stands["courier"])
    assert newsroom.stands["courier"].answers == {200: 1, 304: 1}


async def test_a_restless_outlet_gives_its_items_other_ids_at_every_look(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    url = newsroom.stands["ridge"].press.base + MAIN_FEED
    looks = [feedparser.parse((await http.get(url)).content).entries for _ in range(2)]
    assert [entry.link for entry in looks[0]] == [entry.link for entry in looks[1]]
    assert {entry.id for entry in looks[0]}.isdisjoint(entry.id for entry in looks[1])


async def test_a_still_outlet_edits_under_the_same_guid_address_and_date(
    newsroom: Newsroom, http: httpx.AsyncClient
) -> None:
    url = newsroom.stands["gazette"].press.base + MAIN_FEED
    newsroom.perform(happening("g-visit"), beat=BEAT)
    (before, *_) = feedparser.parse((await http.get(url)).content).entries
    edit = next(e for e in SCRIPT.happenings if isinstance(e, Edit) and e.piece.id == "g-visit")
    newsroom.perform(edit, beat=BEAT)
    (after, *_) = feedparser.parse((await http.get(url)).content).entries
    assert (after.id, after.link, after.published) == (before.id, before.link, before.published)
    assert after.title != before.title
    assert after.summary != before.summary
