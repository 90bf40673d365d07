"""A pump: claims, works, goes on after faults, and stops without losing its place."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from news.errors import ArchiveError
from scheduler.pump import Pump


class Due:
    """Rows that are due, claimed in order."""

    def __init__(self, items: Iterable[int] = ()) -> None:
        self.items = deque(items)
        self.limits: list[int] = []

    async def claim(self, limit: int) -> Sequence[int]:
        self.limits.append(limit)
        return [self.items.popleft() for _ in range(min(limit, len(self.items)))]


class SlowDue(Due):
    """Rows that are handed out when they are let."""

    def __init__(self, items: Iterable[int] = ()) -> None:
        super().__init__(items)
        self.asked, self.may = asyncio.Event(), asyncio.Event()

    async def claim(self, limit: int) -> Sequence[int]:
        self.asked.set()
        await self.may.wait()
        return await super().claim(limit)


@dataclass
class Held:
    """Work that ends when it is let, and counts how much of it is under way."""

    release: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: int = 0
    most: int = 0
    done: list[int] = field(default_factory=list)

    async def work(self, item: int) -> None:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await self.release.wait()
        finally:
            self.under_way -= 1
        self.done.append(item)


async def turns(count: int = 20) -> None:
    """Let everything that can run, run."""
    for _ in range(count):
        await asyncio.sleep(0)


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

    claim = Due([0, 1, 2]).claim
    pump = Pump(name="readers", claim=claim, work=work, capacity=1, rest=timedelta())
    with caplog.at_level(logging.ERROR):
        async with running(pump):
            await pump.idle()
    assert done == [0, 2]
    assert (pump.finished, pump.faults) == (2, 1)
    assert "readers: this work failed and comes back" in caplog.text


@pytest.mark.parametrize("fault", [ValueError("broken"), ArchiveError("the disk is full")])
async def test_what_fails_and_is_due_still_is_not_tried_again_at_once(fault: Exception) -> None:
    tried, times = asyncio.Event(), 0

    async def always_due(limit: int) -> Sequence[int]:
        return [7] * limit

    async def work(_: int) -> None:
        nonlocal times
        times += 1
        tried.set()
        raise fault

    rest = timedelta(hours=1)
    pump = Pump(name="test", claim=always_due, work=work, capacity=1, rest=rest)
    async with running(pump):
        await tried.wait()
        await turns(200)
        assert times == 1
        assert pump.busy == 0
        pump.wake()  # as the next tick does
        await turns(200)
        assert times == 2


async def test_after_a_rest_it_looks_by_itself_for_what_is_left_and_is_idle_then() -> None:
    async def work(_: int) -> None:
        raise ValueError("broken")

    claim, rest = Due([1, 2]).claim, timedelta(milliseconds=1)
    pump = Pump(name="test", claim=claim, work=work, capacity=1, rest=rest)
    async with running(pump):
        await pump.idle()
    assert pump.faults == 2


async def test_a_piece_of_work_that_fails_keeps_none_from_following_one_that_ends_well() -> None:
    due, done = Due(range(6)), list[int]()

    async def work(item: int) -> None:
        await asyncio.sleep(0)
        if item == 0:
            raise ValueError("broken")
        done.append(item)

    rest = timedelta(hours=1)
    pump = Pump(name="test", claim=due.claim, work=work, capacity=2, rest=rest)
    async with running(pump):
        await pump.idle()
    assert done == [1, 2, 3, 4, 5]


async def test_a_claim_that_fails_is_logged_and_tried_again_when_woken(
    caplog: pytest.LogCaptureFixture,
) -> None:
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
    assert "test: what is due was not claimed" in caplog.text
    assert "the disk is full" in caplog.text


async def test_no_more_is_claimed_than_there_are_places() -> None:
    due, held = Due(range(10)), Held()
    pump = Pump(name="test", claim=due.claim, work=held.work, capacity=3)
    async with running(pump):
        for _ in range(5):
            pump.wake()
            await turns()
        assert held.under_way == 3
        assert due.limits == [3]
        held.release.set()
        await pump.idle()
    assert held.most == 3
    assert held.done == list(range(10))


async def test_a_free_place_is_filled_though_another_is_held() -> None:
    due, held, done = Due(range(10)), Held(), list[int]()

    async def work(item: int) -> None:
        await (held.work(item) if item == 0 else asyncio.sleep(0))
        done.append(item)

    pump = Pump(name="test", claim=due.claim, work=work, capacity=2)
    async with running(pump):
        await turns(200)
        assert done == list(range(1, 10))
        held.release.set()
        await pump.idle()


async def test_many_wakes_become_one_claim_and_those_during_it_one_more() -> None:
    due = SlowDue()
    pump = Pump(name="test", claim=due.claim, work=Held().work, capacity=1)
    async with running(pump):
        for _ in range(50):
            pump.wake()
        await due.asked.wait()
        for _ in range(50):
            pump.wake()
        due.may.set()
        await pump.idle()
    assert len(due.limits) == 2


async def test_what_becomes_due_during_a_claim_is_found() -> None:
    due, held = SlowDue(), Held()
    held.release.set()
    pump = Pump(name="test", claim=due.claim, work=held.work, capacity=1)
    async with running(pump):
        await due.asked.wait()
        pump.wake()  # as an owe does that the claim under way cannot see any more
        due.may.set()
        due.items.append(7)
        await pump.idle()
    assert held.done == [7]


async def test_each_piece_of_work_wakes_what_comes_after_it() -> None:
    woken = list[int]()

    async def work(item: int) -> None:
        if item == 1:
            raise ValueError("broken")

    def then() -> None:
        woken.append(pump.finished)

    pump = Pump(name="test", claim=Due([0, 1, 2]).claim, work=work, capacity=3, then=then)
    async with running(pump):
        await pump.idle()
    assert woken == [1, 2]


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


async def test_draining_with_nothing_under_way_ends_at_once_and_for_good() -> None:
    due, held = Due(), Held()
    pump = Pump(name="test", claim=due.claim, work=held.work, capacity=1)
    loop = asyncio.create_task(pump.run())
    await turns()
    assert await pump.drain(timedelta(seconds=10)) == 0
    await loop
    due.items.append(1)
    pump.wake()
    await turns()
    assert due.limits == []


async def test_draining_waits_for_work_and_claims_no_more() -> None:
    due, held = Due([1, 2]), Held()
    pump = Pump(name="test", claim=due.claim, work=held.work, capacity=1)
    async with running(pump):
        await turns()
        draining = asyncio.create_task(pump.drain(timedelta(seconds=10)))
        await turns()
        assert not draining.done()
        held.release.set()
        assert await draining == 0
    assert held.done == [1]
    assert list(due.items) == [2]


async def test_draining_works_on_what_a_claim_under_way_brings() -> None:
    due, held = SlowDue([1]), Held()
    held.release.set()
    pump = Pump(name="test", claim=due.claim, work=held.work, capacity=1)
    async with running(pump):
        await due.asked.wait()
        draining = asyncio.create_task(pump.drain(timedelta(seconds=10)))
        await turns()
        assert not draining.done()
        due.may.set()
        assert await draining == 0
    assert held.done == [1]


async def test_draining_bears_a_claim_under_way_that_fails() -> None:
    asked, may = asyncio.Event(), asyncio.Event()

    async def claim(_: int) -> Sequence[int]:
        asked.set()
        await may.wait()
        raise OSError("the disk is full")

    pump = Pump(name="test", claim=claim, work=Held().work, capacity=1)
    async with running(pump):
        await asked.wait()
        draining = asyncio.create_task(pump.drain(timedelta(seconds=10)))
        may.set()
        assert await draining == 0
    assert pump.faults == 1


async def test_draining_waits_for_a_last_step_that_lets_nobody_break_it_off() -> None:
    last_step, may, done = asyncio.Event(), asyncio.Event(), list[int]()

    async def work(item: int) -> None:
        last_step.set()
        try:
            await may.wait()
        except asyncio.CancelledError:
            await may.wait()
        done.append(item)

    pump = Pump(name="test", claim=Due([1]).claim, work=work, capacity=1)
    async with running(pump):
        await last_step.wait()
        draining = asyncio.create_task(pump.drain(timedelta()))
        await turns()
        assert not draining.done()
        may.set()
        assert await draining == 0
    assert done == [1]
