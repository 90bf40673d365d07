"""What is said of how often a source is visited, in a few words."""

from datetime import timedelta

from scheduler.expectation import Expected
from scheduler.habit import DAY, HOUR

_BUSY, _QUIET = 1.5, 0.6


def words_for(found: Expected, *, least: timedelta, most: timedelta) -> str:
    """Say why a visit is due so soon or late; `least` and `most` are the bounds of its wait."""
    wait = timedelta(seconds=found.wait)
    bound = ""
    if wait >= most:
        bound = ", as seldom as [cadence] max allows"
    elif wait <= least:
        bound = ", as often as [cadence] min allows"
    busy = found.rate / max(found.usual, 1e-9)
    if busy < _QUIET:
        return f"quiet hour: it brings {often(found.usual)}, but at other times{bound}"
    hour = "busy hour: " if busy > _BUSY else ""
    return f"{hour}{often(found.rate)}{bound}"


def about(seconds: float) -> str:
    """Return a length of time, roughly."""
    for length, name in ((DAY, "day"), (HOUR, "hour"), (60.0, "minute")):
        if seconds >= length:
            count = round(seconds / length)
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "a minute"


def often(rate: float) -> str:
    """Say how often items come, by the largest span in which there is at least one."""
    for hours, name in ((1, "an hour"), (24, "a day"), (168, "a week")):
        if rate * hours >= 1:
            count = round(rate * hours)
            return f"about {count} item{'s' if count > 1 else ''} {name}"
    return "less than an item a week"
