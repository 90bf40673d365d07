"""Retry-After, as RFC 9110 section 10.2.3 defines it: seconds or an HTTP date."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_WAIT = timedelta(hours=24)
"""Nobody is stayed away from for longer at one answer's word."""


def wait_asked_for(header: str | None, *, now: datetime) -> timedelta | None:
    """Return how long `header` asks to wait from `now` (UTC), at most 24 hours.

    None for no header, for garbage, and for times that have passed.
    """
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=min(int(text[:12]), LONGEST_WAIT.total_seconds()))
    else:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        if moment.tzinfo is None:
            return None
        wait = moment - now
    return min(wait, LONGEST_WAIT) if wait > timedelta() else None
