"""Sources that fail and answer as a test says, and a board that tells of it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar

from archive import notices, outbox, sources
from archive.database import Database, Transaction
from archive.notices import KeptNotice
from news.cadence import NextVisit
from news.entry import Entry
from news.gap import Gap
from news.source import DueSource, Validators
from news.visit import Failed, Outcome, Told, Visit
from scheduler.cadence import Bounds, VisitMoment, next_visit
from tests.integration.story_world import LEASE, NOTHING, World
from wirewatch.desk import Rules
from wirewatch.events import NoticeGiven
from wirewatch.notice_board import NoticeBoard
from wirewatch.pipeline import Pipeline

T = TypeVar("T")
DOWN = Failed(reason="HTTP 503 Service Unavailable")
GONE = Failed(reason="HTTP 410 Gone", gone=True)


@dataclass
class Answers:
    """What each source answers, by its name; the others answer that nothing is new."""

    world: World
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    usual: Outcome = NOTHING

    async def visit(self, source: DueSource) -> Visit:
        outcome = self.outcomes.get(source.settings.name, self.usual)
        status = 503 if outcome is DOWN else None
        return Visit(at=self.world.now, outcome=outcome, status=status, ms=7)


class NoticeWorld(World):
    """A world whose sources are visited as in earnest, with channels that hear of them."""

    def __init__(self, archive: Database, *to: str) -> None:
        super().__init__(archive)
        self.answers, self.to = Answers(self), to
        self.pipeline = replace(
            self.pipeline, readers={"feed": self.answers}, next_visit=self._in_earnest
        )
        self.board = self.another_board()
        for name in to:
            self.add_channel(name)

    def another_board(self, **more: Any) -> NoticeBoard:
        return NoticeBoard(
            database=self.archive,
            rules=Rules(),
            to=self._hearing,
            clock=lambda: self.now,
            **more,
        )

    async def _hearing(self) -> tuple[str, ...]:
        return self.to

    def _in_earnest(
        self, source: DueSource, visit: Visit, *, new: int, gap: Gap | None = None
    ) -> NextVisit:
        moment = VisitMoment(
            source=source,
            outcome=visit.outcome,
            new=new,
            gap=gap,
            excuse=self.pipeline.reach.excuse(source, visit),
        )
        return next_visit(moment, Bounds(), now=self.now, jitter=0)

    async def visit_due(self, pipeline: Pipeline | None = None) -> int:
        """Visit whatever is due now; return how many there were."""
        with self.archive.writing() as conn:
            due = sources.claim_due(conn, now=self.now, lease=LEASE, limit=1_000)
        for source in due:
            await (pipeline or self.pipeline).visit(source)
        return len(due)

    async def visit_telling(self, *told: Entry) -> None:
        """Let every source tell these entries at its next visit."""
        self.answers.usual = Told(entries=told, validators=Validators())
        while not await self.visit_due():
            self.now += timedelta(minutes=10)
        await self.board.look()

    async def live(self, *, until: timedelta, step: timedelta = timedelta(minutes=1)) -> None:
        """Let time pass, each step with the visits and the looks that are due."""
        end = self.now + until
        while self.now < end:
            await self.visit_due()
            await self.board.look()
            self.now += step

    def kept(self) -> list[KeptNotice]:
        """Return the notices, oldest first."""
        with self.archive.reading() as conn:
            return notices.listing(conn, limit=1_000)[::-1]

    def kinds(self) -> list[str]:
        return [one.notice.kind.value for one in self.kept()]

    def told(self) -> Counter[str]:
        """Count the messages that are owed, by type."""
        return Counter(str(payload["type"]) for payload in self.payloads())

    def said(self) -> list[str]:
        return [event.words for event in self.events if isinstance(event, NoticeGiven)]

    def waiting(self) -> int:
        with self.archive.reading() as conn:
            return outbox.waiting(conn)


class KilledError(Exception):
    """Stands for the end of the process."""


class Dying(Database):
    """An archive whose process dies at the end of a transaction, before it is kept."""

    def __init__(self, archive: Database) -> None:
        self.__dict__.update(vars(archive))

    async def write(self, do: Callable[[Transaction], T]) -> T:
        with self.writing() as conn:
            do(conn)
            raise KilledError


def names_in(payload: Mapping[str, Any]) -> list[str]:
    """Return the sources that a message names."""
    data = payload["data"]
    several = [one["data"] for one in data["notices"]] if "notices" in data else [data]
    return [one["source"]["name"] for one in several]
