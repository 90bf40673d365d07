"""A paper and a receiver on 127.0.0.1, and the command `wirewatch` as a process beside them."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from standardwebhooks import Webhook

from news.clock import utc_now
from wirewatch.demo.loopback import LoopbackSite

SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"
PAGE = """<!doctype html><html lang="en"><head><title>{title} | The Paper</title></head><body>
<nav><a href="/">Football</a></nav><article><h1>{title}</h1><p>{text}</p><p>Residents gathered at
the quay until late in the evening, and the mayor thanked the crews for their work.</p></article>
<aside class="most-read"><ul><li>Football: the cup final</li></ul></aside></body></html>"""


@dataclass
class Paper:
    """An outlet with one feed; `answers` stand in for paths that misbehave."""

    stories: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: dict[str, Callable[[], web.Response]] = field(default_factory=dict)
    base: str = ""
    printed: str = field(default_factory=lambda: format_datetime(utc_now()))

    async def serve(self, request: web.Request) -> web.Response:
        name = request.path.strip("/")
        if name in self.answers:
            return self.answers[name]()
        if name == "feed":
            return web.Response(text=self._feed(), content_type="application/rss+xml")
        if name not in self.stories:
            return web.Response(status=404)
        title, text = self.stories[name]
        return web.Response(text=PAGE.format(title=title, text=text), content_type="text/html")

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{title}</title><link>{self.base}/{name}</link><guid>{name}</guid>"
            f"<pubDate>{self.printed}</pubDate></item>"
            for name, (title, _) in self.stories.items()
        )
        return f"<rss version='2.0'><channel><title>Paper</title>{items}</channel></rss>"


@dataclass
class Desk:
    """A receiver that verifies what it is sent; `statuses` are its first answers, 200 the rest."""

    statuses: list[int] = field(default_factory=list)
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    arrived: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    base: str = ""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        Webhook(SECRET).verify(body, dict(request.headers))
        self.got.append((request.headers["webhook-id"], json.loads(body)))
        self.arrived.release()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    def titles(self) -> list[str]:
        return [body["data"]["article"]["title"] for _, body in self.got]


@dataclass
class Town:
    """The paper, the desk, and a folder with a configuration that names both."""

    paper: Paper
    desk: Desk
    folder: Path

    def configure(self, query: str = "coffins", more: str = "") -> None:
        allow = json.dumps([urlsplit(base).netloc for base in (self.paper.base, self.desk.base)])
        (self.folder / "wirewatch.toml").write_text(
            f"""
[network]
allow = {allow}
timeout = "5s"
[[source]]
name = "The Paper"
url = "{self.paper.base}/feed"
every = "1s"
[[channel]]
name = "desk"
url = "{self.desk.base}/hook"
secret = "{SECRET}"
[[watch]]
name = "Coffins"
query = '{query}'
to = ["desk"]
{more}
""",
            encoding="utf-8",
        )

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "wirewatch",
            *words,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def wirewatch(self, *words: str) -> "Ended":
        """Run a command to its end."""
        child = await self.start(*words)
        out, err = await child.communicate()
        assert child.returncode is not None
        return Ended(child.returncode, out.decode(), err.decode())


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    """Open a paper and a desk, and close them at the end."""
    paper, desk = Paper(), Desk()
    newsroom = LoopbackSite({"/{path:.*}": paper.serve})
    office = LoopbackSite({"/hook": desk.take})
    paper.base, desk.base = await newsroom.open(), await office.open()
    try:
        yield Town(paper, desk, folder)
    finally:
        await newsroom.close()
        await office.close()


async def line_with(child: asyncio.subprocess.Process, words: str) -> str:
    """Read what `child` prints until a line has `words`."""
    assert child.stdout is not None
    seen = []
    while line := (await child.stdout.readline()).decode():
        seen.append(line)
        if words in line:
            return line
    raise AssertionError(f"no line with {words!r} in {seen}")
