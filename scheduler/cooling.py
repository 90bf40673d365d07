"""When a refusal is a request for rest, and for how long: a pure decision, so a table can test it.

    429, 503 with Retry-After   as long as they say
    429 without                 five minutes, doubled with each in a row
    403                         the third in a row, of a place that worked before: a quarter of an
                                hour, doubled with each that follows
    all else                    says nothing of the host: the page or the source waits by itself

Many servers say 403 to whoever asks too often. A single one says nothing: papers answer so for an
article behind a wall, and the next is there again. What never worked is refused for good.
"""

from datetime import datetime, timedelta
from http import HTTPStatus

from news.cooling import Cooling, Refusal

FIRST_REST = timedelta(minutes=5)
FIRST_REST_REFUSED = timedelta(minutes=15)
LONGEST_REST = timedelta(hours=24)
REFUSALS = 3
"""So many 403 in a row are understood as one 429."""

_ASKING = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_MOST_DOUBLINGS = 10


def cooled(known: Cooling | None, refusal: Refusal, *, now: datetime) -> Cooling | None:
    """Return how things stand after `refusal`, None if it says nothing of the whole host."""
    before = known or Cooling(until=None, refusals=0, why="")
    status = refusal.status
    why = f"it answered HTTP {status}"
    if refusal.wait is not None and status in _ASKING:
        asked = now + min(refusal.wait, LONGEST_REST)
        if before.until is not None and before.until >= asked:
            return before
        return Cooling(until=asked, refusals=before.refusals, why=why)
    if before.holds(now):  # it was under way when the rest began
        return before
    refusals = before.refusals + 1
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Cooling(until=now + _rest(FIRST_REST, refusals), refusals=refusals, why=why)
    if status != HTTPStatus.FORBIDDEN or not refusal.worked:
        return None
    if refusals < REFUSALS:
        return Cooling(until=None, refusals=refusals, why=why)
    why = f"{why} {refusals} times in a row"
    rest = _rest(FIRST_REST_REFUSED, refusals - REFUSALS + 1)
    return Cooling(until=now + rest, refusals=refusals, why=why)


def _rest(first: timedelta, times: int) -> timedelta:
    """Return the rest after the refusal that asks for it so many `times`, from 1."""
    doubled: timedelta = first * 2 ** min(times - 1, _MOST_DOUBLINGS)
    return min(doubled, LONGEST_REST)
