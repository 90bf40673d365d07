"""A cooldown: what a host or platform (news/limit.py) asked for by refusing us."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooling:
    """How things stand: no request before `until` (None: not asked for), after so many `refusals`.

    They are those in a row that said no and not until when.
    """

    until: datetime | None
    refusals: int
    why: str

    def holds(self, now: datetime) -> bool:
        """Tell whether rest is asked for at `now`."""
        return self.until is not None and now < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An answer that brought nothing: its status, and the `wait` it asked for.

    `worked` tells that the same place answered well before.
    """

    status: int | None
    wait: timedelta | None = None
    worked: bool = False
