"""A story: what happened, and the articles that tell it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story in figures: how many articles tell it, and who was first (UTC)."""

    id: int
    articles: int
    publishers: int
    families: int
    first_publisher: str
    first_at: datetime
