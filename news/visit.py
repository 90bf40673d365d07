"""A visit: one look at a source, with its outcome as a value."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from news.entry import Entry
from news.source import Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The source told its entries, newest or first ones first, as it orders them.

    `wait` is the least time the source asks for between visits (TTL, max-age), if it does;
    `broken` says what was wrong with a document that was read as far as it could be;
    `learned` is what the reader wants to be given again at the next visit (None: as before; "":
    nothing, for what was learned before is true no more);
    `anew` tells that it found the entries another way than before, so that those it knows nothing
    of are not new for that: to the archive this is a first visit again.
    `dropped` counts entries that stand there as they were told last, and are left out.
    `opened` has the addresses of entries that a part of the source shows at the first look at it:
    what was published before is no news, as if that part had been added now, or at `opened_since`.
    `rolled` tells that entries were surely lost, though others stand there that are known: a gap.
    """

    entries: tuple[Entry, ...]
    validators: Validators
    title: str | None = None
    wait: timedelta | None = None
    broken: str | None = None
    learned: str | None = None
    anew: bool = False
    dropped: int = 0
    opened: tuple[str, ...] = ()
    opened_since: datetime | None = None
    rolled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The source said, or its body showed, that nothing is new; `learned` as in `Told`."""

    validators: Validators
    wait: timedelta | None = None
    learned: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The visit brought nothing; `reason` says why in words that show no secrets.

    `wait` is how long the server asked us to stay away (Retry-After); `gone` is its "never again";
    `unreachable` tells that no server answered at all, so that the network may be to blame.
    `ours` tells that the fault was our own, so that the visit says nothing of source or network;
    `crowded` that it was one of the moment besides: others took the time or the room there was.
    `learned` is what the reader wants to be given again at the next visit (None: as before).
    """

    reason: str
    wait: timedelta | None = None
    gone: bool = False
    unreachable: bool = False
    ours: bool = False
    crowded: bool = False
    learned: str | None = None


Outcome: TypeAlias = Told | Unchanged | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One look at a source: when (UTC), how it went, and what it cost.

    `rest` is how long the host wants to be left alone between two requests, where robots.txt was
    asked for it: for pages it is, for feeds it is not (None). `permanent` is where leading 301 and
    308 answers sent us, if there were any. `url` is what the answer came from, where it is known:
    redirects may have led to another host, and what it says is that one's word.
    """

    at: datetime
    outcome: Outcome
    status: int | None = None
    ms: int = 0
    size: int = 0
    """Bytes of the body as decoded."""
    rest: timedelta | None = None
    permanent: str | None = None
    url: str | None = None
