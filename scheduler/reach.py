"""Whether it is our own network that fails, told from the visits of all sources; kept in memory.

One source that cannot be reached has a fault of its own. If several that answered lately cannot be
reached one after the other, and nothing at all answers in between, the network is presumed down:
then no source that answered lately is blamed. The first answer ends it, and what was missed is
made up for.

`ENOUGH` hosts have to fail for it, or all there are where fewer were ever seen, but never one
alone: of a single host nobody can tell whose fault it is, so it is taken to be its own. What never
answered, or not for a day, or failed more than once already, says nothing about the network, and
is not excused by it: a list of dead hosts is no outage. Nor does a fault of our own say anything.

The longer an outage lasts, the more seldom it is tried again, up to `LONGEST_TRY`. A source whose
times are written keeps to them meanwhile, save for one at a time that is tried in place of all.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from news.source import DueSource
from news.url import host_of
from news.visit import Failed, Visit

ENOUGH = 3
FEWEST = 2

FIRST_TRY = timedelta(minutes=3)
"""A source that could not be reached is tried again so soon, while the network seems down."""

LONGEST_TRY = timedelta(minutes=15)
"""However long an outage lasts, something is tried again after so long: it ends unannounced."""

_LATELY = timedelta(hours=24)


class Turn(Enum):
    """What a visit changed about the network."""

    DOWN = "down"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse:
    """A visit that failed by the network's fault; another try is worth it after `rest`.

    `in_place_of_all` tells that this source is tried then even if its own times are more seldom.
    """

    rest: timedelta
    in_place_of_all: bool = False


@dataclass(slots=True, kw_only=True)
class Reach:
    """Follows the visits of one process; `since` is when the present or last outage began."""

    down: bool = False
    since: datetime | None = None
    _known: set[str] = field(default_factory=set)
    _unreached: set[str] = field(default_factory=set)
    _failures: int = 0
    _tried_next: tuple[datetime, int] | None = None

    def noted(self, source: DueSource, visit: Visit) -> Turn | None:
        """Take account of a visit that just ended; tell if the network went down or is back."""
        if _answered(visit):
            self._remember(host_of(source.settings.url))
            return self._answer()
        if not _unreachable(visit) or not _answered_lately(source, visit):
            return None
        self._remember(host_of(source.settings.url))
        if self.down or source.rhythm.failures > 1:
            return None
        return self._silence(host_of(source.settings.url), visit.at)

    def excuse(self, source: DueSource, visit: Visit) -> Excuse | None:
        """Return what excuses a failed visit by the network; None where the source is to blame."""
        if not self.down or not _unreachable(visit) or not _answered_lately(source, visit):
            return None
        settings, lasted = source.settings, visit.at - (self.since or visit.at)
        rest = max(min(settings.every or FIRST_TRY, FIRST_TRY), min(lasted, LONGEST_TRY))
        if settings.cron is None and (settings.every or rest) <= rest:
            self._tried_next = (visit.at + rest, source.id)
            return Excuse(rest=rest)
        at, by = self._tried_next or (visit.at, source.id)
        if at > visit.at and by != source.id:
            return Excuse(rest=rest)
        self._tried_next = (visit.at + rest, source.id)
        return Excuse(rest=rest, in_place_of_all=True)

    def _answer(self) -> Turn | None:
        self._unreached.clear()
        self._failures = 0
        self._tried_next = None
        was_down, self.down = self.down, False
        return Turn.BACK if was_down else None

    def _silence(self, host: str, at: datetime) -> Turn | None:
        begins = self.since is None or not self._unreached
        self.since = at if begins or self.since is None else min(self.since, at)
        self._unreached.add(host)
        self._failures += 1
        hosts = max(FEWEST, min(ENOUGH, len(self._known)))
        self.down = len(self._unreached) >= hosts and self._failures >= ENOUGH
        return Turn.DOWN if self.down else None

    def _remember(self, host: str) -> None:
        if len(self._known) < ENOUGH:
            self._known.add(host)


def _answered(visit: Visit) -> bool:
    match visit.outcome:
        case Failed(unreachable=False, ours=False):
            return visit.status is not None
        case outcome:
            return not isinstance(outcome, Failed)


def _unreachable(visit: Visit) -> bool:
    return isinstance(visit.outcome, Failed) and visit.outcome.unreachable


def _answered_lately(source: DueSource, visit: Visit) -> bool:
    """Tell whether it answered within a day, or within twice its own time where that is longer."""
    if source.last_good_at is None:
        return False
    usual = source.settings.every or source.rhythm.interval or timedelta()
    return visit.at - source.last_good_at <= max(_LATELY, 2 * usual)
