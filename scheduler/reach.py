"""Whether it is our own network that fails, told from the visits of all sources; kept in memory.

One source that cannot be reached has a fault of its own. If several that answered before cannot be
reached one after the other, and nothing at all answers in between, the network is presumed down:
then no source is blamed, and each is tried again within minutes. The first answer ends it.

`ENOUGH` hosts have to fail for it, or all there are where fewer were ever seen, but never one
alone: of a single host nobody can tell whose fault it is, so it is taken to be its own. A source
that failed more than once already says nothing about the network.
"""

from dataclasses import dataclass, field
from enum import Enum

from news.source import DueSource
from news.url import host_of
from news.visit import Failed, Visit

ENOUGH = 3
FEWEST = 2


class Turn(Enum):
    """What a visit changed about the network."""

    DOWN = "down"
    BACK = "back"


@dataclass(slots=True, kw_only=True)
class Reach:
    """Follows the visits of one process."""

    down: bool = False
    _known: set[str] = field(default_factory=set)
    _unreached: set[str] = field(default_factory=set)
    _failures: int = 0

    def noted(self, source: DueSource, visit: Visit) -> Turn | None:
        """Take account of a visit that just ended; tell if the network went down or is back."""
        host = host_of(source.settings.url)
        self._remember(host)
        if not _unreachable(visit):
            self._unreached.clear()
            self._failures = 0
            was_down, self.down = self.down, False
            return Turn.BACK if was_down else None
        if self.down or source.rhythm.failures > 1:
            return None
        self._unreached.add(host)
        self._failures += 1
        self.down = self._enough()
        return Turn.DOWN if self.down else None

    def excuses(self, visit: Visit) -> bool:
        """Tell whether a failed visit is the network's fault, and not its source's."""
        return self.down and _unreachable(visit)

    def _enough(self) -> bool:
        hosts = max(FEWEST, min(ENOUGH, len(self._known)))
        return len(self._unreached) >= hosts and self._failures >= ENOUGH

    def _remember(self, host: str) -> None:
        if len(self._known) < ENOUGH:
            self._known.add(host)


def _unreachable(visit: Visit) -> bool:
    return isinstance(visit.outcome, Failed) and visit.outcome.unreachable
