"""Small documents do not wait for large ones."""

import asyncio
from datetime import timedelta

import psutil

from crawler.lanes import SMALL, Lanes
from crawler.workers import WorkerFailed, WorkerPool

DOCUMENTS = "tests.unit.crawler.documents"


def lanes_of() -> Lanes:
    return Lanes(
        small=WorkerPool(size=1, patience=timedelta(seconds=20)),
        large=WorkerPool(size=1, patience=timedelta(seconds=20)),
    )


async def test_small_documents_pass_while_large_ones_hang_and_the_other_way_round() -> None:
    small, large = b"x" * SMALL, b"x" * (SMALL + 1)
    for hanging, passing in ((large, small), (small, large)):
        lanes = lanes_of()
        slow = asyncio.create_task(lanes.call(f"{DOCUMENTS}:hang", hanging))
        await asyncio.sleep(0)
        assert await lanes.call(f"{DOCUMENTS}:echo", passing) == passing
        assert not slow.done()
        await lanes.close()
        assert isinstance(await slow, WorkerFailed)


async def test_the_deadline_is_passed_on() -> None:
    lanes = lanes_of()
    assert await lanes.call(f"{DOCUMENTS}:echo", b"ab") == b"ba"
    outcome = await lanes.call(f"{DOCUMENTS}:hang", b"", deadline=timedelta(seconds=0.2))
    assert outcome == WorkerFailed("took longer than 0.2 s")
    await lanes.close()


async def test_closing_leaves_no_worker_in_either_lane() -> None:
    lanes = lanes_of()
    answers = [await lanes.call(f"{DOCUMENTS}:pid", bytes(size)) for size in (1, SMALL + 1)]
    workers = [int(answer) for answer in answers if isinstance(answer, bytes)]
    assert len(set(workers)) == 2
    await lanes.close()
    assert not [pid for pid in workers if psutil.pid_exists(pid)]
