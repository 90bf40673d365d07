"""A host on 127.0.0.1 with stories to read, and with every way of not letting them be read."""

import asyncio
import gzip
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.integration.raw_server import RawServer, Writer, answer, raw_server

STORY = """<!doctype html><html lang="en"><head><title>{title} - The Harbour</title>
<link rel="canonical" href="/story/{number}"></head><body>
<nav><ul><li><a href="/">Most wanted dragons</a></li></ul></nav>
<article><h1>{title}</h1><p>The old crane of the harbour was taken down on Monday, port workers
said, after it had stood idle for eleven years and a storm had bent its arm.</p>
<p>It will be rebuilt as a look-out for visitors, and number {number} of its wheels goes to the
museum, where school classes may turn it by hand.</p></article></body></html>"""


class Host:
    """Answers pages by their path; `robots` is its robots.txt, None for none.

    `pages` are whole answers that come before all others.
    """

    def __init__(self) -> None:
        self.robots: bytes | None = None
        self.robots_status = "200 OK"
        self.pages: dict[str, bytes] = {}
        self.asked: Counter[str] = Counter()
        self.at_once = 0
        self.most_at_once = 0
        self.arrived = asyncio.Semaphore(0)
        self.hold = asyncio.Event()
        self.hold.set()

    async def behave(self, head: str, writer: Writer) -> None:
        path = head.split(" ", 2)[1]
        self.asked[path] += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.arrived.release()
        try:
            if path == "/hang":
                await asyncio.Event().wait()
            if path.startswith("/story"):
                await self.hold.wait()
            if path == "/reset":
                writer.transport.abort()
                return
            writer.write(self.answer_to(path))
            await writer.drain()
        finally:
            self.at_once -= 1

    def answer_to(self, path: str) -> bytes:
        if path in self.pages:
            return self.pages[path]
        name, _, rest = path.strip("/").partition("/")
        if name == "robots.txt" and self.robots is not None:
            return answer(self.robots, status=self.robots_status)
        if name == "story":
            return html_answer(story(rest))
        return ANSWERS.get(name) or answer(status="404 Not Found")


def story(number: str) -> bytes:
    return STORY.format(title=f"Crane number {number} comes down", number=number).encode()


def html_answer(body: bytes, **headers: str) -> bytes:
    return answer(body, Content_Type="text/html", **headers)


ANSWERS = {
    "huge": html_answer(b"<p>x</p>" * 2_000_000),
    "bomb": html_answer(gzip.compress(b"<p>x</p>" * 4_000_000), Content_Encoding="gzip"),
    "loop": answer(status="302 Found", Location="/loop"),
    "inside": answer(status="302 Found", Location="http://127.0.0.1:1/admin"),
    "pdf": answer(b"%PDF-1.7 ...", Content_Type="application/pdf"),
    "noarchive": html_answer(story("1"), X_Robots_Tag="noarchive"),
}


@asynccontextmanager
async def pages_host() -> AsyncIterator[tuple[Host, RawServer]]:
    host = Host()
    async with raw_server(host.behave) as server:
        yield host, server
