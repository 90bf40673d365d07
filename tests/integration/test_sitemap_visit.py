"""Sitemaps visited for real: a host on 127.0.0.1, the engine's process, a worker, the archive."""

import gzip
from dataclasses import replace
from datetime import timedelta

from crawler.sitemaps.learned import learned_from
from news.clock import utc_now
from news.visit import Failed, Told, Unchanged
from tests.integration.pages_server import html_answer
from tests.integration.raw_server import RawServer, answer
from tests.integration.test_list_visit import after, failing, front, paths, reader_of, source


def sitemap(server: RawServer, *numbers: int, titles: bool = False) -> bytes:
    now = utc_now()
    told = "".join(
        f"<url><loc>{server.url(f'/story/{number}')}</loc>"
        f"<lastmod>{(now - timedelta(hours=number)).isoformat()}</lastmod>"
        + (f"<news:news><news:title>Crane {number}</news:title></news:news>" if titles else "")
        + "</url>"
        for number in numbers
    )
    return f"<?xml version='1.0'?><urlset>{told}</urlset>".encode()


async def test_a_sitemap_is_told_then_unchanged_then_what_is_new() -> None:
    async with reader_of("sitemap") as (reader, host, server, _):
        host.robots = b"User-agent: *\nDisallow: /map.xml"  # who named it may fetch it
        host.pages["/map.xml"] = answer(sitemap(server, 1, 2, 3), ETag='"1"')
        due = source(server, "/map.xml", "sitemap")
        first = await reader.visit(due)
        assert paths(first) == ["story/1", "story/2", "story/3"]
        assert (first.status, first.size > 100) == (200, True)
        due = after(due, first)
        host.pages["/map.xml"] = answer(status="304 Not Modified")
        assert isinstance((await reader.visit(due)).outcome, Unchanged)
        assert 'if-none-match: "1"' in server.heads[-1].lower()
        host.pages["/map.xml"] = answer(sitemap(server, 0, 1, 2, titles=True))
        second = await reader.visit(due)
        assert paths(second) == ["story/0", "story/1", "story/2"]  # their titles are new
        third = await reader.visit(after(due, second))
        assert isinstance(third.outcome, Unchanged)


async def test_an_index_of_packed_sitemaps_is_followed_politely() -> None:
    async with reader_of("sitemap") as (reader, host, server, _):
        host.robots = b"User-agent: *\nDisallow: /secret"
        names = ("a.xml.gz", "secret.xml.gz", "news.xml.gz", "gone.xml")
        told = "".join(f"<sitemap><loc>{server.url(f'/{n}')}</loc></sitemap>" for n in names)
        host.pages["/index.xml"] = answer(f"<sitemapindex>{told}</sitemapindex>".encode())
        for name, number in (("a", 5), ("news", 1), ("secret", 9)):
            host.pages[f"/{name}.xml.gz"] = answer(gzip.compress(sitemap(server, number)))
        visit = await reader.visit(source(server, "/index.xml", "sitemap"))
        assert paths(visit) == ["story/1", "story/5"]
        assert isinstance(visit.outcome, Told)
        assert visit.outcome.broken is not None
        assert "does not allow it" in visit.outcome.broken
        assert host.asked["/secret.xml.gz"] == 0
        assert host.most_at_once == 1
        assert learned_from(visit.outcome.learned).children == 4


async def test_a_bomb_and_a_heap_end_in_words() -> None:
    async with reader_of("sitemap") as (reader, host, server, _):
        bomb = gzip.compress(gzip.compress(b"<urlset>" + b" " * 200_000_000))
        host.pages["/bomb.xml"] = answer(bomb)
        host.pages["/deep.xml"] = answer(b"<urlset>" + b"<a>" * 500_000)
        outcomes = [
            (await reader.visit(source(server, path, "sitemap"))).outcome
            for path in ("/bomb.xml", "/deep.xml")
        ]
        assert [isinstance(one, Failed) for one in outcomes] == [True, True]


async def test_a_source_of_no_kind_is_found_out_to_be_a_sitemap() -> None:
    async with reader_of("auto") as (reader, host, server, _):
        host.pages["/map.xml"] = answer(sitemap(server, 1, 2))
        due = source(server, "/map.xml", "auto")
        first = await reader.visit(due)
        assert paths(first) == ["story/1", "story/2"]
        assert host.asked["/map.xml"] == 2  # as a feed, then as a sitemap
        due = after(due, first)
        host.pages["/map.xml"] = answer(sitemap(server, 0, 1, 2))
        assert paths(await reader.visit(due)) == ["story/0"]
        assert host.asked["/map.xml"] == 3
        host.pages["/map.xml"] = html_answer(front(7, 8, 9))
        visit = await reader.visit(due)
        assert isinstance(visit.outcome, Failed)
        assert visit.outcome.reason.startswith("it was a sitemap and is none now: this is a web")
        assert paths(await reader.visit(failing(due, 4))) == ["story/7", "story/8", "story/9"]


async def test_a_list_may_turn_into_a_sitemap() -> None:
    async with reader_of("auto") as (reader, host, server, _):
        host.pages["/news"] = html_answer(front(7, 8, 9))
        due = source(server, "/news", "auto")
        due = after(due, await reader.visit(due))
        host.pages["/news"] = answer(sitemap(server, 1), Content_Type="application/xml")
        visit = await reader.visit(replace(failing(due, 4)))
        assert paths(visit) == ["story/1"]
        assert isinstance(visit.outcome, Told)
        assert visit.outcome.anew
