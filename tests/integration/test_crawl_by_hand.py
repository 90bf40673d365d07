"""`scrapy list` and `scrapy crawl` from the project's root, as a person would type them."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from archive import sources
from archive.database import Database
from archive.schema import articles
from archive.schema_telling import alerts, deliveries
from tests.integration.pages_server import Host, html_answer, pages_host
from tests.integration.raw_server import RawServer

ROOT = Path(__file__).parents[2]


async def scrapy(*arguments: str, config: Path) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scrapy", *arguments),
        cwd=ROOT,
        env={**os.environ, "WIREWATCH_CONFIG": str(config)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, log = await process.communicate()
    return process.returncode or 0, out.decode(), log.decode()


async def test_the_spiders_are_listed(tmp_path: Path) -> None:
    config = tmp_path / "wirewatch.toml"
    config.write_text("")
    status, out, _ = await scrapy("list", config=config)
    assert status == 0
    assert out.split() == ["list", "pages", "site", "sitemap"]


async def test_a_crawl_by_hand_reads_keeps_and_obeys(tmp_path: Path) -> None:
    config, items = tmp_path / "wirewatch.toml", tmp_path / "items.jsonl"
    async with pages_host() as (host, server):
        host.robots = b"User-agent: *\nDisallow: /story/2"
        config.write_text(f'[network]\nallow = ["127.0.0.1:{server.port}"]\n')
        urls = " ".join(server.url(f"/story/{number}") for number in (1, 2))
        urls += " http://127.0.0.1:1/inside"
        arguments = ("crawl", "pages", "-a", f"urls={urls}", "-O", str(items))
        status, _, log = await scrapy(*arguments, config=config)
    assert status == 0
    assert "ERROR" not in log
    told = {item["asked"]: item for item in map(json.loads, items.read_text().splitlines())}
    assert told[server.url("/story/1")]["title"] == "Crane number 1 comes down"
    assert "does not allow it" in told[server.url("/story/2")]["unread"]
    assert "is a loopback address" in told["http://127.0.0.1:1/inside"]["unread"]
    assert host.asked["/story/2"] == 0
    assert "'Crane number 1 comes down', " in log  # what the default `keep` says


CONFIGURED = """
[network]
allow = ["127.0.0.1:{port}"]

[[channel]]
name = "desk"
url = "http://127.0.0.1:{port}/hook"

[[watch]]
name = "cranes"
query = "crane"
to = ["desk"]
"""


def configured(folder: Path, server: RawServer) -> Path:
    config = folder / "wirewatch.toml"
    config.write_text(CONFIGURED.format(port=server.port))
    return config


def kept(folder: Path) -> tuple[list[str], int, int]:
    """Return the titles of the articles in the archive, and how many alerts and deliveries."""
    archive = Database.open(f"sqlite:///{folder / 'wirewatch.db'}")
    with archive.reading() as conn:
        titles = list(conn.execute(select(articles.c.title).order_by(articles.c.title)).scalars())
        told = len(conn.execute(select(alerts.c.id)).all())
        owed = len(conn.execute(select(deliveries.c.id)).all())
    archive.close()
    return titles, told, owed


def source_of(folder: Path) -> sources.KeptSource:
    archive = Database.open(f"sqlite:///{folder / 'wirewatch.db'}")
    with archive.reading() as conn:
        (source,) = sources.listing(conn)
    archive.close()
    return source


def front_page(host: Host, now: str) -> None:
    """Let the host list three stories of `now`, a section and a page about itself."""
    stories = "".join(
        f'<article><h2><a href="/story/{number}">Crane number {number} comes down at last</a></h2>'
        f'<time datetime="{now}">just now</time></article>'
        for number in (101, 102, 103)
    )
    nav = '<nav><a href="/harbour">Harbour</a><a href="/about">About us</a></nav>'
    host.pages["/front"] = html_answer(f"<html><body>{nav}{stories}</body></html>".encode())


async def test_a_page_crawled_by_hand_is_kept_and_its_alert_is_owed_once(tmp_path: Path) -> None:
    async with pages_host() as (_, server):
        config = configured(tmp_path, server)
        for _ in range(2):
            crawl = ("crawl", "pages", "-a", f"url={server.url('/story/1')}")
            status, _, log = await scrapy(*crawl, config=config)
            assert (status, "ERROR" in log) == (0, False)
    assert kept(tmp_path) == (["Crane number 1 comes down"], 1, 1)
    source = source_of(tmp_path)
    assert source.settings.name == "127.0.0.1, by hand"
    assert source.paused_reason == "crawled by hand, never visited"


async def test_a_list_crawled_by_hand_is_found_read_and_kept(tmp_path: Path) -> None:
    async with pages_host() as (host, server):
        front_page(host, datetime.now(UTC).isoformat())
        config = configured(tmp_path, server)
        crawl = ("crawl", "list", "-a", f"url={server.url('/front')}")
        status, _, log = await scrapy(*crawl, config=config)
        named = (*crawl, "-a", "links=nav > a")
        assert (status, "ERROR" in log) == (0, False)
        assert [host.asked[path] for path in ("/story/101", "/story/103", "/about")] == [1, 1, 0]
        titles, told, owed = kept(tmp_path)
        assert titles == [f"Crane number {number} comes down" for number in (101, 102, 103)]
        assert (told, owed) == (3, 3)
        await scrapy(*named, config=config)
        assert [host.asked[path] for path in ("/story/101", "/about")] == [1, 1]
    assert source_of(tmp_path).settings.url == server.url("/front")


async def test_a_list_by_hand_says_what_is_wrong(tmp_path: Path) -> None:
    async with pages_host() as (_, server):
        config = configured(tmp_path, server)
        _, _, log = await scrapy("crawl", "list", config=config)
        assert "name the page: scrapy crawl list -a url=" in log
        assert "Traceback" not in log
        crawl = ("crawl", "list", "-a", f"url={server.url('/story/1')}")
        _, _, log = await scrapy(*crawl, "-a", "links=a[", config=config)
        assert "this is not a CSS selector" in log
        _, _, log = await scrapy(*crawl, config=config)
        assert "no links to articles were found" in log


async def test_a_sitemap_crawled_by_hand_is_read_and_kept(tmp_path: Path) -> None:
    async with pages_host() as (host, server):
        now = datetime.now(UTC).isoformat()
        listed = "".join(
            f"<url><loc>{server.url(f'/story/{number}')}</loc><lastmod>{now}</lastmod></url>"
            for number in (101, 102)
        )
        host.pages["/map.xml"] = html_answer(f"<urlset>{listed}</urlset>".encode())
        config = configured(tmp_path, server)
        crawl = ("crawl", "sitemap", "-a", f"url={server.url('/map.xml')}")
        status, _, log = await scrapy(*crawl, config=config)
        assert (status, "ERROR" in log) == (0, False)
        assert host.asked["/story/101"] == 1
        assert kept(tmp_path)[0] == [f"Crane number {n} comes down" for n in (101, 102)]
        _, _, log = await scrapy("crawl", "sitemap", config=config)
        assert "name it: scrapy crawl sitemap -a url=" in log
    assert source_of(tmp_path).settings.kind == "sitemap"


async def test_a_site_crawled_by_hand_is_read_beyond_its_front_page(tmp_path: Path) -> None:
    async with pages_host() as (host, server):
        front_page(host, datetime.now(UTC).isoformat())
        host.pages["/harbour"] = host.pages["/front"].replace(b"/10", b"/20")
        config = configured(tmp_path, server)
        crawl = ("crawl", "site", "-a", f"url={server.url('/front')}", "-a", "depth=1")
        status, _, log = await scrapy(*crawl, config=config)
        assert (status, "ERROR" in log) == (0, False)
        assert [host.asked[f"/story/{number}"] for number in (101, 103, 201, 203)] == [1] * 4
        assert host.asked["/about"] == 0
        _, _, log = await scrapy("crawl", "site", "-a", "url=x", "-a", "pages=x", config=config)
        assert "pages: this is no number" in log
