"""Starting, following, stopping and killing the wirewatch under test, with stand-ins for it."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from bench.kill_harness import MARK, Victim
from wirewatch.demo.installation import Installation, stop
from wirewatch.demo.show import alive, last_lines, running
from wirewatch.demo.stage import StageError

WAITS = "import sys, time; print('up', *sys.argv[1:], flush=True); time.sleep(60)"
DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " print('up', flush=True); time.sleep(60)"
)
ENDS = "print('no such archive')"
LEAVES_A_CHILD = (
    "import subprocess, sys, time;"
    " subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
    " start_new_session=True); print('up', flush=True); time.sleep(60)"
)


def stand_in(folder: Path, code: str) -> Installation:
    return Installation(folder=folder, archive="", command=(sys.executable, "-c", code))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - another process sets no event of ours
            await asyncio.sleep(0.01)


async def started(installation: Installation) -> asyncio.subprocess.Process:
    child = await installation.start()
    await until(lambda: "up" in last_lines(installation.log))
    return child


async def never() -> None:
    await asyncio.Event().wait()


async def test_run_is_given_its_file_and_writes_its_log(tmp_path: Path) -> None:
    installation = stand_in(tmp_path, WAITS)
    child = await started(installation)
    assert last_lines(installation.log) == f"  up -c {tmp_path}/wirewatch.toml run"
    assert await stop(child)


async def test_whoever_does_not_stop_is_killed_and_told(tmp_path: Path) -> None:
    child = await started(stand_in(tmp_path, DEAF))
    assert not await stop(child, within=timedelta(seconds=0.2))
    assert child.returncode == -9


async def test_stopping_twice_does_no_harm(tmp_path: Path) -> None:
    child = await started(stand_in(tmp_path, WAITS))
    assert await stop(child)
    assert await stop(child)


async def test_lines_are_followed_as_they_come(tmp_path: Path) -> None:
    lines: list[str] = []
    async with running(stand_in(tmp_path, WAITS), lines.append) as child:
        await until(lambda: bool(lines))
        assert child.returncode is None
    assert lines[0].startswith("up -c ")
    assert child.returncode is not None


async def test_a_run_that_ends_by_itself_ends_the_demo_with_its_last_words(tmp_path: Path) -> None:
    installation = stand_in(tmp_path, ENDS)
    child = await installation.start()
    with pytest.raises(StageError, match="no such archive"):
        await alive(child, never(), installation)


@pytest.mark.parametrize("work", [lambda: asyncio.sleep(0)])
async def test_a_run_that_lives_lets_the_work_end(
    tmp_path: Path, work: Callable[[], Awaitable[None]]
) -> None:
    installation = stand_in(tmp_path, WAITS)
    child = await started(installation)
    await alive(child, work(), installation)
    assert await stop(child)


async def test_the_dead_rise_at_once_and_take_their_children_with_them(tmp_path: Path) -> None:
    installation = stand_in(tmp_path, WAITS)
    victim = Victim(installation, await started(installation))
    first = victim.child.pid
    await victim.die_and_rise()
    assert victim.child.pid != first
    assert (victim.kills, victim.orphans, victim.fell) == (1, [], [])
    await stop(victim.child)


async def test_a_child_that_outlives_its_parent_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.kill_harness.ORPHANS_GONE_WITHIN", timedelta(seconds=0.3))
    installation = replace(stand_in(tmp_path, LEAVES_A_CHILD), environment={MARK: "test"})
    victim = Victim(installation, await started(installation))
    await victim.die_and_rise()
    assert len(victim.orphans) == 1
    await stop(victim.child)
    for process in psutil.process_iter():
        if _is_ours(process):
            process.kill()


def _is_ours(process: psutil.Process) -> bool:
    try:
        return process.environ().get(MARK) == "test"
    except psutil.Error:
        return False


async def test_who_fell_by_itself_is_told_apart_from_who_was_killed(tmp_path: Path) -> None:
    installation = stand_in(tmp_path, ENDS)
    child = await installation.start()
    await child.wait()
    victim = Victim(installation, child)
    await victim.die_and_rise()
    assert victim.kills == 0
    assert victim.fell == ["code 0:\n  no such archive"]
    await victim.child.wait()
