"""`scrapy list` and `scrapy crawl` from the project's root, as a person would type them."""

import asyncio
import json
import os
import sys
from pathlib import Path

from tests.integration.pages_server import pages_host

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
    assert "pages" in out.split()


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
