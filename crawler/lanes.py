"""Two lanes for documents, so that the few that are large do not hold up the many that are small.

at most 256 KiB ──> small ─┐
larger ───────────> large ─┴─> a worker each; see crawler/workers.py
"""

import asyncio
from datetime import timedelta

from crawler.workers import DEADLINE, WorkerFailed, WorkerLimits, WorkerPool

SMALL = 256 * 1024

FEED_LIMITS = WorkerLimits(more=96 * 2**20)
"""A feed of 10 MiB takes 64 to 80 MiB to be read; what takes more was made to."""


def feed_lanes(*, small: int, large: int) -> "Lanes":
    """Return both lanes for feeds, with so many workers each."""
    return Lanes(
        small=WorkerPool(size=small, limits=FEED_LIMITS),
        large=WorkerPool(size=large, limits=FEED_LIMITS),
    )


class Lanes:
    """A parser (see crawler/reader.py) whose documents wait only for those of their own size."""

    def __init__(self, *, small: WorkerPool, large: WorkerPool) -> None:
        self._small = small
        self._large = large

    async def call(
        self, function: str, payload: bytes, *, deadline: timedelta = DEADLINE
    ) -> bytes | WorkerFailed:
        """Let a worker of its lane run `module:function` on `payload`."""
        lane = self._small if len(payload) <= SMALL else self._large
        return await lane.call(function, payload, deadline=deadline)

    async def close(self) -> None:
        """End the workers of both."""
        await asyncio.gather(self._small.close(), self._large.close())
