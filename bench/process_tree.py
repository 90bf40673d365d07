"""`wirewatch run` as a process with all below it: what it takes of memory and CPU."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from wirewatch.demo.installation import COMMAND

_STOP_WITHIN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a tree of processes takes: PSS in MiB, CPU (user and system) in seconds, files open."""

    memory: float
    cpu: float
    files: int
    processes: int


@contextmanager
def running(folder: Path, configuration: str) -> Iterator[psutil.Process]:
    """Run wirewatch on `configuration` in `folder`, its output going into run.log there."""
    (folder / "wirewatch.toml").write_text(configuration, "utf-8")
    with (folder / "run.log").open("wb") as log:
        child = subprocess.Popen(
            [*COMMAND, "run"], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        yield psutil.Process(child.pid)
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()
            raise


def taken(process: psutil.Process) -> Taken:
    """Look at `process` and all its children, as they are now."""
    memory = cpu = 0.0
    files = processes = 0
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            memory += one.memory_full_info().pss / 2**20
            times = one.cpu_times()
            cpu += times.user + times.system
            files += one.num_fds()
            processes += 1
    return Taken(memory=memory, cpu=cpu, files=files, processes=processes)
