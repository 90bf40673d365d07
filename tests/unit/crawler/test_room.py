"""Places for large documents: who takes one, who waits, and when it is given back."""

import asyncio

import pytest

from crawler import room as rooms
from crawler.room import Guest, Room, RoomFullError, current_guest


async def taken(guest: Guest) -> bool:
    """Tell whether `guest` gets a place at once."""
    entering = asyncio.create_task(guest.enter())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    if not entering.done():
        entering.cancel()
        await asyncio.gather(entering, return_exceptions=True)
        return False
    return entering.result() >= 0


async def test_a_place_is_kept_until_its_guest_leaves() -> None:
    room = Room(1)
    async with room.guest() as first:
        assert await taken(first)
        async with room.guest() as second:
            assert not await taken(second)
    async with room.guest() as third:
        assert await taken(third)


async def test_who_is_inside_takes_no_second_place() -> None:
    room = Room(2)
    async with room.guest() as first, room.guest() as second:
        assert await taken(first)
        assert await first.enter() == 0.0
        assert await taken(second)


async def test_who_waits_is_told_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(1)
    async with room.guest() as second:
        async with room.guest() as first:
            await first.enter()
            waiting = asyncio.create_task(second.enter())
            await asyncio.sleep(0)
            assert not waiting.done()
        assert await waiting >= 0.0
    monkeypatch.setattr(rooms, "PATIENCE", 0.0)
    async with room.guest() as first, room.guest() as other:
        await first.enter()
        with pytest.raises(RoomFullError, match="other large documents"):
            await other.enter()


async def test_what_is_left_under_way_takes_no_place() -> None:
    room = Room(1)
    async with room.guest() as early:
        pass
    assert await taken(early)
    async with room.guest() as next_one:
        assert await taken(next_one)


async def test_a_place_that_comes_too_late_is_given_back() -> None:
    room = Room(1)
    async with room.guest() as first:
        await first.enter()
        async with room.guest() as late:
            waiting = asyncio.create_task(late.enter())
            await asyncio.sleep(0)
    await waiting
    async with room.guest() as next_one:
        assert await taken(next_one)


async def test_a_task_knows_for_whom_it_fetches() -> None:
    assert current_guest() is None
    async with Room().guest() as guest:
        assert await asyncio.create_task(_whose()) is guest
    assert current_guest() is None


async def _whose() -> Guest | None:
    return current_guest()


async def test_who_asks_for_the_next_document_gives_its_place_back_until_then() -> None:
    room = Room(1)
    async with room.guest() as first, room.guest() as second:
        assert await taken(first)
        first.step_out()
        assert not first.is_inside
        assert await taken(second)
        assert not await taken(first)
        second.step_out()
        assert await taken(first)


async def test_who_asked_twice_at_once_has_one_place() -> None:
    room = Room(2)
    async with room.guest() as first:
        await asyncio.gather(first.enter(), first.enter())
        async with room.guest() as second:
            assert await taken(second)
    async with room.guest() as third, room.guest() as fourth:
        assert await taken(third)
        assert await taken(fourth)
