"""Which page of a site is looked at next within one visit.

The front page comes first, then the sections whose turn it is, those with most news before others;
then pages never seen, or else the one that was left alone longest.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.sites.memory import Section
from crawler.sites.rhythm import DEAD_AFTER
from news.source import Spider

DEPTH, PAGES = 2, 20
MOST_PAGES, MOST_DEPTH = 100, 5
NEW_A_VISIT = 3
"""So many pages never seen before are looked at in one visit after the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far one visit goes."""

    depth: int
    pages: int


def bounds_of(spider: Spider) -> Bounds:
    """Return the bounds that a person set, as far as they are sane."""
    depth = DEPTH if spider.depth is None else spider.depth
    pages = PAGES if spider.pages is None else spider.pages
    return Bounds(depth=max(0, min(depth, MOST_DEPTH)), pages=max(1, min(pages, MOST_PAGES)))


@dataclass(slots=True, kw_only=True)
class Course:
    """The way of visit `number` (from 1 on) through `sections`, which grow meanwhile."""

    front: str
    number: int
    bounds: Bounds
    sections: Mapping[str, Section]
    _looks: int = 0
    _fresh: int = 0
    _queue: deque[str] = field(default_factory=deque)

    def next(self) -> Section | None:
        """Return the page to be looked at now; None when the visit has gone far enough."""
        if self._looks == 0:
            self._queue.append(self.front)
        elif self._looks == 1:
            self._queue.extend(self._due())
        while self._looks < self.bounds.pages:
            key = self._queue.popleft() if self._queue else self._another()
            if key is None:
                return None
            section = self.sections.get(key)
            if section is not None and section.looked < self.number:
                self._looks += 1
                return section
        return None

    def _due(self) -> list[str]:
        due = [
            (key, one)
            for key, one in self.sections.items()
            if one.looked > 0 and self.number - one.looked >= one.every and key != self.front
        ]
        due.sort(key=lambda pair: (-pair[1].news, pair[1].looked, pair[1].depth))
        # One page is kept for what nobody looked at, or not for long.
        return [key for key, _ in due[: max(0, self.bounds.pages - 2)]]

    def _another(self) -> str | None:
        within = [
            (key, one)
            for key, one in self.sections.items()
            if one.looked < self.number and one.depth <= self.bounds.depth
        ]
        fresh = [pair for pair in within if pair[1].looked == 0]
        if fresh and (self.number == 1 or self._fresh < NEW_A_VISIT):
            self._fresh += 1
            return min(fresh, key=lambda pair: pair[1].depth)[0]
        if self._fresh or self.number == 1:
            return None
        self._fresh = NEW_A_VISIT  # one is enough
        old = [pair for pair in within if pair[1].failures < DEAD_AFTER]
        return min(old, key=lambda pair: pair[1].looked)[0] if old else None
