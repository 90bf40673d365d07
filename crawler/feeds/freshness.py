"""How long an answer stays fresh, by its own Cache-Control."""

import re
from collections.abc import Mapping
from datetime import timedelta

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?([0-9]{1,12})", re.IGNORECASE)
_NEVER_FRESH = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?:$|[,;\s])", re.IGNORECASE)
_LONGEST = 86_400


def fresh_for(headers: Mapping[str, str]) -> timedelta | None:
    """Return how long there is no use in asking again, at most a day; None if nothing says so."""
    control = headers.get("cache-control", "")
    found = _MAX_AGE.search(control)
    if found is None or _NEVER_FRESH.search(control):
        return None
    age = headers.get("age", "").strip()
    spent = int(age[:12]) if age.isascii() and age.isdigit() else 0
    seconds = min(int(found[1]), _LONGEST) - spent
    return timedelta(seconds=seconds) if seconds > 0 else None
