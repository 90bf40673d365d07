"""What a new user pastes need not have a feed: a sitemap will do, and where nothing is, help."""

import gzip
import json
import shlex
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from tests.journeys.newsstand import NEWEST, Stand, feed, page, stand

FRONT = "<html><title>The Paper</title><body><p>All the news.</p></body></html>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sitemap(site: Stand, *paths: str, titles: bool = True) -> str:
    told = "".join(
        f"<url><loc>{site.url(path)}</loc>"
        + (
            "<news:news><news:publication><news:name>The Paper</news:name></news:publication>"
            f"<news:publication_date>{(NEWEST - timedelta(hours=n)).isoformat()}"
            f"</news:publication_date><news:title>Story of {path}</news:title></news:news>"
            if titles
            else f"<lastmod>{(NEWEST - timedelta(hours=n)).isoformat()}</lastmod>"
        )
        + "</url>"
        for n, path in enumerate(paths)
    )
    return f"<urlset>{told}</urlset>"


def packed(text: str) -> web.Response:
    body = gzip.compress(text.encode())
    return web.Response(body=body, content_type="application/octet-stream")


async def kept(site: Stand) -> list[dict[str, object]]:
    rows = (await site.ask("source", "list", "--json")).out.splitlines()
    return [json.loads(row) for row in rows]


async def test_a_front_page_whose_only_source_is_a_sitemap_for_news() -> None:
    async with stand({"/": FRONT}) as site:
        site.pages["/news-sitemap.xml"] = sitemap(site, "/a", "/b", "/c")
        ran = await site.ask("source", "add", site.url(), "--tag", "x")
        assert ran.code == 0
        head, figures, newest = ran.out.splitlines()
        address = site.url("/news-sitemap.xml")
        assert head == f'Added "The Paper" (so_1), as a sitemap: {address}'
        assert figures.startswith("  3 items, about ")
        assert newest == "  newest, 5 h ago: Story of /a"
        again = await site.ask("source", "add", address)
        assert again.out == f'Nothing to add: the source "The Paper" reads {address} already.\n'
        site.pages["/a"] = "<article><h1>Story A</h1><p>The crane fell into the port.</p></article>"
        await site.gather()
        (one,) = await kept(site)
        assert (one["kind"], one["state"]) == ("sitemap", "ok")
        found = await site.ask("search", "crane", "--json")
        assert json.loads(found.out.splitlines()[0])["url"] == site.url("/a")


async def test_an_index_whose_news_stand_under_dates_is_added_itself() -> None:
    async with stand({"/": FRONT}) as site:
        days = [f"/news-2026-11-{day}.xml" for day in (21, 22, 23)]
        named = "".join(f"<sitemap><loc>{site.url(day)}</loc></sitemap>" for day in days)
        site.pages |= {
            "/robots.txt": f"Sitemap: {site.url('/news-index.xml')}",
            "/news-index.xml": f"<sitemapindex>{named}</sitemapindex>",
            **{day: sitemap(site, f"/a{day}", f"/b{day}") for day in days},
        }
        await site.ask("source", "add", site.url(days[-1]), "--name", "One day")
        ran = await site.ask("source", "add", site.url())
        address = site.url("/news-index.xml")
        assert ran.out.startswith(f'Added "The Paper" (so_2), as a sitemap: {address}')
        assert f'It holds {site.url(days[-1])}, which the source "One day" reads' in ran.err
        assert "wirewatch source rm 'One day'" in ran.err


async def test_what_an_index_holds_that_is_read_already_is_not_added_again() -> None:
    async with stand({"/": FRONT}) as site:
        named = "".join(
            f"<sitemap><loc>{site.url(one)}</loc></sitemap>" for one in ("/pages.xml", "/news.xml")
        )
        site.pages |= {
            "/sitemap.xml": f"<sitemapindex>{named}</sitemapindex>",
            "/news.xml": sitemap(site, "/a", "/b"),
        }
        await site.ask("source", "add", site.url("/sitemap.xml"), "--name", "All of it")
        ran = await site.ask("source", "add", site.url())
        assert ran.out.startswith('Nothing to add: the source "All of it" reads')
        assert len(await kept(site)) == 1


async def test_an_index_of_packed_sitemaps_is_tried_and_added() -> None:
    async with stand({"/": FRONT}) as site:
        posts = sitemap(site, "/a", "/b", titles=False)
        top = (
            f"<sitemapindex><sitemap><loc>{site.url('/posts.xml.gz')}</loc></sitemap>"
            f"<sitemap><loc>{site.url('/images.xml')}</loc></sitemap></sitemapindex>"
        )
        site.pages |= {"/posts.xml.gz": packed(posts), "/index.xml.gz": packed(top)}
        tried = await site.ask("source", "try", site.url("/index.xml.gz"), "--kind", "sitemap")
        assert tried.code == 0
        assert "2 of 2 sitemaps read: those that change" in tried.out
        assert "not read: images.xml: there is nothing at this address" in tried.out
        assert "2 entries: 2 new" in tried.out
        site.pages |= {"/posts.xml.gz": packed(posts), "/index.xml.gz": packed(top)}
        added = await site.ask("source", "add", site.url("/index.xml.gz"))
        assert (added.code, ", as a sitemap: " in added.out) == (0, True)


async def test_a_page_with_nothing_but_a_plain_sitemap_offers_it() -> None:
    async with stand({"/": FRONT}) as site:
        site.pages["/sitemap.xml"] = sitemap(site, "/a", "/b", titles=False)
        offered = await site.ask("source", "add", site.url(), "--every", "9m")
        assert offered.code == 2
        assert f"what is new there can be told: {site.url('/sitemap.xml')}" in offered.out
        command = offered.err.strip().rpartition("wirewatch ")[2]
        added = await site.ask(*shlex.split(command))
        assert added.code == 0
        (one,) = await kept(site)
        assert (one["kind"], one["every_seconds"]) == ("sitemap", 540.0)


async def test_a_page_with_nothing_says_what_can_be_done() -> None:
    async with stand({"/": FRONT}) as site:
        ran = await site.ask("source", "add", site.url())
        assert (ran.code, await kept(site)) == (1, [])
        assert "There is no feed at" in ran.err
        for words in ("--kind list --links", "--kind site", "--render"):
            assert words in ran.err
        assert len(site.asked) <= 30


async def test_a_feed_is_taken_before_a_sitemap_and_the_sitemap_is_named() -> None:
    async with stand({"/": page("/rss"), "/rss": feed()}) as site:
        site.pages["/robots.txt"] = f"Sitemap: {site.url('/news.xml')}"
        site.pages["/news.xml"] = sitemap(site, "/a", "/b")
        ran = await site.ask("source", "add", site.url())
        assert ran.out.startswith(f'Added "The Paper" (so_1): {site.url("/rss")}')
        assert f"There is a sitemap for news as well: {site.url('/news.xml')}" in ran.err


async def test_a_known_feed_is_told_however_it_is_spelt() -> None:
    pages: dict[str, str | int | web.Response] = {"/feed": feed(), "/": page("/go", "/atom")}
    async with stand(pages) as site:
        site.pages["/atom"] = feed(title="As Atom")
        await site.ask("source", "add", site.url("/feed"))
        for path in ("/feed/", "/feed?utm_source=x", "/feed#top", "/go", "/"):
            site.pages["/go"] = web.Response(status=302, headers={"Location": "/feed"})
            ran = await site.ask("source", "add", site.url(path))
            assert (ran.code, "Nothing to add" in ran.out) == (0, True), (path, ran)
        assert len(await kept(site)) == 1


async def test_a_front_page_and_the_feed_behind_its_parameter_are_two_sources() -> None:
    async with stand({"/": feed()}) as site:
        for address in (site.url("/"), site.url("/?feed=rss2")):
            assert (await site.ask("source", "add", address)).code == 0
        assert len(await kept(site)) == 2
