"""The health of sources as the commands tell it: a state in one word, and what speaks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive import source_figures, source_health, sources
from archive.database import Transaction
from archive.source_health import Lag, PastVisit, Rest
from archive.sources import KeptSource
from news.gap import ONE_A_DAY
from scheduler.cadence import Bounds, explained
from scheduler.habit import habit_of
from scheduler.overdue import Overdue, overdue
from scheduler.rolling import rolls_over_in
from wirewatch.cli.screen import Screen

_TWICE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How one source is doing; what is not known of it yet is None."""

    source: KeptSource
    now: datetime
    per_day: float | None = None
    lag: Lag | None = None
    gaps: int = 0
    answer: PastVisit | None = None
    rest: Rest | None = None
    because: str = ""

    @property
    def overdue(self) -> Overdue | None:
        """Return its silence, if that is longer than it ever is: up to its last good visit."""
        one = self.source
        if one.paused or one.failing_since is not None or one.last_good_at is None:
            return None
        return overdue(one.rhythm, one.last_new_at, one.last_good_at)

    @property
    def rolls_over_in(self) -> timedelta | None:
        """Return within what time all that it lists is replaced, as far as that was seen."""
        habit = habit_of(self.source.rhythm.habit)
        found = None if habit is None else rolls_over_in(habit, self.now.timestamp())
        return None if found is None else timedelta(seconds=found)

    @property
    def lost_lately(self) -> bool:
        """Tell whether entries of it were lost within a day."""
        return self.source.gap_at is not None and self.now - self.source.gap_at < ONE_A_DAY

    @property
    def state(self) -> str:
        """Return the one word that matters most."""
        one = self.source
        if one.paused:
            return "paused"
        if one.failing_since is not None:
            return "failing"
        if self.overdue is not None:
            return "overdue"
        if self.lost_lately:
            return "gaps"
        return "new" if one.last_visit_at is None else "ok"

    @property
    def needs_somebody(self) -> bool:
        """Tell whether it is in trouble, or stopped by it; what a person let rest, rests."""
        one = self.source
        if one.paused:
            stopped = (one.paused_reason or "").startswith(one.last_reason or "\n")
            return stopped and one.failing_since is not None
        return self.state in {"failing", "overdue", "gaps"}

    def words(self, screen: Screen) -> str:
        """Say what is the matter, "" where nothing is."""
        one, silence = self.source, self.overdue
        if one.paused:
            return one.paused_reason or ""
        if one.failing_since is not None:
            times = f", {one.rhythm.failures} times" if one.rhythm.failures >= _TWICE else ""
            return f"since {screen.ago(one.failing_since)}{times}: {one.last_reason}"
        if silence is not None:
            usual = length(silence.usual)
            last = screen.ago(silence.since)
            return f"last new {last}, though something comes every {usual} or so"
        if self.lost_lately and one.gap_at is not None:
            return f"entries may have been lost before {screen.ago(one.gap_at)}"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the archive says of all sources at once."""

    known: Sequence[KeptSource]
    now: datetime
    bounds: Bounds
    pace: Mapping[int, float] = field(default_factory=dict)
    lags: Mapping[int, Lag] = field(default_factory=dict)
    gaps: Mapping[int, int] = field(default_factory=dict)
    answers: Mapping[int, PastVisit] = field(default_factory=dict)
    rests: Mapping[int, Rest] = field(default_factory=dict)

    def of(self, one: KeptSource) -> Health:
        """Return how one source is doing."""
        return Health(
            source=one,
            now=self.now,
            per_day=self.pace.get(one.id),
            lag=self.lags.get(one.id),
            gaps=self.gaps.get(one.id, 0),
            answer=self.answers.get(one.id),
            rest=self.rests.get(one.id),
            because=explained(one.settings, one.rhythm, self.bounds, now=self.now),
        )


def figures(conn: Transaction, *, now: datetime, bounds: Bounds) -> Figures:
    """Ask the archive, a statement for each figure."""
    return Figures(
        known=sources.listing(conn),
        now=now,
        bounds=bounds,
        pace=source_figures.pace(conn, now=now),
        lags=source_health.lags(conn, now=now),
        gaps=source_health.gaps(conn, now=now),
        answers=source_health.last_answers(conn),
        rests=source_health.rests(conn, now=now),
    )


def length(span: timedelta | None) -> str:
    """Return a length of time in few letters: "40 s", "5 min", "3 h", "2 d"; "-" for none."""
    if span is None:
        return "-"
    seconds = max(0, round(span.total_seconds()))
    for size, name in ((172_800, "d"), (7_200, "h"), (120, "min")):
        if seconds >= size:
            return f"{round(seconds / {'d': 86_400, 'h': 3_600, 'min': 60}[name])} {name}"
    return f"{seconds} s"


def answer_in_words(answer: PastVisit | None) -> str:
    """Say how a visit ended: "200, 3 new", "304, unchanged", "HTTP 500"."""
    if answer is None:
        return "-"
    if answer.outcome == "failed":
        return answer.reason or "failed"
    status = f"{answer.status}, " if answer.status else ""
    if answer.outcome == "unchanged":
        return f"{status}unchanged"
    return f"{status}{answer.new} new" if answer.new else f"{status}nothing new"
