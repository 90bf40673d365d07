"""A pump: claims, works, goes on after faults, and stops without losing its place."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from scheduler.pump import Pump


class Due:
    """Rows that are due, claimed in order."""

    def __init__(self, items: Iterable[int] = ()) -> None:
        self.items = deque(items)
        self.limits: list[int] = []

    async def claim(self, limit: int) -> Sequence[int]:
        self.limits.append(limit)
        return [self.items.popleft() for _ in range(min(limit, len(self.items)))]


@asynccontextmanager
async def running(pump: Pump[int]) -> AsyncIterator[None]:
    loop = asyncio.create_task(pump.run())
    pump.wake()
    try:
        yield
    finally:
        await pump.drain(timedelta())
        await loop


async def test_everything_due_is_worked_off_within_its_capacity() -> None:
    due, done = Due(range(20)), list[int]()
    most = 0

    async def work(item: int) -> None:
        nonlocal most
        most = max(most, pump.busy)
        await asyncio.sleep(0)
        done.append(item)

    pump = Pump(name="test", claim=due.claim, work=work, capacity=3)
    async with running(pump):
        await pump.idle()
    assert sorted(done) == list(range(20))
    assert most == 3
    assert max(due.limits) == 3
    assert pump.finished == 20


async def test_a_piece_of_work_that_fails_harms_no_other(caplog: pytest.LogCaptureFixture) -> None:
    done = list[int]()

    async def work(item: int) -> None:
        if item == 1:
            raise ValueError("broken")
        done.append(item)

    pump = Pump(name="readers", claim=Due([0, 1, 2]).claim, work=work, capacity=1)
    with caplog.at_level(logging.ERROR):
        async with running(pump):
            await pump.idle()
    assert done == [0, 2]
    assert (pump.finished, pump.faults) == (2, 1)
    assert "readers: this work was not done and comes back" in caplog.text


async def test_a_claim_that_fails_is_tried_again_when_woken() -> None:
    due, done = Due([7]), list[int]()
    broken = True
    failed = asyncio.Event()

    async def claim(limit: int) -> Sequence[int]:
        if broken:
            failed.set()
            raise OSError("the disk is full")
        return await due.claim(limit)

    async def work(item: int) -> None:
        done.append(item)

    pump = Pump(name="test", claim=claim, work=work, capacity=1)
    async with running(pump):
        await failed.wait()
        broken = False
        pump.wake()
        await pump.idle()
    assert done == [7]


async def test_idle_ends_only_when_nothing_is_under_way() -> None:
    release = asyncio.Event()
    due = Due([1])

    async def work(_: int) -> None:
        await release.wait()
        due.items.append(2) if pump.finished == 0 else None

    pump = Pump(name="test", claim=due.claim, work=work, capacity=1)
    async with running(pump):
        waiting = asyncio.create_task(pump.idle())
        await asyncio.sleep(0)
        assert not waiting.done()
        release.set()
        await waiting
    assert pump.finished == 2


async def test_draining_lets_work_end_and_cancels_what_hangs() -> None:
    started, done = asyncio.Event(), list[int]()
    release = asyncio.Event()

    async def work(item: int) -> None:
        if item == 2:
            started.set()
            await asyncio.Event().wait()
        await release.wait()
        done.append(item)

    pump = Pump(name="test", claim=Due([1, 2]).claim, work=work, capacity=2)
    loop = asyncio.create_task(pump.run())
    pump.wake()
    await started.wait()
    release.set()
    assert await pump.drain(timedelta(milliseconds=50)) == 1
    await loop
    assert done == [1]
    assert pump.busy == 0
