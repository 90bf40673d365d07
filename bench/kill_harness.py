"""Kills `wirewatch run` at random moments of the demo's traffic, and sees what is lost.

Newsroom and receivers live in this process and go on; only wirewatch dies, by SIGKILL, and is
started again at once. What must hold: every alert arrives, each under one id (which may come
again), none is false, and no child process outlives its parent.
"""

import asyncio
import uuid
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

import psutil

from wirewatch.demo.installation import Installation, stop
from wirewatch.demo.noted import articles
from wirewatch.demo.scorecard import Scorecard
from wirewatch.demo.script import Script
from wirewatch.demo.show import last_lines
from wirewatch.demo.stage import Stage

MARK = "WIREWATCH_KILL_HARNESS"
"""Children inherit this variable, so that none can hide."""

OPENING = timedelta(seconds=120)
ORPHANS_GONE_WITHIN = timedelta(seconds=5)
LOOK = timedelta(seconds=0.05)
LURK = timedelta(seconds=15)
"""How long to wait for a sign of work at most."""

WHILE_STARTING = (0.0, 3.0)
AT_WORK = (0.0, 4.0)
WHILE_TELLING = (0.0, 0.05)
"""When blows fall, in seconds: after the start, after the first request, after a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordeal:
    """How often to kill at most; `seed` makes the blows repeatable, as far as two runs are alike.

    `early` is the share of blows that fall while it starts, `telling` the share that falls just
    after a message arrived, while others are being written; the rest falls at any moment of its
    work. `patience` is how long may pass after the last happening until everything has arrived.
    """

    kills: int
    seed: int
    beat: timedelta
    early: float = 0.2
    telling: float = 0.4
    patience: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """What came of an ordeal; `fell` are the times that `run` ended without being killed."""

    card: Scorecard
    kills: int
    orphans: tuple[str, ...]
    fell: tuple[str, ...]
    stopped: bool

    @property
    def whole(self) -> bool:
        """Whether nothing was lost, doubled, made up or left behind."""
        return self.card.exact and self.stopped and not self.orphans and not self.fell


@dataclass(slots=True)
class Victim:
    """One wirewatch through all its lives."""

    installation: Installation
    child: Process
    kills: int = 0
    fell: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    async def die_and_rise(self) -> None:
        """Kill it, start it again at once, and see whether its children went with it."""
        if self.child.returncode is None:
            family = _family(self.child.pid)
            self.child.kill()
            self.kills += 1
        else:
            family = []
            code = self.child.returncode
            self.fell.append(f"code {code}:\n{last_lines(self.installation.log)}")
        await self.child.wait()
        self.child = await self.installation.start()
        self.orphans += await _left_of(family)


async def survive(script: Script, ordeal: Ordeal, folder: Path, archive: str | None) -> Survival:
    """Play `script` to a wirewatch that is killed over and over, and return what came of it."""
    token = uuid.uuid4().hex
    async with Stage(script, beat=ordeal.beat, slow_seconds=1.0) as stage:
        made = replace(stage.installation(folder, archive), environment={MARK: token})
        victim = Victim(made, await made.start())
        try:
            async with _killing(victim, ordeal, stage):
                await stage.opening(patience=OPENING)
                await stage.play()
            noted = await stage.settled(partial(articles, made.archive), patience=ordeal.patience)
        finally:
            stopped = await stop(victim.child)
        orphans = (*victim.orphans, *await _left_of(_marked(token)))
        return Survival(
            card=stage.scorecard(noted),
            kills=victim.kills,
            orphans=orphans,
            fell=tuple(victim.fell),
            stopped=stopped,
        )


@asynccontextmanager
async def _killing(victim: Victim, ordeal: Ordeal, stage: Stage) -> AsyncIterator[None]:
    """Kill `victim` at random moments of the block; at its end it is alive."""
    over = asyncio.Event()
    killing = asyncio.create_task(_kill(victim, ordeal, stage, over))
    try:
        yield
    finally:
        over.set()
        await killing


async def _kill(victim: Victim, ordeal: Ordeal, stage: Stage, over: asyncio.Event) -> None:
    random = Random(ordeal.seed)
    while victim.kills < ordeal.kills:
        blow = random.random()
        if blow < ordeal.early:
            wait = random.uniform(*WHILE_STARTING)
        elif blow < ordeal.early + ordeal.telling:
            await _more(lambda: len(stage.receiver.messages), over)
            wait = random.uniform(*WHILE_TELLING)
        else:
            await _more(stage.asked, over)
            wait = random.uniform(*AT_WORK)
        if await _over_within(over, wait):
            return
        await victim.die_and_rise()


async def _over_within(over: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), seconds)
    return over.is_set()


async def _more(count: Callable[[], int], over: asyncio.Event) -> None:
    """Wait until the count has grown, it is over, or patience ends."""
    loop = asyncio.get_running_loop()
    before, deadline = count(), loop.time() + LURK.total_seconds()

    def waiting() -> bool:
        return count() == before and loop.time() < deadline and not over.is_set()

    while waiting():  # noqa: ASYNC110 - the servers count, and know of nobody who waits
        await asyncio.sleep(LOOK.total_seconds() / 10)


def _family(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _marked(token: str) -> list[psutil.Process]:
    """Return every process that descends from this ordeal's wirewatch, by its environment."""
    return [process for process in psutil.process_iter() if _mark_of(process) == token]


def _mark_of(process: psutil.Process) -> str | None:
    try:
        return process.environ().get(MARK)
    except psutil.Error:
        return None  # gone, or not ours


async def _left_of(processes: Sequence[psutil.Process]) -> list[str]:
    """Return those that are still there after a moment, in words."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + ORPHANS_GONE_WITHIN.total_seconds()
    left = list(processes)
    while left and loop.time() < deadline:
        left = [process for process in left if _alive(process)]
        await asyncio.sleep(LOOK.total_seconds() if left else 0)
    return [f"{process.pid} {_command(process)}" for process in left]


def _alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return "(gone)"
