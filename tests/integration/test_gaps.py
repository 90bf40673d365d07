"""A feed of ten entries that publishes forty between two visits, over real archives."""

from bisect import bisect_right
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from archive import source_health, sources
from archive.database import Database
from archive.schema import sources as source_rows
from archive.schema import visits
from news.cadence import NextVisit
from news.entry import Entry
from news.gap import Gap
from news.source import DueSource, Validators
from news.visit import Told, Visit
from scheduler.cadence import Bounds, VisitMoment, next_visit
from tests.integration.story_world import NOW, World
from wirewatch.events import SourceVisited

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TEN = 10


class RollingWorld(World):
    """A world whose one source lists its ten newest items, and is visited by the cadence."""

    def __init__(self, archive: Database, published: list[datetime]) -> None:
        super().__init__(archive)
        self.published = sorted(published)
        self.pipeline = replace(self.pipeline, next_visit=self._by_cadence)

    def _by_cadence(
        self, source: DueSource, visit: Visit, *, new: int, gap: Gap | None = None
    ) -> NextVisit:
        moment = VisitMoment(source=source, outcome=visit.outcome, new=new, gap=gap)
        return next_visit(moment, Bounds(), now=self.now, jitter=0.0)

    async def live(self, *, until: datetime) -> None:
        """Visit the source whenever it is due."""
        while (at := self.due()) <= until:
            self.now = at
            await self.visit(outcome=self._document())

    def _document(self) -> Told:
        there = bisect_right(self.published, self.now)
        entries = tuple(
            Entry(
                url=f"https://yonhap.test/{n}",
                title=f"Story {n}",
                published=self.published[n],
            )
            for n in range(max(0, there - TEN), there)
        )
        return Told(entries=entries, validators=Validators())

    def due(self) -> datetime:
        with self.archive.reading() as conn:
            at: datetime = conn.execute(select(source_rows.c.next_visit_at)).scalar_one()
        return at

    def visited(self) -> list[tuple[datetime, int, bool]]:
        with self.archive.reading() as conn:
            rows = conn.execute(
                select(visits.c.at, visits.c.new, visits.c.gap).order_by(visits.c.at)
            )
            return [(row.at, row.new, row.gap) for row in rows]

    def lost(self) -> list[SourceVisited]:
        return [
            event
            for event in self.events
            if isinstance(event, SourceVisited) and event.lost_since is not None
        ]


def hourly(hours: int) -> list[datetime]:
    return [NOW + hour * HOUR for hour in range(-60, hours)]


async def test_a_gap_is_said_answered_and_recovered_from(archive: Database) -> None:
    world = RollingWorld(archive, hourly(200))
    number = world.add_source()
    await world.live(until=NOW + 20 * HOUR)
    calm = [later - at for (at, *_), (later, *_) in pairwise(world.visited())]
    assert min(calm[-20:]) > 4 * MINUTE
    assert world.lost() == []

    burst, due = world.visited()[-1][0], world.due()
    step = (due - burst) / 42
    world.published = sorted([*world.published, *(burst + step * n for n in range(1, 41))])
    await world.live(until=due)
    (said,) = world.lost()
    assert (said.lost_since, said.new) == (burst, TEN)
    assert said.next_at is not None
    assert said.next_at - due < min(calm[-20:]) / 2

    await world.live(until=due + 2 * HOUR)
    assert sum(gap for _, _, gap in world.visited()) == 1  # it overlaps again
    with archive.reading() as conn:
        assert source_health.gaps(conn, now=world.now) == {number: 1}
        (kept,) = sources.listing(conn)
    assert kept.gap_at == due

    await world.live(until=due + timedelta(days=2))
    rests = [later[0] - at[0] for at, later in pairwise(world.visited()[-8:])]
    assert max(rests) > 4 * MINUTE  # forgotten


async def test_what_rolls_over_on_and_on_is_kept_up_with(archive: Database) -> None:
    """From one an hour to one in 20 seconds for good: after few gaps, nothing more is lost."""
    flood = [NOW + 10 * HOUR + n * timedelta(seconds=20) for n in range(540)]
    world = RollingWorld(archive, [*hourly(10), *flood])
    world.add_source()
    await world.live(until=NOW + 13 * HOUR)
    gaps = [at for at, _, gap in world.visited() if gap]
    assert 1 <= len(gaps) <= 4
    assert max(gaps) < NOW + 11 * HOUR
