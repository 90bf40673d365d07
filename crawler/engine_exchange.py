"""One exchange through the Scrapy engine: no queue, no callback, a value back."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import httpx
from scrapy import Request
from scrapy.http import Response

from crawler.download_handler import GUEST, SECONDS
from crawler.http import Fetched, FetchFailed
from crawler.politeness import NO_HEADERS
from crawler.room import PATIENCE, current_guest
from news.url import host_of

MARGIN = PATIENCE + 5.0
"""Seconds past its time: a large document may wait for its place meanwhile."""


class Downloads(Protocol):
    """Scrapy's engine, as far as it is needed."""

    async def download_async(self, request: Request) -> Response:
        """Download, past the scheduler."""
        ...


@dataclass(frozen=True, slots=True)
class EngineExchange:
    """Makes requests through `engine`; whoever uses it sees to it that a host is asked in turn."""

    engine: Downloads

    async def __call__(
        self, url: str, *, until: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> Fetched | FetchFailed:
        """Request `url`; see `crawler.politeness.Exchange`."""
        left = until - asyncio.get_running_loop().time()
        guest = current_guest()
        if guest is not None:
            guest.step_out()  # what it had before is read
        try:
            # The slot is ours: Scrapy's own would hold up two ports of one name for each other.
            meta = {SECONDS: left, GUEST: guest, "download_slot": host_of(url)}
            request = Request(url, headers=dict(headers), meta=meta)
        except ValueError:
            return FetchFailed(reason="this is not an http or https address", lasting=True)
        # Never cancelled: a download that is torn down leaves Scrapy's slot in disorder. The
        # handler keeps to the deadline; should it not, we leave it behind.
        download = asyncio.ensure_future(self.engine.download_async(request))
        download.add_done_callback(_taken_note_of)
        try:
            async with asyncio.timeout(left + MARGIN):
                response = await asyncio.shield(download)
        except TimeoutError:
            return FetchFailed(reason="its download did not end in time")
        except httpx.TransportError as error:
            lasting, crowded = (getattr(error, name, False) for name in ("lasting", "crowded"))
            return FetchFailed(reason=str(error), lasting=lasting, crowded=crowded)
        except httpx.InvalidURL:
            return FetchFailed(reason="this is not an http or https address", lasting=True)
        return Fetched(
            url=url,
            status=response.status,
            headers={
                name.decode("latin-1").lower(): b", ".join(texts).decode("latin-1")
                for name, texts in response.headers.items()
            },
            body=response.body,
        )


def _taken_note_of(download: "asyncio.Future[Response]") -> None:
    """Look at the error of a download that nobody waits for any more, or asyncio complains."""
    if not download.cancelled():
        download.exception()
