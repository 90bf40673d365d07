"""A feed is gone for good: who runs wirewatch hears of it, signed, and sees it in the list."""

import asyncio
import json
import signal
from pathlib import Path

from aiohttp import web

from tests.journeys.small_town import line_with, town

NOTICES = '[notices]\nto = ["desk"]\n'


async def test_whoever_runs_it_hears_that_a_source_is_gone(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        place.paper.answers["feed"] = lambda: web.Response(status=410)
        place.configure(more=NOTICES)
        child = await place.start("run")
        async with asyncio.timeout(90):
            said = await line_with(child, "NOTICE The Paper: ")
            await place.desk.arrived.acquire()
        child.send_signal(signal.SIGTERM)
        await child.communicate()
        listed = await place.wirewatch("notices", "--json")
    assert "gone for good" in said
    ((number, body),) = place.desk.got  # the desk has verified its signature
    assert body["type"] == "source.failing"
    assert body["data"]["source"]["name"] == "The Paper"
    assert body["data"]["figures"]["status"] == 410
    kept = json.loads(listed.out)
    assert kept["notice"]["id"] == body["data"]["notice"]["id"]
    assert [(one["id"], one["state"]) for one in kept["deliveries"]] == [(number, "delivered")]


async def test_a_round_tells_at_its_end_what_it_found(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        place.paper.answers["feed"] = lambda: web.Response(status=410)
        place.configure(more=NOTICES)
        ran = await place.wirewatch("run", "--once")
        assert ran.code == 0, ran.err
        again = await place.wirewatch("run", "--once")
        assert again.code == 0, again.err
    assert [body["type"] for _, body in place.desk.got] == ["source.failing"]
