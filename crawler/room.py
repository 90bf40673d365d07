"""Places for large documents: few are held at once, so that strangers cannot fill our memory.

Whoever reads something for a source is a guest. What it fetches may be small for nothing; from
`LARGE` bytes on it takes a place, waits where all are taken, and keeps it until all is read, or
until it asks for the next document:

    async with room.guest():          FeedReader, the engine's child
        …fetched                      guest.enter() once it is large (wirewatch/net/stream.py)
        …parsed by a worker

Who has a place has to come quickly (`PACE`), so that those who drip hold up nobody for long.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass

LARGE = 256 * 1024
"""Bytes, as decoded, that a document may have without a place."""

PLACES = 2
PATIENCE = 30.0
"""Seconds that a guest waits for a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How quickly a document has to come that has a place: each `size` bytes in `seconds`."""

    size: int
    seconds: float


PACE = Pace(size=256 * 1024, seconds=4.0)
"""64 KiB a second, as decoded."""


class RoomFullError(Exception):
    """Other large documents took all the places there were, for all the time there was."""

    def __init__(self) -> None:
        super().__init__("other large documents took all the room there is for them")


class Guest:
    """Who may take one of `places`, at most once, and gives it back when all is read.

    What it left under way when it left (a shared robots.txt, a download given up) takes no place.
    """

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._is_inside = False
        self._has_left = False

    @property
    def is_inside(self) -> bool:
        """Tell whether it has a place, which others may be waiting for."""
        return self._is_inside

    async def enter(self) -> float:
        """Take a place; return the seconds that it had to be waited for. Raises RoomFullError."""
        if self._is_inside or self._has_left:
            return 0.0
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            raise RoomFullError from None
        if self._is_inside:  # what it left under way asked, too, and was served first
            self._places.release()
        self._is_inside = True
        if self._has_left:
            self.leave()
        return clock() - began

    def step_out(self) -> None:
        """Give the place back until the next large document: the last one is read."""
        if self._is_inside:
            self._is_inside = False
            self._places.release()

    def leave(self) -> None:
        """Give the place back, if it was taken; no other is taken from now on."""
        self._has_left = True
        self.step_out()


class Room:
    """So many places, for guests that come and go."""

    def __init__(self, places: int = PLACES) -> None:
        self._places = asyncio.Semaphore(places)

    @asynccontextmanager
    async def guest(self) -> AsyncIterator[Guest]:
        """Be a guest until the end of the block."""
        guest = Guest(self._places)
        before = _GUEST.set(guest)
        try:
            yield guest
        finally:
            _GUEST.reset(before)
            guest.leave()


def current_guest() -> Guest | None:
    """Return for whom this task fetches, if it is for a guest."""
    return _GUEST.get()


_GUEST: ContextVar[Guest | None] = ContextVar("guest", default=None)
