"""What strangers write stays text wherever it goes, and is matched all the same.

FAULTS.md "text", row by row: each sample stands in a feed's title and summary, and goes through
worker, archive, search, webhook, log and command line. Mail: tests/unit/alerts (letters).
"""

import json
import re
from collections.abc import AsyncIterator
from html import escape

import pytest
from sqlalchemy import func, select

from archive.database import Database
from archive.schema import articles
from archive.schema_telling import alerts
from archive.search.find import find
from news.query.parse import parse
from news.query.tree import Query
from tests.integration.bad_server import bad_server
from tests.integration.bad_world import EMPTY, BadWorld, bad_world, feed, item
from tests.integration.raw_server import answer
from wirewatch.console import as_json, as_text
from wirewatch.inert import inert, inert_json, inert_lines

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

TEXTS = {
    "script": "<script>alert('soldiers')</script> soldiers",
    "attributes": "soldiers\" onmouseover='alert(1)' x=\"",
    "an image": "<img src=x onerror=alert(1)> soldiers",
    "templates": "{{ 7*7 }} {% raw %} ${7*7} #{7*7} <%= 7*7 %> soldiers",
    "format strings": "%s%n{0}{self.secret} soldiers",
    "CSV formulas": '=HYPERLINK("http://evil.test","soldiers") +1 -1 @SUM(1)',
    "SQL": "soldiers'); DROP TABLE articles; --",
    "FTS operators": 'soldiers" OR NEAR(a b) NOT * : ^ {title} AND',
    "tsquery operators": "soldiers' & !('a' | 'b') <-> :*A",
    "mail headers": "soldiers\r\nBcc: victim@evil.test\r\n\r\nbody",
    "log escapes": "soldiers \x1b[2J\x1b]0;owned\x07\x9b31m\nERROR forged",
    "markdown": "[soldiers](javascript:alert(1)) **bold** <!channel> @everyone `code`",
    "bidi": "soldiers \u202eevil\u202c \u2066hidden\u2069 \u200f",
    "zalgo": "s\u0336\u0315o\u0321\u0301l\u0310d\u0323i\u0334e\u0358r\u0337s rise",
    "full width": "ｓｏｌｄｉｅｒｓ rise",
    "soft hyphens and no-width blanks": "sol\u00addi\u200bers\ufeff rise",
    "mathematical letters": "𝐬𝐨𝐥𝐝𝐢𝐞𝐫𝐬 rise",
    "tags of emoji": "soldiers \U000e0041\U000e0042 👩‍💻",
    "null and surrogates": "soldiers \x00 \ud800 end",
    "paths": "../../etc/passwd soldiers file:///etc/passwd",
    "very long": "soldiers " + "x" * 50_000,
}


@pytest.fixture
async def world(archive: Database) -> AsyncIterator[BadWorld]:
    async with bad_server() as server, bad_world(archive, server) as made:
        yield made


async def told(world: BadWorld, text: str) -> None:
    """Let a feed tell a story of this title and summary, as a newsroom's program would write it."""
    written = escape(text).encode("utf-8", "replace").decode()
    inside = item(written, "/1", f"<description>{written}</description>")
    documents = (answer(feed(*items), Content_Type="text/xml") for items in ((), (inside,)))
    world.read_from(world.server.will("/feed", *documents))
    await world.poll(3)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_it_is_matched_and_stays_text(world: BadWorld, text: str) -> None:
    await told(world, text)
    (kept,) = world.kept()
    assert world.unclean() == []
    (payload,) = world.payloads()
    article = payload["data"]["article"]
    assert article["title"] == kept.title
    assert len(article["title"]) <= 1_000
    assert len(article["summary"]) <= 500
    assert [span["term"] for span in payload["data"]["match"]]
    for field in ("title", "summary"):
        assert "<script" not in article[field] or "<script" in text
    with world.archive.reading() as conn:
        query = parse("soldiers")
        assert isinstance(query, Query)
        assert find(conn, query) == [1]
        assert conn.execute(select(func.count()).select_from(articles)).scalar_one() == 1
        assert conn.execute(select(func.count()).select_from(alerts)).scalar_one() == 1


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_it_steers_neither_log_nor_terminal(world: BadWorld, text: str) -> None:
    await told(world, text)
    assert len(world.events) >= 3
    for event in world.events:
        line = as_text(event, world.now) or ""
        assert STEERING.search(line) is None
        assert "\n" not in line
        machine = as_json(event, world.now)
        assert STEERING.search(machine) is None
        assert "\n" not in machine
        assert json.loads(machine)["event"] == type(event).__name__
    (kept,) = world.kept()
    assert STEERING.search(inert(kept.title)) is None
    assert STEERING.search(inert_lines(kept.body)) is None
    assert json.loads(inert_json(json.dumps(kept.body))) == kept.body


async def test_an_empty_feed_is_no_text(world: BadWorld) -> None:
    world.read_from(world.server.will("/feed", answer(EMPTY)))
    await world.poll()
    assert world.kept() == []
