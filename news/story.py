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


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One article of a story as a line: who told it, under which title, seen when (UTC)."""

    article: int
    publisher_name: str
    title: str
    url: str
    first_seen_at: datetime
