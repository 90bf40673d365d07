"""One performance of the script: newsroom and receivers live here, wirewatch lives elsewhere.

So wirewatch may be killed and started again at will (the kill harness does) while the newsroom
goes on publishing and the receivers keep what arrived.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from news.clock import Clock, utc_now
from wirewatch.demo.installation import Installation, Ways, configuration
from wirewatch.demo.mailbox import Mailboxes
from wirewatch.demo.newsroom import Newsroom
from wirewatch.demo.receiver import SLOW_SECONDS, Message, Receiver
from wirewatch.demo.scorecard import Performed, Scorecard, owed, score
from wirewatch.demo.script import Script
from wirewatch.demo.shouts import Shout, of_happening, of_message

LOOK_EVERY = timedelta(seconds=0.2)
QUIET = timedelta(seconds=3)
"""How long nothing more may come before the score is taken: what is false comes late."""
PATIENCE = timedelta(seconds=60)
"""How long the script waits for a reader before something may leave a feed."""


class StageError(Exception):
    """The performance cannot go on; the text says why."""


class Stage:
    """Opens the newsroom and the receivers, lets the script happen, and keeps the score."""

    def __init__(
        self,
        script: Script,
        *,
        beat: timedelta,
        shout: Callable[[Shout], None] = lambda _shout: None,
        clock: Clock = utc_now,
        slow_seconds: float = SLOW_SECONDS,
    ) -> None:
        self.script = script
        self.newsroom = Newsroom(script, clock)
        self.receiver = Receiver(script.channels, clock, self._heard, slow_seconds)
        self.mailboxes = Mailboxes(script.channels, clock, self.receiver.hear)
        self.performed: list[Performed] = []
        self._beat = beat
        self._shout = shout
        self._clock = clock
        self._began = clock()
        self._names = {outlet.id: outlet.name for outlet in script.outlets}

    async def __aenter__(self) -> Self:
        """Open everything; the old news is there, nothing has happened yet."""
        await self.newsroom.open()
        await self.receiver.open()
        await self.mailboxes.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close everything."""
        await self.newsroom.close()
        await self.receiver.close()
        await self.mailboxes.close()

    def installation(self, folder: Path, archive: str | None = None) -> Installation:
        """Write a wirewatch.toml for this stage into `folder`."""
        url = archive or f"sqlite:///{folder.absolute()}/wirewatch.db"
        made = Installation(folder=folder, archive=url)
        ways = Ways(self.receiver, self.mailboxes)
        text = configuration(self.script, self.newsroom, ways, url)
        made.configuration.write_text(text, encoding="utf-8")
        return made

    async def opening(self, *, patience: timedelta) -> None:
        """Wait until somebody has read every feed; the script's time starts then."""
        if not await self._until(self.newsroom.read_once, patience):
            raise StageError(f"not every feed was read within {patience.total_seconds():.0f} s")
        self._began = self._clock()

    async def play(self) -> None:
        """Let everything of the script happen at its time."""
        for happening in self.script.happenings:
            await self._sleep_until(self._began + happening.at * self._beat)
            if not await self._until(partial(self.newsroom.may_happen, happening), PATIENCE):
                raise StageError(f"nobody has kept what is to leave the feed: {happening}")
            # Noted as having happened before it shows, so that no delay comes out too short.
            self.performed.append(Performed(self._clock(), happening))
            self.newsroom.perform(happening, beat=self._beat)
            self._shout(of_happening(happening, self._names, self._beat, self._seconds()))

    async def settled(
        self,
        noted: Callable[[], Awaitable[int]],
        *,
        patience: timedelta,
        quiet: timedelta = QUIET,
    ) -> int:
        """Wait until all that is owed arrived and it stays `quiet`, or `patience` ends.

        `noted` counts the archive's articles; the last count is returned.
        """
        deadline = self._clock() + patience
        still_since, still = self._clock(), (-1, -1)
        while True:
            now, articles = self._clock(), await noted()
            state = (articles, len(self.receiver.messages))
            if state != still:
                still_since, still = now, state
            card = self.scorecard(articles)
            complete = not card.missed and card.noted >= card.published
            if now > deadline or (complete and now - still_since >= quiet):
                return articles
            await asyncio.sleep(LOOK_EVERY.total_seconds())

    def scorecard(self, noted: int) -> Scorecard:
        """Return the score so far, for so many articles in the archive."""
        return score(
            self.script,
            self.performed,
            self.receiver.messages,
            article_at=self.newsroom.article_at,
            noted=noted,
        )

    def owed_so_far(self) -> int:
        """Return how many alerts what has happened calls for."""
        return len(owed(self.script, self.performed))

    def asked(self) -> int:
        """Count every request that the newsroom or a receiver has answered so far."""
        answers = sum(stand.answers.total() for stand in self.newsroom.stands.values())
        return answers + len(self.receiver.messages)

    async def _sleep_until(self, moment: datetime) -> None:
        await asyncio.sleep(max(0.0, (moment - self._clock()).total_seconds()))

    async def _until(self, holds: Callable[[], bool], patience: timedelta) -> bool:
        deadline = self._clock() + patience
        while not holds():
            if self._clock() > deadline:
                return False
            await asyncio.sleep(LOOK_EVERY.total_seconds() / 4)
        return True

    def _heard(self, message: Message) -> None:
        for shout in of_message(message, self._seconds()):
            self._shout(shout)

    def _seconds(self) -> float:
        return (self._clock() - self._began).total_seconds()
