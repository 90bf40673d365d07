"""Whether many new pages are news of a time away, or the work of a machine. Pure.

Whoever was away for three days finds all that was published meanwhile. A site that writes its
sitemap anew dates its pages as they were dated before, or all of them within an hour or so.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from crawler.sitemaps.dates import Said

_BUSIEST_HOUR = 100
_BUSIEST_DAY = 1_000
_MOST_OLDER = 0.1
_LATE = timedelta(hours=1)
"""So long after it was published a page may come into the sitemap."""


def published_since(dates: Sequence[Said | None], since: float, *, claimed: Sequence[bool]) -> bool:
    """Tell whether these dates can be those of pieces that were published after `since` (seconds).

    What is `claimed` to be a date of publication is one, however many bear the same.
    """
    if not since:
        return False
    begin = datetime.fromtimestamp(since, UTC) - _LATE
    older = sum(1 for one in dates if one is None or one.latest <= begin)
    if older > len(dates) * _MOST_OLDER:
        return False
    touched = [one for one, is_said in zip(dates, claimed, strict=True) if one and not is_said]
    hours = Counter(one.latest.strftime("%Y%m%d%H") for one in touched if one.exact)
    days = Counter(one.latest.strftime("%Y%m%d") for one in touched if not one.exact)
    return max(hours.values(), default=0) <= _BUSIEST_HOUR and (
        max(days.values(), default=0) <= _BUSIEST_DAY
    )
