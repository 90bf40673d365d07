"""What one visit gathers of a sitemap, or of several below an index, until it is told."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from crawler.sitemaps.document import Child
from crawler.sitemaps.learned import Known, Learned, written
from crawler.sitemaps.novel import MOST_BARE_AT_FIRST, MOST_ENTRIES
from crawler.sitemaps.read import Index, Sifted
from news.entry import Entry
from news.source import Validators
from news.visit import Told

_MOST_FAULTS = 3


@dataclass(slots=True, kw_only=True)
class Gathered:
    """Entries and memories of one visit; `faults` says in words what could not be read.

    `answered` counts sitemaps that gave an answer to use, `changed` those that were read. `old` has
    the entries of those that were written anew, which were read before at `since`.
    """

    learned: Learned
    now: datetime
    entries: dict[str, Entry] = field(default_factory=dict)
    documents: dict[str, Known] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    waits: list[timedelta | None] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    title: str | None = None
    broken: str | None = None
    names: str = ""
    newest: float = 0.0
    children: int = 0
    asked: int = 0
    answered: int = 0
    changed: int = 0
    dropped: int = 0
    old: set[str] = field(default_factory=set)
    since: list[float] = field(default_factory=list)
    rolled: bool = False

    @property
    def room(self) -> int:
        """Return how many entries may be told besides those that were gathered."""
        return MOST_ENTRIES - (len(self.entries) if self.learned.visits else 0)

    def __post_init__(self) -> None:
        self.names, self.children = self.learned.names, self.learned.children
        self.newest = self.learned.newest

    def take_index(self, index: Index, *, nested: bool = False) -> None:
        """Note what an index names; one below another adds to what the first named."""
        self.fresh.update(index.fresh)
        self.broken = self.broken or index.broken
        if nested:
            self.answered += 1
            self.children += index.many - 1
        else:
            self.children, self.names = index.many, index.names

    def take(
        self, sifted: Sifted, validators: Validators, stamp: str, *, wait: timedelta | None
    ) -> None:
        """Take a document's new entries, and remember it."""
        for entry in sifted.entries:
            key = entry.key()
            if sifted.anew and key not in self.entries:
                self.old.add(key)
            elif not sifted.anew:  # one sitemap that was written anew says nothing of another's
                self.old.discard(key)
            self.entries.setdefault(key, entry)
        self.changed += 1
        self.taken.add(sifted.after.url)
        self.dropped += sifted.dropped
        self.title = self.title or sifted.title
        self.broken = self.broken or sifted.broken
        self.since += [sifted.since] if sifted.anew else []
        self.rolled = self.rolled or sifted.rolled
        self.newest = max(self.newest, sifted.newest)
        self.keep(sifted.after.stamped(validators, stamp), wait=wait)

    def keep(self, known: Known, *, wait: timedelta | None) -> None:
        """Remember a document that answered."""
        self.answered += 1
        self.documents[known.url] = known
        self.waits.append(wait)

    def miss(self, child: Child, reason: str) -> None:
        """Note why a sitemap below an index brought nothing."""
        self.faults.append(f"{child.url.rpartition('/')[2] or child.url}: {reason}")

    def told(self, validators: Validators) -> Told:
        """Return the outcome of the visit."""
        entries = list(self.entries.values())
        if not self.learned.visits:
            entries = _bounded(entries, MOST_BARE_AT_FIRST)
        since = min((at for at in self.since if at), default=None)
        anew = since is None and bool(self.old) and len(self.old) == len(self.entries)
        opened = () if anew else tuple(one.url or "" for one in entries if one.key() in self.old)
        return Told(
            entries=tuple(_newest_first(entries)),
            validators=validators,
            title=self.title,
            wait=self._wait(),
            broken=self.broken or self._faults_in_words(),
            learned=written(self._after()),
            anew=anew,
            dropped=self.dropped + self._unread(),
            opened=opened,
            opened_since=datetime.fromtimestamp(since, UTC) if since and opened else None,
            rolled=self.rolled,
        )

    def _unread(self) -> int:
        """Count what stands in sitemaps that were known and not read anew: it is there as before.

        Else a month's first sitemap, all new, would look as if everything before it was lost.
        """
        return sum(one.many for one in self.learned.documents if one.url not in self.taken)

    def _wait(self) -> timedelta | None:
        """Return how long all of them ask to be left alone; one that does not may change."""
        waits = [wait for wait in self.waits if wait is not None]
        return min(waits, default=None) if len(waits) == len(self.waits) else None

    def _after(self) -> Learned:
        others = [one for one in self.learned.documents if one.url not in self.documents]
        return replace(
            self.learned,
            visits=self.learned.visits + 1,
            newest=self.newest,
            children=self.children,
            read=self.asked,
            names=self.names,
            documents=[*self.documents.values(), *others],
        )

    def _faults_in_words(self) -> str | None:
        if not self.faults:
            return None
        more = len(self.faults) - _MOST_FAULTS
        words = "; ".join(self.faults[:_MOST_FAULTS]) + (f"; … and {more} more" if more > 0 else "")
        return f"not read: {words}"


def _bounded(entries: list[Entry], bare: int) -> list[Entry]:
    """Return the newest entries; what a first visit finds besides is old."""
    taken = []
    for entry in _newest_first(entries):
        bare -= not entry.title
        if entry.title or bare >= 0:
            taken.append(entry)
    return taken[:MOST_ENTRIES]


def _newest_first(entries: list[Entry]) -> list[Entry]:
    """Return them by their dates; where these say nothing, in the order in which they came."""
    return sorted(entries, key=lambda entry: -_at(entry))


def _at(entry: Entry) -> float:
    when = entry.published or entry.updated
    return when.timestamp() if when else 0.0
