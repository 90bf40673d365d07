"""A web that never leaves the process, and a parser that runs at once, for looking for feeds."""

import importlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from crawler.http import Fetched, FetchFailed, FetchRequest
from crawler.reader import ReaderParts
from crawler.workers import DEADLINE, WorkerFailed

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


class Web:
    """Answers by address, 404 what it was not told of, and keeps what it was asked."""

    def __init__(self, pages: Mapping[str, str | int | Fetched | FetchFailed]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def fetch(self, request: FetchRequest) -> Fetched | FetchFailed:
        url = request.url.replace(":443/", "/")  # as robots.txt is asked for
        self.asked.append(url)
        answer = self.pages.get(url, 404)
        if isinstance(answer, int):
            return Fetched(url=url, status=answer)
        if isinstance(answer, str):
            return Fetched(url=url, status=200, body=answer.encode())
        return answer

    def tried(self) -> list[str]:
        """Return what was asked for, robots.txt left out."""
        return [url for url in self.asked if not url.endswith("/robots.txt")]


class AtOnce:
    """Runs what a worker would run, here."""

    async def call(
        self, function: str, payload: bytes, *, deadline: timedelta = DEADLINE
    ) -> bytes | WorkerFailed:
        assert deadline
        module, _, name = function.partition(":")
        data: bytes = getattr(importlib.import_module(module), name)(payload)
        return data


def parts(web: Web) -> ReaderParts:
    return ReaderParts(fetcher=web, parser=AtOnce(), clock=lambda: NOW)


def feed(title: str = "The Paper", *, items: int = 3, mark: str = "", every: float = 60) -> str:
    """Return an RSS document whose items stand `every` minutes apart."""
    told = "".join(
        f"<item><title>Story {mark}{n}</title><link>https://paper.test/{mark}{n}</link>"
        f"<pubDate>{(NOW - timedelta(minutes=every * n)).isoformat()}</pubDate></item>"
        for n in range(items)
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{told}</channel></rss>"


def page(*feeds: str, body: str = "") -> str:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in feeds
    )
    return f"<html><head><title>The Paper</title>{links}</head><body>{body}</body></html>"
