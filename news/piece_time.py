"""When pieces of one title, or at one address, lie too far apart to be one; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_SAME_PIECE, _ROUGHLY = timedelta(hours=12), timedelta(hours=16)
"""Pieces of one title and publisher that lie further apart are two, as a column's of two days are;
roughly, where one of them says its day alone, or nothing."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a piece was published, as far as that is known."""

    at: datetime
    exact: bool

    @staticmethod
    def of(published: datetime | None, seen: datetime) -> "Moment":
        """Return the time that was said, the middle of the day that was, or when it was seen."""
        if published is None:
            return Moment(at=seen, exact=False)
        if published == published.replace(hour=0, minute=0, second=0, microsecond=0):
            return Moment(at=published + _DAY / 2, exact=False)
        return Moment(at=published, exact=True)

    def apart(self, other: "Moment") -> timedelta | None:
        """Return how far the two lie apart, None where that is too far for one piece."""
        apart = abs(self.at - other.at)
        most = _SAME_PIECE if self.exact and other.exact else _ROUGHLY
        return apart if apart <= most else None


def is_later(published: datetime | None, before: datetime | None) -> bool:
    """Tell whether what was published then is too late to be what was published `before`."""
    return published is not None and before is not None and published > before + _ROUGHLY
