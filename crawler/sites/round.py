"""One round through a site: which page is looked at next, and what each look means.

The front page comes first, then what is due: a section that brought news is looked at at every
visit, one that brings none ever more rarely, and the one that was left alone longest once more at
each visit. What a section shows when it is looked at for the first time may be years old; only
what comes after is news.
"""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from crawler.lists.find import NEVER_ANY
from crawler.lists.learned import Learned, learned_from
from crawler.sites.address import Scope
from crawler.sites.look import Looked
from crawler.sites.memory import MOST_KNOWN, MOST_SECTIONS, Memory, Section, mark_of, memory_written
from news.entry import Entry
from news.source import Spider, Validators
from news.url import canonical_url
from news.visit import Failed, Outcome, Told, Unchanged

DEPTH, PAGES = 2, 20
MOST_PAGES, MOST_DEPTH = 100, 5
RAREST = 32
"""A section is looked at again after so many visits at the latest, if the pages suffice."""

DEAD_AFTER = 3
NEW_A_VISIT = 3
"""So many pages never seen before are looked at in one visit after the first."""

_ON_TRIAL = 4
_FADING = 0.8
_SAID = 3


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
class Round:
    """A visit under way: what is known, what was seen, and what is left to look at."""

    scope: Scope
    bounds: Bounds
    now: datetime
    memory: Memory
    sections: dict[str, Section] = field(default_factory=dict)
    told: dict[str, Entry] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    site: Learned = field(default_factory=Learned)
    title: str | None = None
    anew: bool = False
    changed: bool = False
    _seen: dict[str, None] = field(default_factory=dict)
    _known: frozenset[str] = frozenset()
    _looks: int = 0
    _fresh: int = 0
    _queue: deque[str] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.sections = dict(self.memory.sections)
        self.site, self._known = self.memory.site, frozenset(self.memory.known)
        self.sections.setdefault(self.front, Section(url=self.scope.site, depth=0))
        for url in self.scope.ours():
            self.sections.setdefault(url, Section(url=url, depth=1))
        self.broken += [f"{url} is another site's" for url in self.scope.strange()]
        self._queue.append(self.front)

    @property
    def front(self) -> str:
        """Return the key of the front page."""
        return canonical_url(self.scope.site)

    @property
    def number(self) -> int:
        """Return the number of this visit, from 1 on."""
        return self.memory.visits + 1

    def next(self) -> Section | None:
        """Return the page to be looked at now; None when the visit has gone far enough."""
        if self._looks == 1:
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

    def take(self, section: Section, found: Looked | Unchanged | Failed) -> None:
        """Learn from a look at `section`."""
        key = canonical_url(section.url)
        section = replace(section, looked=self.number)
        match found:
            case Looked():
                self._looked(key, section, found)
            case Unchanged(validators=validators):
                self._quiet(key, replace(section, validators=validators, failures=0, fault=""))
            case Failed(reason=reason, gone=gone):
                self._failed(key, section, reason, gone=gone)
            case _:
                assert_never(found)

    def failed(self, failure: Failed) -> Failed:
        """Return what it means that the front page failed: all that was known stays so."""
        learned = failure.learned and memory_written(
            replace(
                self.memory, visits=max(1, self.memory.visits), site=learned_from(failure.learned)
            )
        )
        return replace(failure, learned=learned or None)

    def outcome(self) -> Outcome:
        """Return what the visit brought."""
        learned = memory_written(self._remembered())
        if not self.changed and not self.told:
            return Unchanged(validators=Validators(), learned=learned)
        if not self._seen and not self._known:
            return Failed(reason=NEVER_ANY, learned=learned)
        return Told(
            entries=tuple(self.told.values()),
            validators=Validators(),
            title=self.title,
            broken="; ".join(self.broken[:_SAID]) or None,
            learned=learned,
            anew=self.anew,
            dropped=len(self._seen) - len(self.told),
            opened=tuple(entry.url or "" for key, entry in self.told.items() if key in self.opened),
        )

    def _due(self) -> list[str]:
        """Return the sections whose turn it is, those with most news first."""
        due = [
            (key, one)
            for key, one in self.sections.items()
            if one.looked > 0 and self.number - one.looked >= one.every and key != self.front
        ]
        due.sort(key=lambda pair: (-pair[1].news, pair[1].looked, pair[1].depth))
        # One page is kept for what nobody looked at, or not for long.
        return [key for key, _ in due[: max(0, self.bounds.pages - 2)]]

    def _another(self) -> str | None:
        """Return a page never seen, the nearest first; failing that, the one left alone longest."""
        within = [
            (key, one)
            for key, one in self.sections.items()
            if one.looked < self.number and one.depth <= self.bounds.depth
        ]
        fresh = [pair for pair in within if pair[1].looked == 0]
        if fresh and (self.memory.visits == 0 or self._fresh < NEW_A_VISIT):
            self._fresh += 1
            return min(fresh, key=lambda pair: pair[1].depth)[0]
        if self._fresh or self.memory.visits == 0:
            return None
        self._fresh = NEW_A_VISIT  # one is enough
        old = [pair for pair in within if pair[1].failures < DEAD_AFTER]
        return min(old, key=lambda pair: pair[1].looked)[0] if old else None

    def _looked(self, key: str, section: Section, found: Looked) -> None:
        first = self._never_told(key)
        own = self._entries(found.entries, opened=first or self.memory.visits == 0)
        self.site, self.changed = learned_from(found.learned), True
        if key == self.front:
            self.title, self.anew = found.title, found.anew
        section = replace(
            section,
            links=len(found.entries),
            brought=own,
            failures=0,
            fault="",
            validators=found.validators,
        )
        if first:
            self.sections[key] = replace(section, every=1 if own else _ON_TRIAL)
        elif own:
            news = section.news * _FADING + own
            every = max(1, section.every // 2)
            moment = int(self.now.timestamp())
            self.sections[key] = replace(section, news=news, news_at=moment, every=every)
        else:
            self._quiet(key, section)
        self._add(found.sections, depth=section.depth + 1)

    def _never_told(self, key: str) -> bool:
        before = self.memory.sections.get(key)
        return before is None or before.looked == 0 or before.links == 0

    def _entries(self, entries: tuple[Entry, ...], *, opened: bool) -> int:
        """Tell what is not known; return how many there were that no other page told before."""
        new = 0
        for entry in entries:
            key = entry.key()
            is_repeated = key in self._seen
            self._seen.setdefault(key)
            if mark_of(key) in self._known:
                continue
            if not is_repeated:
                new += 1
                self.told[key] = entry
                if opened:
                    self.opened.add(key)
            elif not opened:  # a page that is known shows it as new, wherever it was met before
                new += key in self.opened
                self.opened.discard(key)
        return new

    def _quiet(self, key: str, section: Section) -> None:
        every = min(RAREST, section.every * 2)
        self.sections[key] = replace(section, brought=0, news=section.news * _FADING, every=every)

    def _failed(self, key: str, section: Section, reason: str, *, gone: bool) -> None:
        failures = DEAD_AFTER if gone else section.failures + 1
        if not section.failures and "robots.txt" not in reason:
            self.broken.append(f"{section.url}: {reason}")
        every = min(RAREST, section.every * 2) if failures < DEAD_AFTER else RAREST
        self.sections[key] = replace(section, failures=failures, fault=reason, every=every)

    def _add(self, addresses: tuple[str, ...], *, depth: int) -> None:
        if depth > self.bounds.depth:
            return
        for url in addresses:
            if len(self.sections) < MOST_SECTIONS:
                self.sections.setdefault(canonical_url(url), Section(url=url, depth=depth))

    def _remembered(self) -> Memory:
        marks = (mark_of(key) for key in self._seen)
        known = tuple(dict.fromkeys((*marks, *self.memory.known)))[:MOST_KNOWN]
        return Memory(visits=self.number, site=self.site, sections=self.sections, known=known)
