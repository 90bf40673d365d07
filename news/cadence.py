"""When a source is to be visited next, as a value; scheduler/cadence.py decides it."""

from dataclasses import dataclass
from datetime import datetime

from news.source import Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class NextVisit:
    """The next visit is due at `at` (UTC); `rhythm` is the history to keep for the one after.

    `stop` says why the source is not to be visited again (410 Gone), where that is so; `why` says
    in a few words what chose the time.
    """

    at: datetime
    rhythm: Rhythm
    stop: str | None = None
    why: str = ""
