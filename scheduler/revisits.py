"""When a page that was read is looked at again: a pure decision, so that a table can test it.

Papers correct and complete what they wrote, most of it soon: many a page is first a headline, and
filled within minutes. So every fresh page is due at the same times, whether a watch holds for it or
none does yet; how many of the latter are looked at is a matter of what their hosts can give.
"""

from datetime import datetime, timedelta

_MINUTE = timedelta(minutes=1)
WAITS = (10 * _MINUTE, 60 * _MINUTE, 360 * _MINUTE, 1_440 * _MINUTE)

FRESH = timedelta(hours=24)
"""What was published longer before it was first seen is not looked at again."""

APART = 5 * _MINUTE
"""A look that comes sooner after a reading than this is left out."""

SHORTEST_SLOT = timedelta(seconds=2)
"""A host's page takes this long even where it wants no rest."""

ONE_IN = 5
"""Looks take one of so many slots of a host."""


def next_look(seen: datetime, *, published: datetime | None, now: datetime) -> datetime | None:
    """Return when to look again at what was first seen at `seen` and read `now`, None for never."""
    if published is not None and seen - published > FRESH:
        return None
    return next((seen + wait for wait in WAITS if seen + wait >= now + APART), None)


def next_slot(rest: timedelta, *, now: datetime) -> datetime:
    """Return when the next look may be taken at a host that was looked at, and rests so long."""
    return now + ONE_IN * max(rest, SHORTEST_SLOT)
