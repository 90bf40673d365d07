"""The scheduler of one process, with jobs that say when they ran."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from news.clock import utc_now
from scheduler.local import LocalScheduler


@pytest.fixture
async def scheduler() -> AsyncIterator[LocalScheduler]:
    made = LocalScheduler()
    yield made
    await made.stop(grace=0)


class Job:
    """Counts its runs, lets a test wait for them, and can be held up."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.runs = 0
        self.ran = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.ended = 0

    async def __call__(self) -> None:
        self.runs += 1
        self.ran.set()
        await self.go_on.wait()
        if self.fails:
            raise RuntimeError("no disk")
        self.ended += 1

    async def again(self) -> None:
        self.ran.clear()
        await asyncio.wait_for(self.ran.wait(), 5)


async def test_a_job_runs_at_once_and_again(scheduler: LocalScheduler) -> None:
    job = Job()
    scheduler.every(0.02, "tick", job)
    scheduler.start()
    await job.again()
    await job.again()
    assert job.runs >= 2


async def test_a_job_added_later_runs_too(scheduler: LocalScheduler) -> None:
    job = Job()
    scheduler.start()
    scheduler.every(60, "tick", job)
    await job.again()


async def test_a_job_that_is_still_running_is_not_started_again(
    scheduler: LocalScheduler,
) -> None:
    slow, quick = Job(), Job()
    slow.go_on.clear()
    scheduler.every(0.01, "slow", slow)
    scheduler.every(0.01, "quick", quick)
    scheduler.start()
    for _ in range(4):
        await quick.again()
    assert slow.runs == 1
    slow.go_on.set()
    await slow.again()


async def test_a_job_that_fails_is_logged_and_goes_on(
    scheduler: LocalScheduler, caplog: pytest.LogCaptureFixture
) -> None:
    job = Job(fails=True)
    scheduler.every(0.02, "tick", job)
    scheduler.start()
    await job.again()
    await job.again()
    assert 'Job "tick' in caplog.text
    assert "no disk" in caplog.text


async def test_stopping_lets_a_running_job_end() -> None:
    scheduler, job = LocalScheduler(), Job()
    job.go_on.clear()
    scheduler.every(0.01, "tick", job)
    scheduler.start()
    await job.again()
    stopping = asyncio.create_task(scheduler.stop())
    await asyncio.sleep(0)
    job.go_on.set()
    await asyncio.wait_for(stopping, 5)
    assert (job.runs, job.ended) == (1, 1)


async def test_stopping_cancels_what_does_not_end() -> None:
    scheduler, job = LocalScheduler(), Job()
    job.go_on.clear()
    scheduler.every(60, "tick", job)
    scheduler.start()
    await job.again()
    await asyncio.wait_for(scheduler.stop(grace=0), 5)
    assert job.ended == 0


async def test_stopping_before_the_start_and_twice_does_no_harm() -> None:
    scheduler = LocalScheduler()
    await scheduler.stop()
    scheduler.start()
    await scheduler.stop()
    await scheduler.stop()


async def test_a_clock_that_is_set_back_stops_nothing() -> None:
    ahead = timedelta()
    scheduler, job = LocalScheduler(clock=lambda: utc_now() + ahead), Job()
    scheduler.every(3_600, "tick", job)
    scheduler.start()
    await job.again()
    scheduler.check_clock()
    assert job.runs == 1
    ahead = -timedelta(hours=1)
    scheduler.check_clock()
    await job.again()
    assert job.runs == 2
    await scheduler.stop()
