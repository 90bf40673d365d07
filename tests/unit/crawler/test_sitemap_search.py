"""What stands behind a page without a feed: sitemaps, and the feeds of platforms."""

import pytest

from crawler.candidates import Way
from crawler.discover import MOST_TRIES, discover
from crawler.found import Found, NothingFound, NotReached, Outcome
from crawler.http import Fetched
from crawler.platforms import PLATFORMS, feeds_by_platform
from tests.unit.crawler.looking import Web, feed, page, parts
from tests.unit.crawler.sitemaps.documents import HOME, ago, index, news, url, urlset

NEWS = urlset(*(news(f"n/{n}", f"Story {n}", ago(hours=n + 1)) for n in range(6)))
PLAIN = urlset(*(url(f"p/{n}", ago(days=n + 1)) for n in range(6)))


def document(path: str, body: bytes) -> Fetched:
    return Fetched(url=HOME + path, status=200, body=body)


async def looked(web: Web, address: str = HOME) -> Outcome:
    return await discover(address, parts(web))


def urls(outcome: Outcome) -> list[tuple[str, str]]:
    assert isinstance(outcome, Found), outcome
    return [(one.kind, one.url.removeprefix(HOME)) for one in outcome.feeds]


async def test_a_sitemap_for_news_that_robots_txt_names_is_found() -> None:
    web = Web(
        {
            HOME: page(),
            HOME + "robots.txt": f"Sitemap: {HOME}pages.xml\nsitemap: /google-news.xml\n",
            HOME + "google-news.xml": document("google-news.xml", NEWS),
            HOME + "pages.xml": document("pages.xml", PLAIN),
        }
    )
    outcome = await looked(web)
    assert urls(outcome) == [("sitemap", "google-news.xml")]
    assert isinstance(outcome, Found)
    (one,) = outcome.feeds
    assert (one.title, one.figures.items, one.way) == ("The Paper", 6, Way.NAMED)
    assert one.figures.per_day is not None
    assert one.figures.newest is not None
    assert one.figures.newest.title == "Story 0"
    assert HOME + "pages.xml" not in web.asked


@pytest.mark.parametrize("place", ["news-sitemap.xml", "sitemap_news.xml", "sitemap-news.xml"])
async def test_a_sitemap_for_news_at_a_usual_place_is_found(place: str) -> None:
    web = Web({HOME: page(), HOME + place: document(place, NEWS)})
    assert urls(await looked(web)) == [("sitemap", place)]
    assert len(web.tried()) <= MOST_TRIES


async def test_an_index_leads_to_its_sitemap_for_news() -> None:
    web = Web(
        {
            HOME: page(),
            HOME + "sitemap.xml": document(
                "sitemap.xml", index([("old.xml", ""), ("news.xml", "")])
            ),
            HOME + "news.xml": document("news.xml", NEWS),
        }
    )
    outcome = await looked(web)
    assert urls(outcome) == [("sitemap", "news.xml")]
    assert isinstance(outcome, Found)
    assert outcome.feeds[0].whole == HOME + "sitemap.xml"
    assert HOME + "old.xml" not in web.asked


@pytest.mark.parametrize(
    ("top", "children"),
    [
        ("news-index.xml", ["news-2026-11-21.xml", "news-2026-11-22.xml", "news-2026-11-23.xml"]),
        ("sitemap.xml", ["pages.xml", "news-2026-11-23.xml"]),
        ("sitemap.xml", ["pages.xml", "news.xml?day=23"]),
        ("sitemap.xml", ["news.xml", "news-sport.xml", "pages.xml"]),
        ("sitemap.xml", ["news.xml"]),
        ("news-sitemap.xml", ["pages.xml", "news.xml"]),
    ],
)
async def test_an_index_is_offered_itself_where_its_news_stand_elsewhere_tomorrow(
    top: str, children: list[str]
) -> None:
    web = Web(
        {
            HOME: page(),
            HOME + "robots.txt": f"Sitemap: {HOME}{top}",
            HOME + top: document(top, index([(one, "") for one in children])),
            **{HOME + one: document(one, NEWS) for one in children},
        }
    )
    outcome = await looked(web)
    assert urls(outcome) == [("sitemap", top)]
    assert isinstance(outcome, Found)
    (one,) = outcome.feeds
    assert one.has_titles
    assert one.figures.per_day is not None
    assert set(one.parts) == {HOME + child for child in children}


async def test_an_index_has_the_figures_of_its_sitemaps_with_titles_together() -> None:
    days = {
        f"news-2026-11-{day}.xml": urlset(
            *(news(f"{day}/{n}", f"Story {day} {n}", ago(hours=n + 24 * at)) for n in range(1, 5))
        )
        for at, day in enumerate((23, 22))
    }
    web = Web(
        {
            HOME + "s.xml": document("s.xml", index([(one, "") for one in days])),
            **{HOME + name: document(name, body) for name, body in days.items()},
        }
    )
    outcome = await looked(web, HOME + "s.xml")
    assert isinstance(outcome, Found)
    (one,) = outcome.feeds
    assert one.figures.items == 8
    assert one.figures.newest is not None
    assert one.figures.newest.title == "Story 23 1"


async def test_what_lists_nothing_but_addresses_is_told_after_the_page_as_a_list() -> None:
    web = Web(
        {
            HOME: page(),
            HOME + "sitemap.xml": document("sitemap.xml", index([("a.xml", ""), ("b.xml", "")])),
            HOME + "b.xml": document("b.xml", PLAIN),
        }
    )
    outcome = await looked(web)
    assert isinstance(outcome, NothingFound)
    assert [(one.url, one.figures.items) for one in outcome.sitemaps] == [(HOME + "sitemap.xml", 6)]


async def test_a_feed_comes_first_and_a_sitemap_for_news_is_named_beside_it() -> None:
    web = Web(
        {
            HOME: page("/rss"),
            HOME + "rss": feed(),
            HOME + "robots.txt": f"Sitemap: {HOME}a.xml\nSitemap: {HOME}news.xml",
            HOME + "news.xml": document("news.xml", NEWS),
        }
    )
    outcome = await looked(web)
    assert urls(outcome) == [("feed", "rss")]
    assert isinstance(outcome, Found)
    assert [one.url for one in outcome.beside] == [HOME + "news.xml"]
    assert HOME + "a.xml" not in web.asked


@pytest.mark.parametrize("body", [NEWS, PLAIN])
async def test_a_sitemap_that_was_named_is_itself(body: bytes) -> None:
    web = Web({HOME + "s.xml": document("s.xml", body)})
    outcome = await looked(web, HOME + "s.xml")
    assert urls(outcome) == [("sitemap", "s.xml")]
    assert isinstance(outcome, Found)
    assert outcome.itself
    assert web.asked == [HOME + "s.xml"]


async def test_an_index_that_was_named_is_itself_with_the_figures_of_its_liveliest() -> None:
    web = Web(
        {
            HOME + "s.xml": document("s.xml", index([("news.xml", "")])),
            HOME + "news.xml": document("news.xml", NEWS),
        }
    )
    outcome = await looked(web, HOME + "s.xml")
    assert urls(outcome) == [("sitemap", "s.xml")]
    assert isinstance(outcome, Found)
    assert outcome.feeds[0].figures.items == 6


async def test_robots_txt_closes_sitemaps_that_were_found_and_none_that_was_named() -> None:
    rules = f"User-agent: *\nDisallow: /news.xml\n\nSitemap: {HOME}news.xml"
    web = Web(
        {
            HOME: page(),
            HOME + "robots.txt": rules,
            HOME + "news.xml": document("news.xml", NEWS),
        }
    )
    assert isinstance(await looked(web), NothingFound)
    assert HOME + "news.xml" not in web.asked
    assert urls(await looked(web, HOME + "news.xml")) == [("sitemap", "news.xml")]


async def test_an_empty_sitemap_and_a_page_in_its_place_are_none() -> None:
    web = Web(
        {
            HOME: page(),
            HOME + "sitemap.xml": document("sitemap.xml", urlset()),
            HOME + "sitemap_index.xml": page(),
        }
    )
    outcome = await looked(web)
    assert isinstance(outcome, NothingFound)
    assert outcome.sitemaps == ()


async def test_a_host_that_was_closed_is_not_asked_for_sitemaps() -> None:
    web = Web({HOME: page(), HOME + "feed": 429, HOME + "robots.txt": f"Sitemap: {HOME}n.xml"})
    await looked(web)
    assert web.tried() == [HOME, HOME + "feed"]


@pytest.mark.parametrize(
    ("address", "feeds"),
    [
        (
            "https://www.youtube.com/channel/UC_x-1/videos",
            ["https://www.youtube.com/feeds/videos.xml?channel_id=UC_x-1"],
        ),
        (
            "https://youtube.com/playlist?list=PL12",
            ["https://www.youtube.com/feeds/videos.xml?playlist_id=PL12"],
        ),
        ("https://old.reddit.com/r/korea/", ["https://www.reddit.com/r/korea/.rss"]),
        ("https://desk.substack.com/p/a-letter", ["https://desk.substack.com/feed"]),
        ("https://medium.com/@jane", ["https://medium.com/feed/@jane"]),
        ("https://jane.medium.com/x", ["https://jane.medium.com/feed"]),
        ("https://mastodon.social/@jane", ["https://mastodon.social/@jane.rss"]),
        (
            "https://github.com/jane/tool",
            [
                "https://github.com/jane/tool/releases.atom",
                "https://github.com/jane/tool/commits.atom",
            ],
        ),
        ("https://github.com/jane", ["https://github.com/jane.atom"]),
        ("https://x.blogspot.com/2026/11/", ["https://x.blogspot.com/feeds/posts/default"]),
        ("https://x.tumblr.com/", ["https://x.tumblr.com/rss"]),
        ("https://x.wordpress.com/about/", ["https://x.wordpress.com/feed/"]),
        ("https://bsky.app/profile/jane.test", ["https://bsky.app/profile/jane.test/rss"]),
        ("https://paper.test/news", []),
        ("https://paper.test/@not/there", []),
        ("https://evil.test/?u=https://medium.com/@jane", []),
    ],
)
def test_platforms_keep_feeds_where_they_always_do(address: str, feeds: list[str]) -> None:
    assert list(feeds_by_platform(address)) == feeds


def test_no_row_is_there_for_nothing() -> None:
    assert len({row.page.pattern for row in PLATFORMS}) == len(PLATFORMS)


async def test_a_platform_that_walls_off_its_page_may_have_a_feed_all_the_same() -> None:
    there = "https://www.reddit.com/r/korea"
    web = Web({there: 403, there + "/.rss": feed("r/korea")})
    outcome = await looked(web, there)
    assert isinstance(outcome, Found)
    assert [one.url for one in outcome.feeds] == [there + "/.rss"]
    assert not outcome.guessed
    closed = await looked(Web({there: 403}), there)
    assert closed == NotReached(url=there, reason="the server refuses us (HTTP 403)", status=403)


async def test_whoever_waits_hears_how_many_were_looked_at() -> None:
    heard: list[int] = []
    web = Web({HOME: page(), HOME + "rss.xml": feed()})
    await discover(HOME, parts(web), at=heard.append)
    assert heard == [1, 2, 3]
