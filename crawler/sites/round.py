"""One round through a site: what each look means for what is told and what is remembered.

What a section shows when it is looked at for the first time may be years old; only what comes
after is news.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from crawler.lists.find import NEVER_ANY
from crawler.lists.learned import Learned, learned_from
from crawler.sites.address import Scope, section_key
from crawler.sites.course import Bounds, Course
from crawler.sites.look import Looked
from crawler.sites.memory import MOST_KNOWN, MOST_SECTIONS, Memory, Section, mark_of, memory_written
from crawler.sites.rhythm import after_failure, after_first, after_news, after_quiet
from news.entry import Entry
from news.source import Validators
from news.visit import Failed, Outcome, Told, Unchanged

_SAID = 3


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
    _course: Course = field(init=False)

    def __post_init__(self) -> None:
        self.sections = dict(self.memory.sections)
        self.site, self._known = self.memory.site, frozenset(self.memory.known)
        self.sections.setdefault(self.front, Section(url=self.scope.site, depth=0))
        for url in self.scope.ours():
            self.sections.setdefault(section_key(url), Section(url=url, depth=1))
        self.broken += [f"{url} is another site's" for url in self.scope.strange()]
        self._course = Course(
            front=self.front, number=self.number, bounds=self.bounds, sections=self.sections
        )

    @property
    def front(self) -> str:
        """Return the key of the front page."""
        return section_key(self.scope.site)

    @property
    def number(self) -> int:
        """Return the number of this visit, from 1 on."""
        return self.memory.visits + 1

    def next(self) -> Section | None:
        """Return the page to be looked at now; None when the visit has gone far enough."""
        return self._course.next()

    def take(self, section: Section, found: Looked | Unchanged | Failed) -> None:
        """Learn from a look at `section`."""
        key = section_key(section.url)
        section = replace(section, looked=self.number)
        match found:
            case Looked():
                self._looked(key, section, found)
            case Unchanged(validators=validators):
                same = replace(section, validators=validators, failures=0, fault="", failing_at=0)
                self.sections[key] = after_quiet(same)
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
            failing_at=0,
            validators=found.validators,
        )
        if first:
            self.sections[key] = after_first(section, own)
        else:
            news = after_news(section, own, self.now) if own else after_quiet(section)
            self.sections[key] = news
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

    def _failed(self, key: str, section: Section, reason: str, *, gone: bool) -> None:
        if not section.failures and "robots.txt" not in reason:
            self.broken.append(f"{section.url}: {reason}")
        begun = section.failing_at or int(self.now.timestamp())
        self.sections[key] = after_failure(replace(section, failing_at=begun), reason, gone=gone)

    def _add(self, addresses: tuple[str, ...], *, depth: int) -> None:
        if depth > self.bounds.depth:
            return
        for url in addresses:
            if len(self.sections) < MOST_SECTIONS:
                self.sections.setdefault(section_key(url), Section(url=url, depth=depth))

    def _remembered(self) -> Memory:
        marks = (mark_of(key) for key in self._seen)
        known = tuple(dict.fromkeys((*marks, *self.memory.known)))[:MOST_KNOWN]
        return Memory(visits=self.number, site=self.site, sections=self.sections, known=known)
