"""A silence: a person's order to hold alerts for a while."""

from dataclasses import dataclass
from datetime import datetime

from news.ids import wire_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A silence that holds a watch's alerts: until when (UTC), and why in a person's words."""

    id: int
    until: datetime
    why: str = ""

    def __str__(self) -> str:
        """Name it as people read it: "silence si_3 (night desk)"."""
        name = f"silence {wire_id('si', self.id)}"
        return f"{name} ({self.why})" if self.why else name
