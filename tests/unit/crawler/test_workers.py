"""Workers: real processes, killed in every way there is."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import psutil
import pytest

from crawler.workers import NotTaken, WorkerFailed, WorkerLimits, WorkerPool

DOCUMENTS = "tests.unit.crawler.documents"
SMALL = WorkerLimits(cpu=timedelta(seconds=0.2), memory=512 * 1024**2)


@contextlib.asynccontextmanager
async def pool_of(
    limits: WorkerLimits | None = None, *, size: int = 1, patience: timedelta | None = None
) -> AsyncIterator[WorkerPool]:
    pool = WorkerPool(size=size, limits=limits, patience=patience)
    try:
        yield pool
    finally:
        await pool.close()


async def ask(pool: WorkerPool, function: str, document: bytes = b"", **limits: float) -> object:
    deadline = timedelta(seconds=limits.get("deadline", 20))
    return await pool.call(f"{DOCUMENTS}:{function}", document, deadline=deadline)


async def pid_of_worker(pool: WorkerPool) -> int:
    answer = await ask(pool, "pid")
    assert isinstance(answer, bytes)
    return int(answer)


async def gone(pid: int) -> None:
    """Wait until a process has ended, without gathering it (its parent does)."""
    ended = asyncio.Event()
    descriptor = os.pidfd_open(pid)
    asyncio.get_running_loop().add_reader(descriptor, ended.set)
    try:
        await asyncio.wait_for(ended.wait(), 10)
    finally:
        asyncio.get_running_loop().remove_reader(descriptor)
        os.close(descriptor)


async def test_a_document_comes_back_as_the_function_made_it() -> None:
    async with pool_of() as pool:
        assert await ask(pool, "echo", b"abc") == b"cba"
        assert await ask(pool, "echo", b"") == b""


async def test_a_document_of_ten_mebibytes_passes() -> None:
    document = bytes(range(256)) * 40_960
    async with pool_of() as pool:
        assert await ask(pool, "echo", document) == document[::-1]


async def test_what_a_library_prints_does_not_break_the_answer() -> None:
    async with pool_of() as pool:
        assert await ask(pool, "chatter", b"first") == b"first"
        assert await ask(pool, "chatter", b"second") == b"second"


async def test_a_worker_serves_many_documents_and_is_then_replaced() -> None:
    async with pool_of(WorkerLimits(documents=2)) as pool:
        first, second, third = [await pid_of_worker(pool) for _ in range(3)]
        assert first == second != third


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("spin", "took more than 0.2 s of CPU"),
        ("hoard", "ran out of memory"),
        ("die", "its process was ended by SIGKILL"),
        ("leave", "its process ended with status 3"),
        ("raise_with_quote", "failed with ValueError"),
        ("no_such_function", "failed with AttributeError"),
    ],
)
async def test_a_document_that_breaks_its_worker_harms_only_itself(
    function: str, reason: str
) -> None:
    async with pool_of(SMALL) as pool:
        assert await ask(pool, function, b"a secret") == WorkerFailed(reason)
        assert await ask(pool, "echo", b"next") == b"txen"


async def test_a_worker_that_hangs_is_replaced_at_the_deadline() -> None:
    async with pool_of() as pool:
        before = await pid_of_worker(pool)
        assert await ask(pool, "hang", deadline=0.2) == WorkerFailed("took longer than 0.2 s")
        assert await pid_of_worker(pool) != before


async def test_a_call_that_is_cancelled_leaves_no_answer_to_the_next() -> None:
    async with pool_of() as pool:
        before = await pid_of_worker(pool)
        task = asyncio.create_task(ask(pool, "hang"))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(task, 0.05)
        assert await ask(pool, "echo", b"mine") == b"enim"
        assert await pid_of_worker(pool) != before


async def test_a_document_that_no_worker_takes_in_time_goes_back() -> None:
    async with pool_of(patience=timedelta(seconds=0.1)) as pool:
        hanging = asyncio.create_task(ask(pool, "hang", deadline=2))
        await asyncio.sleep(0)
        busy = NotTaken("the workers were busy for too long")
        assert await asyncio.wait_for(ask(pool, "echo", b"ab"), 1.5) == busy
        assert await hanging == WorkerFailed("took longer than 2 s")
        assert await ask(pool, "echo", b"ab") == b"ba"


async def test_workers_work_side_by_side_up_to_the_size_of_the_pool() -> None:
    async with pool_of(size=2) as pool:
        answers = await asyncio.gather(*(pid_of_worker(pool) for _ in range(6)))
        assert len(set(answers)) == 2


async def test_an_idle_worker_ends() -> None:
    async with pool_of(WorkerLimits(idle=timedelta(milliseconds=10))) as pool:
        before = await pid_of_worker(pool)
        await gone(before)
        assert await pid_of_worker(pool) != before


async def test_an_idle_worker_that_was_killed_from_outside_costs_one_document_at_most() -> None:
    async with pool_of() as pool:
        worker = psutil.Process(await pid_of_worker(pool))
        worker.kill()
        answers = [await ask(pool, "echo", b"ab") for _ in range(2)]
        assert answers[-1] == b"ba"


async def test_closing_answers_what_is_under_way_and_leaves_no_process() -> None:
    pool = WorkerPool(size=1)
    worker = psutil.Process(await pid_of_worker(pool))
    hanging = asyncio.create_task(ask(pool, "hang"))
    waiting = asyncio.create_task(ask(pool, "echo"))
    await asyncio.sleep(0)
    await pool.close()
    assert await hanging == WorkerFailed("its process was ended by SIGKILL")
    stopping = NotTaken("the workers are stopping")
    assert await waiting == stopping
    assert await ask(pool, "echo") == stopping
    assert not worker.is_running()


async def test_a_worker_ignores_ctrl_c_and_has_a_session_of_its_own() -> None:
    async with pool_of() as pool:
        assert await ask(pool, "signals") == b"True True"


async def test_a_worker_does_not_see_the_secrets_of_our_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "a secret")
    async with pool_of() as pool:
        names = await ask(pool, "environment")
    assert isinstance(names, bytes)
    assert b"PATH" in names.split()
    assert b"SMTP_PASSWORD" not in names


async def test_no_descriptor_is_left_behind() -> None:
    async with pool_of() as pool:
        await ask(pool, "die")
    before, others = psutil.Process().num_fds(), psutil.Process().children()
    async with pool_of(size=2) as pool:
        await asyncio.gather(*(ask(pool, "die") for _ in range(4)))
    assert psutil.Process().num_fds() == before
    assert psutil.Process().children() == others


PARENT = """
import asyncio, sys
from crawler.workers import WorkerPool

async def main():
    pool = WorkerPool(size=1)
    print((await pool.call("tests.unit.crawler.documents:pid", b"")).decode(), flush=True)
    await pool.call("tests.unit.crawler.documents:hang", b"")

asyncio.run(main())
"""


def test_a_worker_does_not_outlive_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    with parent:
        assert parent.stdout is not None
        worker = psutil.Process(int(parent.stdout.readline()))
        os.kill(parent.pid, signal.SIGKILL)
    worker.wait(timeout=10)
    assert not worker.is_running()
