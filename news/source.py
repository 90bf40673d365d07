"""A source: a place where news shows up."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Spider:
    """How the articles of a list or a site are found; feeds use none of it.

    `links` is a CSS selector of the links that lead to articles; without one they are told from
    navigation by learning.
    """

    links: str | None = None
    sections: tuple[str, ...] = ()
    depth: int | None = None
    pages: int | None = None
    render: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """What a person says about a source.

    `every` or `cron` (in `timezone`, an IANA name) fix its times; with neither the cadence adapts.
    """

    name: str
    kind: str
    url: str
    every: timedelta | None = None
    cron: str | None = None
    timezone: str = "UTC"
    tags: tuple[str, ...] = ()
    spider: Spider = Spider()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What lets a server say "unchanged": its ETag and Last-Modified, and our hash of its body."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """A source's history, as far as the next visit depends on it.

    `failures` counts the failed visits since the last good one; `interval` is the adaptive wait
    that was chosen last; `empty_visits` counts good visits since the last with a new entry.
    `habit` is what scheduler/cadence.py learned of when the source publishes, as figures that only
    it can read; empty before anything is known.
    """

    failures: int = 0
    empty_visits: int = 0
    interval: timedelta | None = None
    habit: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where a source's server sends us for good: so many visits in a row, the first at `since`.

    `asked_at` is when the source's own address was asked last.
    """

    to: str
    times: int
    since: datetime
    asked_at: datetime

    @property
    def believed(self) -> bool:
        """Tell whether it was said often enough to be acted on."""
        return self.times >= ENOUGH


ENOUGH = 3
ASKED_AGAIN = timedelta(days=1)
"""A source that moved is asked at its own address so often, whether that still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSource:
    """A source claimed for one visit; `claim_no` fences whoever finishes late.

    `learned` is what its reader asked to be remembered at an earlier visit; `last_good_at` is when
    the last visit was that did not fail; `moved` is where its server sends us for good
    (news/moved.py).
    """

    id: int
    settings: SourceSettings
    validators: Validators
    rhythm: Rhythm
    added_at: datetime
    claim_no: int
    first_visit: bool
    learned: str | None = None
    last_good_at: datetime | None = None
    moved: Moved | None = None
    due_at: datetime | None = None
    """When this visit came to be due, which may have been put off or brought forward."""
    planned_at: datetime | None = None
    """When the visit before planned this one for, whatever was done to the source since."""
    failing_since: datetime | None = None
    """When its visits began to fail, if the last one did."""
    gap_at: datetime | None = None
    """When it was last said that entries of it were lost."""
    trouble: str | None = None
    """The kind of notice that was given of it last, while that holds (news/notice.py)."""
    last_new_at: datetime | None = None
    """When it last told what was unknown."""
    listed: int | None = None
    """How many entries stood in it when it was last read."""

    @property
    def moved_to(self) -> str | None:
        """Where it moved for good, once that is believed."""
        return self.moved.to if self.moved is not None and self.moved.believed else None

    @property
    def address(self) -> str:
        """Where it is asked: where it moved for good, else where a person said."""
        return self.settings.url if self.asks_own else self.moved_to or self.settings.url

    @property
    def asks_own(self) -> bool:
        """Tell whether it moved for good, and is asked at its own address all the same."""
        if self.moved is None or not self.moved.believed or self.due_at is None:
            return False
        return self.due_at - self.moved.asked_at >= ASKED_AGAIN
