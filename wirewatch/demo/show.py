"""The demo from its first line to its score: a stage, one wirewatch, and the way between them."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeAlias

from wirewatch.demo.exhibits import Exhibit, exhibits
from wirewatch.demo.installation import Installation, stop
from wirewatch.demo.noted import articles, used
from wirewatch.demo.scorecard import Scorecard
from wirewatch.demo.script import Script
from wirewatch.demo.shouts import Shout
from wirewatch.demo.stage import Stage, StageError

OPENING = timedelta(seconds=60)
SETTLING = timedelta(seconds=90)
FOLLOW_SECONDS = 0.2
LAST_LINES = 15

Shown: TypeAlias = Callable[[], Awaitable[list[Exhibit]]]
"""What the performance left behind, asked for only where somebody wants to see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who watches: told of what happens on the stage, of each line of `run`, and of the end.

    `ended` may take its time (`--keep` does); everything stays up until it returns.
    """

    shout: Callable[[Shout], None]
    line: Callable[[str], None]
    ended: Callable[[Scorecard, Shown], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How it ended: the score, and whether `run` stopped by itself when it was asked to."""

    card: Scorecard
    stopped: bool

    @property
    def good(self) -> bool:
        """Whether there is nothing to complain of."""
        return self.card.exact and self.stopped


async def perform(
    script: Script, *, beat: timedelta, folder: Path, archive: str | None, audience: Audience
) -> Ending:
    """Play `script` to a wirewatch that runs in `folder`; StageError if it cannot be played."""
    if archive is not None and await asyncio.to_thread(used, archive):
        raise StageError(
            "that archive is in use, and its channels would be sent invented news; "
            "name an empty one, for example a file that is not there yet"
        )
    async with Stage(script, beat=beat, shout=audience.shout) as stage:
        installation = stage.installation(folder, archive)
        async with running(installation, audience.line) as child:
            await alive(child, stage.opening(patience=OPENING), installation)
            await alive(child, stage.play(), installation)
            noted = await stage.settled(partial(articles, installation.archive), patience=SETTLING)
            shown = partial(exhibits, installation, stage.newsroom, stage.performed)
            await audience.ended(stage.scorecard(noted), shown)
            stopped = await stop(child)
        # Once more: what arrived after the count, up to the very end, belongs to the score.
        return Ending(card=stage.scorecard(noted), stopped=stopped)


@asynccontextmanager
async def running(
    installation: Installation, line: Callable[[str], None]
) -> AsyncIterator[Process]:
    """Start `run`, follow its log, and leave no process behind whatever happens."""
    child = await installation.start()
    following = asyncio.create_task(_follow(installation.log, line))
    try:
        yield child
    finally:
        await stop(child)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def alive(child: Process, work: Awaitable[None], installation: Installation) -> None:
    """Wait for `work`; StageError, with the log's last lines, if `child` ends before it."""
    working = asyncio.ensure_future(work)
    ending = asyncio.create_task(child.wait())
    try:
        await asyncio.wait({working, ending}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise StageError(f"wirewatch run ended by itself:\n{last_lines(installation.log)}")
        await working
    finally:
        working.cancel()
        ending.cancel()
        await asyncio.gather(working, ending, return_exceptions=True)


def last_lines(log: Path) -> str:
    """Return the end of what `run` had to say."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"  {line}" for line in lines[-LAST_LINES:])


async def _follow(log: Path, line: Callable[[str], None]) -> None:
    with log.open(encoding="utf-8", errors="replace") as stream:
        rest = ""
        while True:
            *whole, rest = (rest + stream.read()).split("\n")
            for each in whole:
                line(each)
            await asyncio.sleep(FOLLOW_SECONDS)
