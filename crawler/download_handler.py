"""Scrapy's way out: each download is one exchange over the guarded client.

No redirect is followed here, since each hop has to ask its own host's robots.txt first.
"""

from io import BytesIO

import httpx
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.settings import CLIENT

SECONDS = "wirewatch_seconds"
"""The key of a request's meta that holds how long it may take."""

GUEST = "wirewatch_guest"
"""The key that holds for whom it is made (crawler/room.py)."""


class GuardedDownloadHandler(BaseDownloadHandler):
    """Downloads over the client that `WIREWATCH_CLIENT` builds, made at the first request."""

    lazy = True  # http and https have a handler each; most crawls need one

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._client: httpx.AsyncClient = crawler.settings[CLIENT]()
        self._seconds = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._max_bytes = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    async def download_request(self, request: Request) -> Response:
        """Carry out `request`; what the network does raises `httpx.TransportError` with words."""
        asked = self._client.build_request(
            request.method,
            request.url,
            headers=_headers(request),
            content=request.body or None,
            extensions={
                "deadline": min(request.meta.get(SECONDS, self._seconds), self._seconds),
                "max_bytes": self._max_bytes,
                "guest": request.meta.get(GUEST),
            },
        )
        answer = await self._client.send(asked, stream=True)
        try:
            whole = BytesIO()
            async for piece in answer.aiter_raw():
                whole.write(piece)
        finally:
            await answer.aclose()
        headers = Headers(_grouped(answer.headers.multi_items()))
        body = whole.getvalue()
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        return kind(
            url=request.url,
            status=answer.status_code,
            headers=headers,
            body=body,
            request=request,
        )

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()


def _headers(request: Request) -> list[tuple[bytes, bytes]]:
    return [(name, text) for name, texts in request.headers.items() for text in texts]


def _grouped(headers: list[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, text in headers:
        grouped.setdefault(name, []).append(text)
    return grouped
