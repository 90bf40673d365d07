"""Who has a place for a large document has to come quickly; who gets none is not to blame."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from crawler import room as rooms
from crawler.room import LARGE, Pace, Room
from wirewatch.net.faults import Crowded, TimedOut, TooSlow
from wirewatch.net.inflate import decoder
from wirewatch.net.stream import Body, BoundedStream, Bounds

PIECE = 16 * 1024
QUICK = 64 * PIECE


class Drip(Body):
    """A body whose first `quick` bytes come at once, and of which no more comes then."""

    def __init__(self, quick: int, *, ends: bool = False) -> None:
        self._quick = quick
        self._ends = ends

    async def __aiter__(self) -> AsyncGenerator[bytes]:
        for _ in range(0, self._quick, PIECE):
            yield b"x" * PIECE
        if not self._ends:
            await asyncio.Event().wait()

    async def aclose(self) -> None:
        """Have nothing to close."""


async def read(body: Drip, room: Room, *, seconds: float = 60.0, pace: float = 0.0) -> int:
    """Return how much came; `seconds` in all, `pace` for each four pieces."""
    async with room.guest() as guest:
        bounds = Bounds(
            where="drip.test:80",
            max_bytes=10 * QUICK,
            until=asyncio.get_running_loop().time() + seconds,
            guest=guest,
            pace=Pace(size=4 * PIECE, seconds=pace),
        )
        stream = BoundedStream(body, decoder(""), bounds)
        return sum([len(piece) async for piece in stream])


async def test_who_drips_with_a_place_is_sent_away() -> None:
    room = Room(1)
    with pytest.raises(TooSlow, match=r"drip\.test:80 sends too slowly for its size"):
        await read(Drip(LARGE + PIECE), room)
    assert await read(Drip(QUICK, ends=True), room, pace=60.0) == QUICK


async def test_each_piece_of_the_way_counts_anew() -> None:
    with pytest.raises(TooSlow):
        await read(Drip(QUICK), Room(1), pace=0.01)


async def test_a_small_body_has_all_its_time() -> None:
    with pytest.raises(TimedOut):
        await read(Drip(LARGE), Room(1), seconds=0.01)


async def test_the_whole_is_bounded_as_ever() -> None:
    with pytest.raises(TimedOut):
        await read(Drip(QUICK), Room(1), seconds=0.01, pace=60.0)


async def test_who_gets_no_place_is_not_to_blame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "PATIENCE", 0.0)
    room = Room(1)
    async with room.guest() as other:
        await other.enter()
        with pytest.raises(Crowded, match="other large documents took all the room"):
            await read(Drip(QUICK), room)
        assert await read(Drip(LARGE, ends=True), room) == LARGE
